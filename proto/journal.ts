import { type Static, Type } from 'typebox';
import { Call } from './call.ts';
import type { Deeds, EndDecision } from './crm-action.ts';
import { HeldBack } from './licence/gate.ts';
import { nullable } from './nullable.ts';

/** In words, what else the rules asked for and could not be done. */
const troubles = Type.Optional(Type.Array(Type.String()));

/** What else the rules asked for and the licence did not let be done. */
const heldBack = Type.Optional(Type.Array(HeldBack));

/** What would have been done for a call, were its PBX not observed only. */
export interface Intent {
  /** amoCRM users who would have been shown a card. */
  cardsTo: number[];
  /** While the call went on, by the phases that it reached. */
  reached: Deeds[];
  end: EndDecision;
}

/** A call as another product has left it in amoCRM. */
export const OthersCall = Type.Object({
  noteId: Type.Integer(),
  entityType: Type.String(),
  entityId: Type.Integer(),
  durationSeconds: Type.Integer(),
  /** amoCRM user, else who it was in words. */
  responsible: nullable(Type.Union([Type.Integer(), Type.String()])),
  /** amoCRM's code and the words beside it. */
  status: nullable(Type.Integer()),
  result: nullable(Type.String()),
  source: Type.String(),
  /** Of the recording. */
  link: nullable(Type.String()),
  createdAtSeconds: Type.Integer(),
});
export type OthersCall = Static<typeof OthersCall>;

const person = nullable(Type.Union([Type.Integer(), Type.String()]));
const place = Type.Object({ entityType: Type.String(), entityId: Type.Integer() });

/** In what another product's record of a call differs from what Ringflow would have made. */
export const Difference = Type.Union([
  Type.Object({ what: Type.Literal('missing-there') }),
  /** Why Ringflow would not have registered it. */
  Type.Object({ what: Type.Literal('only-there'), reason: Type.String() }),
  Type.Object({ what: Type.Literal('duration'), thereSeconds: Type.Number(), hereSeconds: Type.Number() }),
  Type.Object({ what: Type.Literal('responsible'), there: person, here: person }),
  Type.Object({ what: Type.Literal('entity'), there: place, here: place }),
  /** As versions before told it, in words. */
  Type.String(),
]);
export type Difference = Static<typeof Difference>;

/** What would have been done beside what another product did. */
export const Comparison = Type.Union([
  Type.Object({ found: nullable(OthersCall), differences: Type.Array(Difference) }),
  /** amoCRM could not be asked, and why. */
  Type.Object({ unread: Type.String() }),
]);
export type Comparison = Static<typeof Comparison>;

/** `missing`: Ringflow would have registered it, the other product has not; `waiting`: not compared yet. */
export const ComparisonOutcome = Type.Enum(['same', 'differs', 'missing', 'unread', 'waiting']);
export type ComparisonOutcome = Static<typeof ComparisonOutcome>;

/** What became of a finished call in amoCRM. */
export const Registration = Type.Union([
  Type.Object({ state: Type.Literal('pending') }),
  Type.Object({
    state: Type.Literal('registered'),
    /** null: amoCRM has not told (incoming leads), or only a person knows. */
    noteId: Type.Union([Type.Integer(), Type.Null()]),
    entityType: Type.Union([Type.String(), Type.Null()]),
    entityId: Type.Union([Type.Integer(), Type.Null()]),
    troubles,
    heldBack,
  }),
  Type.Object({ state: Type.Literal('not-sent'), reason: Type.String(), troubles, heldBack }),
  /** Rules want it registered and the licence does not; done again it is, by the licence of then. */
  Type.Object({ state: Type.Literal('unlicensed'), heldBack: Type.Array(HeldBack, { minItems: 1 }), troubles }),
  /** Nothing was written: another product serves the PBX. Not compared yet while `comparison` is absent. */
  Type.Object({
    state: Type.Literal('observed'),
    intent: Type.Unsafe<Intent>(Type.Object({}, { additionalProperties: true })),
    comparison: Type.Optional(Comparison),
  }),
  /** amoCRM refused for good; a person has to look. */
  Type.Object({ state: Type.Literal('needs-attention'), reason: Type.String() }),
]);
export type Registration = Static<typeof Registration>;

export const RegistrationState = Type.Enum([
  ...(['pending', 'registered', 'not-sent', 'unlicensed', 'observed', 'needs-attention'] as const),
]);

/** What became of one linkedid, as its workflow ends. */
export type CallOutcome =
  /** By linkedid: of several that Asterisk joined, those that are calls of their own. */
  | { registrations: Record<string, Registration> }
  /** The actor of that linkedid tells the call. */
  | { joinedInto: string }
  /** Of a call of the past: it goes on, or its end is not written yet; nothing was done. */
  | { goesOn: true }
  | { notTold: string };

/** One call in the journal. */
export const CallJournalEntry = Type.Object({
  call: Call,
  registration: Registration,
  workflowId: Type.String(),
  /** Ids of all CEL rows that were read: a row that is none of them is new. */
  celRowIds: Type.Array(Type.Integer()),
});
export type CallJournalEntry = Static<typeof CallJournalEntry>;

/** How a call that was only observed compares; null for every other. */
export function comparisonOutcome(registration: Registration): ComparisonOutcome | null {
  if (registration.state !== 'observed') return null;
  const { comparison } = registration;
  if (!comparison) return 'waiting';
  if ('unread' in comparison) return 'unread';
  if (comparison.differences.length === 0) return 'same';
  return comparison.found ? 'differs' : 'missing';
}

/** Everybody of ours who took part in a call or was asked for, each once. */
export function extensionsOf(call: Call): string[] {
  const all = [
    ...call.rang,
    ...call.conversations.map(({ extension }) => extension),
    ...[call.callerExtension, call.calledExtension],
    ...call.transfers.flatMap(({ from, to, toOutside }) => [from, toOutside ? null : to]),
  ];
  return [...new Set(all.filter((one) => one !== null && one !== ''))] as string[];
}
