import { type Static, Type } from 'typebox';
import { Direction } from './call.ts';
import { nullable } from './nullable.ts';

/** ms since the epoch, UTC */
const Moment = Type.Integer();

/** What an employee does in a call now. `dials`: waits for whoever they called; `holds`: talks, and has the other on hold. */
export const Doing = Type.Union([
  Type.Literal('rings'),
  Type.Literal('dials'),
  Type.Literal('talks'),
  Type.Literal('holds'),
]);
export type Doing = Static<typeof Doing>;

/** A call that goes on, as it stands now. */
export const LiveCall = Type.Object({
  pbxId: Type.String(),
  linkedid: Type.String(),
  /** null: not known yet. */
  direction: nullable(Direction),
  /** Digits with the country code; null if hidden, internal or not known yet. */
  externalNumber: nullable(Type.String()),
  /** As amoCRM knows them; null if nobody has said so far. */
  client: nullable(Type.Object({ entityType: Type.String(), entityId: Type.Integer(), name: Type.String() })),
  did: nullable(Type.String()),
  callerExtension: nullable(Type.String()),
  calledExtension: nullable(Type.String()),
  startedAtMs: Moment,
  /** In which the client has waited last; null: in none. */
  queue: nullable(Type.String()),
  /** Who is busy with it now, in order of ringing; empty: nobody yet, or nobody any more. */
  parts: Type.Array(Type.Object({ extension: Type.String(), doing: Doing, sinceMs: Moment })),
  /** The last time that the client was handed on. */
  transfer: nullable(Type.Object({ from: nullable(Type.String()), to: nullable(Type.String()), atMs: Moment })),
  /** Everybody who took part so far or was asked for: heads see the calls of their own people. */
  extensions: Type.Array(Type.String()),
});
export type LiveCall = Static<typeof LiveCall>;

/** What Redis holds of a call that goes on. */
export const LiveEntry = Type.Object({
  call: LiveCall,
  /** Id of the workflow that tells it. */
  teller: Type.String(),
  /** When it was told, by Temporal's clock: what is older does not take its place. */
  atMs: Moment,
});
export type LiveEntry = Static<typeof LiveEntry>;

/** How a change is told to all who follow calls. */
export const LiveChange = Type.Object({
  pbxId: Type.String(),
  linkedid: Type.String(),
  /** null: it is over, or not told as a call of its own any more. */
  entry: nullable(LiveEntry),
  /** It stands in the journal. */
  isInJournal: Type.Boolean(),
});
export type LiveChange = Static<typeof LiveChange>;
