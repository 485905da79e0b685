import { type Static, Type } from 'typebox';
import { Call } from './call.ts';

/** In words, what else the rules asked for and could not be done. */
const troubles = Type.Optional(Type.Array(Type.String()));

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
  }),
  Type.Object({ state: Type.Literal('not-sent'), reason: Type.String(), troubles }),
  /** amoCRM refused for good; a person has to look. */
  Type.Object({ state: Type.Literal('needs-attention'), reason: Type.String() }),
]);
export type Registration = Static<typeof Registration>;

/** What became of one linkedid, as its workflow ends. */
export type CallOutcome =
  /** By linkedid: of several that Asterisk joined, those that are calls of their own. */
  | { registrations: Record<string, Registration> }
  /** The actor of that linkedid tells the call. */
  | { joinedInto: string }
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
