import { type Static, Type } from 'typebox';
import { Calendar } from './calendar.ts';
import { DecisionHook } from './hook.ts';
import { LicenceOfCall } from './licence/of-call.ts';
import { OurNumbers } from './our-number.ts';
import { PbxDescription } from './pbx.ts';
import { Rule } from './rule.ts';

/** What the decisions of a call depend on; a call keeps the version it began with. */
export const CallSettings = Type.Object({
  accountId: Type.String(),
  pbx: PbxDescription,
  /** Extension → amoCRM user id. */
  employees: Type.Record(Type.String(), Type.Integer()),
  /** Language of the texts that Ringflow writes into amoCRM. */
  language: Type.Union([Type.Literal('ru'), Type.Literal('en')]),
  /** In order; absent in what histories carry from before there were rules: then those of then hold. */
  rules: Type.Optional(Type.Array(Rule)),
  calendars: Type.Optional(Type.Array(Calendar)),
  numbers: Type.Optional(OurNumbers),
  /** amoCRM users who were deactivated: nothing is given to them. */
  inactiveUsers: Type.Optional(Type.Array(Type.Integer())),
  /** The brake, see AccountSettings. */
  mostNewPerHour: Type.Optional(Type.Integer()),
  decisionHook: Type.Optional(DecisionHook),
  /** False: cards are amoCRM's notifications for everybody; see AccountSettings. */
  widgetCards: Type.Optional(Type.Boolean()),
  /** Of calls that began before that time (null: of all) nothing is written; see AccountSettings. */
  observed: Type.Optional(Type.Object({ untilMs: Type.Union([Type.Integer(), Type.Null()]) })),
  /** True: whoever looks into Temporal sees phones as they are. */
  phonesInFull: Type.Optional(Type.Literal(true)),
  /** Absent in histories from before there were licences, and where only rules are tried: everything is allowed then. */
  licence: Type.Optional(LicenceOfCall),
  /** What the version that gave them promises of the call (workflows/promised.ts); absent in histories from before that. */
  promised: Type.Optional(Type.Array(Type.String())),
});
export type CallSettings = Static<typeof CallSettings>;
