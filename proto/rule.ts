import { type Static, Type } from 'typebox';
import { CallResult, Direction } from './call.ts';

/** What the settings ask for: when something happens in a call, do something in amoCRM. */

/** A mistyped name must not be passed over in silence. */
const strictObject = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

const id = Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9-]+$' });
const numbers = Type.Array(Type.String({ minLength: 1, maxLength: 32 }), { maxItems: 500 });
const Seconds = strictObject({
  /** At least so many, and fewer than so many. */
  from: Type.Optional(Type.Number({ minimum: 0 })),
  below: Type.Optional(Type.Number({ minimum: 0 })),
});

const OpenOrClosed = Type.Union([Type.Literal('open'), Type.Literal('closed')]);

/** The moments of a call at which rules are asked: a phone rings, somebody talks, the client was handed on, it is over. */
export const RulePhase = Type.Union([
  Type.Literal('requested'),
  Type.Literal('accepted'),
  Type.Literal('transferred'),
  Type.Literal('call_ended'),
]);
export type RulePhase = Static<typeof RulePhase>;

/** All that is given must fit; what is left out does not matter. */
export const RuleCondition = strictObject({
  phase: RulePhase,
  direction: Type.Optional(Type.Array(Direction, { minItems: 1 })),
  result: Type.Optional(Type.Array(CallResult, { minItems: 1 })),
  /** amoCRM has a contact or company with this number, or has none. */
  clientKnown: Type.Optional(Type.Boolean()),
  dids: Type.Optional(numbers),
  trunks: Type.Optional(numbers),
  /** The client waited in one of these queues. */
  queues: Type.Optional(numbers),
  /** Somebody with one of these took part, or was asked for. */
  extensions: Type.Optional(numbers),
  waitedSeconds: Type.Optional(Seconds),
  talkedSeconds: Type.Optional(Seconds),
  /** The client hung up in the voice menu, before anybody was asked for. */
  lostInIvr: Type.Optional(Type.Boolean()),
  /** The client's number is in one of these lists, or in none of those. */
  inLists: Type.Optional(Type.Array(id, { minItems: 1 })),
  notInLists: Type.Optional(Type.Array(id, { minItems: 1 })),
  /** The call began while this office was open, or closed. */
  calendar: Type.Optional(strictObject({ id, is: OpenOrClosed })),
  /** The same by the calendar of the number that was called; of one that has none neither fits. */
  hours: Type.Optional(OpenOrClosed),
});
export type RuleCondition = Static<typeof RuleCondition>;

const userId = Type.Integer({ minimum: 1 });

/** Who is responsible for what is made; the first that is known and is an active user counts. */
export const Responsible = Type.Union([
  /** Who is responsible for the client in amoCRM. */
  Type.Literal('clients-own'),
  Type.Literal('last-talked'),
  Type.Literal('longest-talked'),
  Type.Literal('first-answered'),
  Type.Literal('first-rung'),
  Type.Literal('last-rung'),
  /** Whom the settings of the number that was called name. */
  Type.Literal('by-number'),
  /** By the number that was called. */
  strictObject({ byDid: Type.Record(Type.String({ minLength: 1, maxLength: 32 }), userId) }),
  strictObject({ userId }),
]);
export type Responsible = Static<typeof Responsible>;
const responsible = Type.Array(Responsible, { maxItems: 10 });

const template = Type.String({ minLength: 1, maxLength: 2_000 });
const entityId = Type.Integer({ minimum: 1 });
const tags = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 20 });

/** What a rule changes: the client (contact or company) or their open lead. */
const Target = Type.Union([Type.Literal('client'), Type.Literal('lead')]);
export type Target = Static<typeof Target>;

/** Where a call stands: where amoCRM itself would put it (the only open lead, else the client), or as asked for. */
export const AttachTo = Type.Union([Type.Literal('as-amocrm'), Type.Literal('newest-lead'), Type.Literal('client')]);
export type AttachTo = Static<typeof AttachTo>;

export const RuleAction = Type.Union([
  /** amoCRM's notification to the users whose phones ring. */
  strictObject({ do: Type.Literal('show-card') }),
  strictObject({ do: Type.Literal('register-call'), responsible, attachTo: Type.Optional(AttachTo) }),
  /** For a client whom amoCRM does not know. */
  strictObject({ do: Type.Literal('create-contact'), responsible, name: template }),
  /** For a client who has no open lead; whom amoCRM does not know gets a contact with it. */
  strictObject({
    do: Type.Literal('create-lead'),
    responsible,
    name: template,
    /** What is left out here is as the number that was called has it, else amoCRM's first pipeline and stage. */
    pipelineId: Type.Optional(entityId),
    statusId: Type.Optional(entityId),
    tags: Type.Optional(tags),
    /** `external_id` of one of the account's sources of leads. */
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 36 })),
  }),
  /** For a caller whom amoCRM does not know: call, contact and lead wait among the incoming leads until accepted. */
  strictObject({
    do: Type.Literal('create-incoming-lead'),
    responsible,
    name: template,
    pipelineId: Type.Optional(entityId),
    tags: Type.Optional(tags),
  }),
  strictObject({ do: Type.Literal('set-responsible'), responsible, of: Target }),
  strictObject({ do: Type.Literal('add-tags'), tags, to: Target }),
  /** Of the client's open lead. */
  strictObject({ do: Type.Literal('change-status'), pipelineId: entityId, statusId: entityId }),
  /** To call a client back: at most one stands open for each client, however often they call in vain. */
  strictObject({
    do: Type.Literal('create-task'),
    responsible,
    text: template,
    /** From the end of the call. */
    dueMinutes: Type.Integer({ minimum: 1, maximum: 525_600 }),
    /** Id of a calendar: only the minutes in which that office is open count. */
    withinHours: Type.Optional(id),
  }),
  /** The client has been talked with: their open task is done. */
  strictObject({ do: Type.Literal('complete-task') }),
  /** The call as it stands goes to one of the hooks of the settings. */
  strictObject({ do: Type.Literal('call-hook'), hook: id }),
]);
export type RuleAction = Static<typeof RuleAction>;

const ofTheEnd: readonly RuleAction['do'][] = ['register-call', 'create-incoming-lead', 'create-task', 'complete-task'];

/** Whether a moment has use for such an action: a card is for calls that go on, a record for one that is over. */
export function isTimely(kind: RuleAction['do'], phase: RulePhase): boolean {
  if (kind === 'show-card') return phase !== 'call_ended';
  return phase === 'call_ended' || !ofTheEnd.includes(kind);
}

export const Rule = strictObject({
  id,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  enabled: Type.Boolean(),
  when: RuleCondition,
  actions: Type.Array(RuleAction, { minItems: 1, maxItems: 20 }),
});
export type Rule = Static<typeof Rule>;

/** Phones of people who are treated alike: VIPs, spam. */
export const NumberList = strictObject({
  id,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  /** Digits with the country code; `7495*` are all that begin so. */
  numbers: Type.Array(Type.String({ pattern: '^\\d{1,20}\\*?$' }), { maxItems: 50_000 }),
});
export type NumberList = Static<typeof NumberList>;
