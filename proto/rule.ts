import { type Static, Type } from 'typebox';
import { CallResult, Direction } from './call.ts';

/** What the settings ask for: when something happens in a call, do something in amoCRM. */

const id = Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9-]+$' });
const numbers = Type.Array(Type.String({ minLength: 1, maxLength: 32 }), { maxItems: 500 });
const Seconds = Type.Object({
  /** At least so many, and fewer than so many. */
  from: Type.Optional(Type.Number({ minimum: 0 })),
  below: Type.Optional(Type.Number({ minimum: 0 })),
});

/** The moments of a call at which rules are asked. */
export const RulePhase = Type.Union([Type.Literal('requested'), Type.Literal('call_ended')]);
export type RulePhase = Static<typeof RulePhase>;

/** All that is given must fit; what is left out does not matter. */
export const RuleCondition = Type.Object({
  phase: RulePhase,
  direction: Type.Optional(Type.Array(Direction, { minItems: 1 })),
  result: Type.Optional(Type.Array(CallResult, { minItems: 1 })),
  dids: Type.Optional(numbers),
  trunks: Type.Optional(numbers),
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
  calendar: Type.Optional(Type.Object({ id, is: Type.Union([Type.Literal('open'), Type.Literal('closed')]) })),
});
export type RuleCondition = Static<typeof RuleCondition>;

/** Who is responsible for what is made; the first that is known and is a user counts. */
export const Responsible = Type.Union([
  Type.Literal('last-talked'),
  Type.Literal('longest-talked'),
  Type.Literal('first-answered'),
  Type.Literal('first-rung'),
  Type.Literal('last-rung'),
  Type.Object({ userId: Type.Integer({ minimum: 1 }) }),
]);
export type Responsible = Static<typeof Responsible>;
const responsible = Type.Array(Responsible, { maxItems: 10 });

export const RuleAction = Type.Union([
  /** amoCRM's notification to the users whose phones ring. */
  Type.Object({ do: Type.Literal('show-card') }),
  Type.Object({
    do: Type.Literal('register-call'),
    responsible,
    /** What becomes of a call whose number amoCRM does not know: a contact is made for it, or it is left out. */
    ifUnknown: Type.Union([Type.Literal('create-contact'), Type.Literal('leave-out')]),
  }),
  /** To call a client back: at most one stands open for each client, however often they call in vain. */
  Type.Object({
    do: Type.Literal('create-task'),
    responsible,
    /** A template. */
    text: Type.String({ minLength: 1, maxLength: 2_000 }),
    /** From the end of the call. */
    dueMinutes: Type.Integer({ minimum: 1, maximum: 525_600 }),
  }),
  /** The client has been talked with: their open task is done. */
  Type.Object({ do: Type.Literal('complete-task') }),
]);
export type RuleAction = Static<typeof RuleAction>;

export const Rule = Type.Object({
  id,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  enabled: Type.Boolean(),
  when: RuleCondition,
  actions: Type.Array(RuleAction, { minItems: 1, maxItems: 20 }),
});
export type Rule = Static<typeof Rule>;

/** Phones of people who are treated alike: VIPs, spam. */
export const NumberList = Type.Object({
  id,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  /** Digits with the country code; `7495*` are all that begin so. Each call carries them, so they must be few. */
  numbers: Type.Array(Type.String({ pattern: '^\\d{1,20}\\*?$' }), { maxItems: 1_000 }),
});
export type NumberList = Static<typeof NumberList>;
