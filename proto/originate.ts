import { type Static, Type } from 'typebox';

/** Letters of every alphabet, but nothing by which Asterisk parts, quotes or evaluates. */
const name = '^[^\\x00-\\x1f\\x7f"<>\\\\{}$]{1,80}$';
/** Asterisk splits variables at commas, minding quotes, backslashes and brackets; a `$` begins an expression of the dialplan. */
const valueOfVariable = '^[^\\x00-\\x1f\\x7f,"\\\\$()\\[\\]{}]{0,400}$';
const nameOfVariable = '^([A-Za-z_]\\w{0,79}|PJSIP_HEADER\\(add,[A-Za-z][A-Za-z0-9-]{0,60}\\))$';

/** A call that the PBX is asked to make: it rings `channel`, and whoever answers is led to `exten`. */
export const OriginateRequest = Type.Object(
  {
    pbxId: Type.String({ pattern: '^[a-z0-9-]{1,32}$' }),
    /** Our own id of the first channel, `<UTC seconds>.<digits>`: its uniqueid and linkedid. */
    channelId: Type.String({ pattern: '^\\d{9,11}\\.\\d{1,20}$' }),
    /** One device, such as `PJSIP/101`, or a way through the dialplan, such as `Local/101@from-internal/n`. */
    channel: Type.String({
      pattern:
        '^((PJSIP|SIP|IAX2|SCCP|DAHDI)/[A-Za-z0-9_.+-]{1,80}|Local/[A-Za-z0-9_*#+-]{1,40}@[A-Za-z0-9_-]{1,79}(/n)?)$',
    }),
    context: Type.String({ pattern: '^[A-Za-z0-9_-]{1,79}$' }),
    exten: Type.String({ pattern: '^[0-9*#+]{1,40}$' }),
    /** Shown on the phone that rings first and kept by CEL: the client's number. */
    callerNumber: Type.String({ pattern: '^[0-9*#+]{1,40}$' }),
    callerName: Type.Optional(Type.String({ pattern: name })),
    /** How long the first phone rings. */
    ringMs: Type.Integer({ minimum: 1_000, maximum: 300_000 }),
    /** Of the first channel; with `__` before its name a variable is handed on to the channels that it makes. */
    variables: Type.Record(Type.String({ pattern: nameOfVariable }), Type.String({ pattern: valueOfVariable }), {
      maxProperties: 20,
      additionalProperties: false,
    }),
  },
  { additionalProperties: false },
);
export type OriginateRequest = Static<typeof OriginateRequest>;

/** A name that people have given, such as that of a contact, as it may be shown on a phone; undefined if nothing is left of it. */
export function asCallerName(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const words = text.replace(/[\x00-\x1f\x7f"<>\\${}\s]+/g, ' ').trim();
  return words === '' ? undefined : [...words].slice(0, 40).join('').trim();
}

/** What became of the phone that was to ring first. */
export type OriginateOutcome =
  | { answered: true }
  /** `unreachable`: the phone is not registered, or there is none of that name; `unknown`: AMI was away meanwhile, or told nothing. */
  | { answered: false; reason: 'no-answer' | 'busy' | 'unreachable' | 'congested' | 'unknown' };
