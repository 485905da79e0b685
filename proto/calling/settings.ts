import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false };

/** Stands in a name for the employee's extension. */
const place = '\\{extension\\}';
const nameChars = '[\\w.+-]*';
export const callingForms = {
  /** As AMI is asked for it, see proto/originate.ts. */
  channel: {
    pattern: `^((PJSIP|SIP|IAX2|SCCP|DAHDI)/${nameChars}${place}${nameChars}|Local/${place}@[\\w-]{1,79}(/n)?)$`,
    hint: 'such as PJSIP/{extension} or Local/{extension}@from-internal',
  },
  context: { pattern: '^[\\w-]{1,79}$', hint: 'a context of the dialplan such as from-internal' },
  prefix: { pattern: '^[\\d*#]{1,10}$', hint: 'digits that are dialled before the number' },
  callerId: { pattern: '^\\+?\\d{3,20}$', hint: 'a number of yours such as +74951234567' },
  digits: { pattern: '^\\d{1,15}$', hint: 'digits with the country code, such as 7809' },
  pbx: { pattern: '^[a-z0-9-]{1,32}$', hint: 'the id of a PBX: up to 32 small letters (a-z), digits and hyphens' },
  variable: { pattern: '^_{0,2}[A-Za-z]\\w{0,79}$', hint: 'the name of a channel variable' },
} as const;

/** How the phone of an employee, and then the client, is called; what is left out is as usual. */
const ways = {
  /** Of the employee's phone. */
  channel: Type.Optional(Type.String(callingForms.channel)),
  /** In which the client's number is dialled. */
  context: Type.Optional(Type.String(callingForms.context)),
  prefix: Type.Optional(Type.String(callingForms.prefix)),
  /** Our number that the client sees, and the channel variable by which the dialplan is told. */
  callerId: Type.Optional(Type.String(callingForms.callerId)),
  /** A header that lets the phone answer by itself. */
  autoAnswer: Type.Optional(Type.Union([Type.Literal('call-info'), Type.Literal('alert-info')])),
  /** How long the employee's phone rings. */
  ringSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 120 })),
};

const CallingOfPbx = Type.Object(
  {
    ...ways,
    callerIdVariable: Type.Optional(Type.String(callingForms.variable)),
    /** How the number is dialled: with its country code (`+` before it or not), or as within the country. */
    dialAs: Type.Optional(Type.Union([Type.Literal('plus'), Type.Literal('digits'), Type.Literal('national')])),
    /** ISO countries that may be called; left out: that of the PBX alone. */
    countries: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { maxItems: 250 })),
    /** Beginnings, with the country code, of numbers that may not be called. */
    refusedPrefixes: Type.Optional(Type.Array(Type.String(callingForms.digits), { maxItems: 200 })),
  },
  strict,
);
export type CallingOfPbx = Static<typeof CallingOfPbx>;

const CallingOfEmployee = Type.Object(
  {
    ...ways,
    /** The PBX of their phone, where there are several. */
    pbx: Type.Optional(Type.String(callingForms.pbx)),
    /** They may not call by a click. */
    isOff: Type.Optional(Type.Boolean()),
  },
  strict,
);
export type CallingOfEmployee = Static<typeof CallingOfEmployee>;

/** Calls that begin with a click on a number in amoCRM. */
export const CallingSettings = Type.Object(
  {
    isOff: Type.Optional(Type.Boolean()),
    /** Of one employee. */
    mostPerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    /** amoCRM's one-time token may be used for several clicks within its life, as amoCRM itself repeats it. */
    tokensMayRepeat: Type.Optional(Type.Boolean()),
    pbxs: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z0-9-]{1,32}$' }), CallingOfPbx, strict)),
    /** By extension. */
    employees: Type.Optional(Type.Record(Type.String({ pattern: '^\\d{1,10}$' }), CallingOfEmployee, strict)),
  },
  strict,
);
export type CallingSettings = Static<typeof CallingSettings>;

export const usualCalling = {
  channel: 'PJSIP/{extension}',
  context: 'from-internal',
  ringSeconds: 30,
  mostPerMinute: 10,
  dialAs: 'national',
  /** FreePBX shows outside what this variable holds. */
  callerIdVariable: 'TRUNKCIDOVERRIDE',
} as const;

/** What the schema can't tell, in words. */
export function faultsOfCalling(calling: CallingSettings = {}): string[] {
  const ofPbxs = Object.entries(calling.pbxs ?? {}).map(([id, way]) => ({ where: `/calling/pbxs/${id}`, way }));
  const ofEmployees = Object.entries(calling.employees ?? {}).map(([extension, way]) => ({
    where: `/calling/employees/${extension}`,
    way,
  }));
  return [...ofPbxs, ...ofEmployees].flatMap(({ where, way }) =>
    way.autoAnswer !== undefined && way.channel !== undefined && !/^(PJSIP|SIP)\//i.test(way.channel)
      ? [`${where}/autoAnswer: only a phone that is called as PJSIP/… or SIP/… can be told to answer by itself`]
      : [],
  );
}
