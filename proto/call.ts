import { type Static, Type } from 'typebox';

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** ms since the epoch, UTC */
const Moment = Type.Integer();

export const Direction = Type.Union([Type.Literal('inbound'), Type.Literal('outbound'), Type.Literal('internal')]);
export type Direction = Static<typeof Direction>;

/**
 * `missed`: inbound, nobody of ours talked. `no_answer`, `cancelled` (our side gave up), `failed` (no such number,
 * network): outbound and internal. `busy`: whoever was called was busy or declined.
 */
export const CallResult = Type.Union([
  Type.Literal('answered'),
  Type.Literal('missed'),
  Type.Literal('busy'),
  Type.Literal('no_answer'),
  Type.Literal('cancelled'),
  Type.Literal('failed'),
]);
export type CallResult = Static<typeof CallResult>;

export const HangupBy = Type.Union([
  Type.Literal('external'),
  Type.Literal('internal'),
  Type.Literal('pbx'),
  Type.Literal('network'),
]);
export type HangupBy = Static<typeof HangupBy>;

/** One employee's part in a call: their phone rang, perhaps they talked. */
export const Conversation = Type.Object({
  extension: Type.String(),
  /** The channel's uniqueid: the same extension may take part twice. */
  uniqueid: Type.String(),
  requestedAtMs: Moment,
  acceptedAtMs: nullable(Moment),
  endedAtMs: nullable(Moment),
  talkSeconds: Type.Number(),
});
export type Conversation = Static<typeof Conversation>;

/** What Ringflow knows of one call at some moment; complete when `endedAtMs` is set. */
export const Call = Type.Object({
  pbxId: Type.String(),
  linkedid: Type.String(),
  direction: nullable(Direction),
  /** Digits with the country code; null if hidden, internal or not known yet. */
  externalNumber: nullable(Type.String()),
  did: nullable(Type.String()),
  trunk: nullable(Type.String()),
  /** Outbound and internal: the employee who called. */
  callerExtension: nullable(Type.String()),
  startedAtMs: Moment,
  answeredAtMs: nullable(Moment),
  endedAtMs: nullable(Moment),
  /** Every employee's part, in order of ringing. */
  conversations: Type.Array(Conversation),
  /** Extension that answered first (inbound, internal) or the outside number (outbound). */
  answeredBy: nullable(Type.String()),
  lastTalker: nullable(Type.String()),
  waitSeconds: Type.Number(),
  talkSeconds: Type.Number(),
  result: nullable(CallResult),
  hangupBy: nullable(HangupBy),
  /** Name of a recording with sound in it. */
  recordingFile: nullable(Type.String()),
  /** In words, what had to be concluded from incomplete rows; empty for a call told without doubt. */
  doubts: Type.Array(Type.String()),
});
export type Call = Static<typeof Call>;

/** Extensions whose phones ring now. */
export function ringingExtensions(call: Call): string[] {
  if (call.direction === 'outbound') return [];
  return call.conversations.filter((c) => c.acceptedAtMs === null && c.endedAtMs === null).map((c) => c.extension);
}
