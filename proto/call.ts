import { type Static, Type } from 'typebox';
import { nullable } from './nullable.ts';

/** ms since the epoch, UTC */
const Moment = Type.Integer();

export const Direction = Type.Union([Type.Literal('inbound'), Type.Literal('outbound'), Type.Literal('internal')]);
export type Direction = Static<typeof Direction>;

/**
 * `missed`: inbound, nobody of ours talked. `no_answer`, `cancelled` (our side gave up), `failed` (no such number,
 * network): outbound and internal. `busy`: whoever was called was busy or declined. `voicemail`: the voice mail
 * answered, whether or not a message was left.
 */
export const CallResult = Type.Union([
  Type.Literal('answered'),
  Type.Literal('missed'),
  Type.Literal('busy'),
  Type.Literal('no_answer'),
  Type.Literal('cancelled'),
  Type.Literal('failed'),
  Type.Literal('voicemail'),
]);
export type CallResult = Static<typeof CallResult>;

export const HangupBy = Type.Union([
  Type.Literal('external'),
  Type.Literal('internal'),
  Type.Literal('pbx'),
  Type.Literal('network'),
]);
export type HangupBy = Static<typeof HangupBy>;

/**
 * How a call came to an employee. `caller`: they dialled it themselves; `click`: their phone rang because somebody
 * clicked; `consultation`: a colleague asked them (feature code) and no transfer came of it.
 */
export const CameBy = Type.Union([
  Type.Literal('direct'),
  Type.Literal('group'),
  Type.Literal('queue'),
  Type.Literal('transfer'),
  Type.Literal('pickup'),
  Type.Literal('forward'),
  Type.Literal('park'),
  Type.Literal('caller'),
  Type.Literal('click'),
  Type.Literal('consultation'),
]);
export type CameBy = Static<typeof CameBy>;

/** How one employee's part came out. `elsewhere`: somebody else was faster. */
export const ConversationResult = Type.Union([
  Type.Literal('answered'),
  Type.Literal('no_answer'),
  Type.Literal('busy'),
  Type.Literal('declined'),
  Type.Literal('elsewhere'),
]);
export type ConversationResult = Static<typeof ConversationResult>;

/** One employee's part in a call: their phone rang, perhaps they talked. */
export const Conversation = Type.Object({
  extension: Type.String(),
  /** The channel's uniqueid: the same extension may take part twice. */
  uniqueid: Type.String(),
  cameBy: CameBy,
  requestedAtMs: Moment,
  acceptedAtMs: nullable(Moment),
  endedAtMs: nullable(Moment),
  /** Without the time on hold. */
  talkSeconds: Type.Number(),
  /** Only while one of the two is on hold: since when. */
  heldSinceMs: Type.Optional(Moment),
  /** null until it is known. */
  result: nullable(ConversationResult),
  /** The outside number on which the employee was reached (forward, follow-me); null for their own phone. */
  answeredOn: nullable(Type.String()),
});
export type Conversation = Static<typeof Conversation>;

/** The client (or, inside, the colleague) was handed on. */
export const Transfer = Type.Object({
  kind: Type.Union([Type.Literal('blind'), Type.Literal('attended'), Type.Literal('park')]),
  /** The employee who handed on; null if the rows do not tell. */
  from: nullable(Type.String()),
  /** Who took it: an extension, or an outside number as digits; if nobody did, what was dialled. */
  to: nullable(Type.String()),
  /** What was dialled, e.g. a group's number. */
  dialled: nullable(Type.String()),
  atMs: Moment,
  answered: Type.Boolean(),
  toOutside: Type.Boolean(),
  /** Parked, fetched by nobody, and given back to who parked it. */
  timedOut: Type.Boolean(),
  /** The CEL row that tells of it. */
  rowId: Type.Integer(),
});
export type Transfer = Static<typeof Transfer>;

/** A click in amoCRM rang the employee's phone first. */
export const ClickToCall = Type.Object({
  employeeAnsweredAtMs: nullable(Moment),
  clientWasCalled: Type.Boolean(),
  /** The employee's phone has refused before it rang, as one that is not registered, or set to "do not disturb". */
  employeeWasUnreachable: Type.Optional(Type.Literal(true)),
});
export type ClickToCall = Static<typeof ClickToCall>;

/** A voice menu answered first. Which keys were pressed in it nobody reads: they may be a card number or a PIN. */
export const Ivr = Type.Object({});
export type Ivr = Static<typeof Ivr>;

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
  /** Internal: who was called, an extension or what was dialled. */
  calledExtension: nullable(Type.String()),
  startedAtMs: Moment,
  answeredAtMs: nullable(Moment),
  endedAtMs: nullable(Moment),
  /** Every employee's part, in order of ringing. */
  conversations: Type.Array(Conversation),
  /** Extensions whose phones rang in the first attempt, and in all. */
  firstRinging: Type.Array(Type.String()),
  rang: Type.Array(Type.String()),
  transfers: Type.Array(Transfer),
  /** Extension that answered first (inbound, internal) or the outside number (outbound). */
  answeredBy: nullable(Type.String()),
  lastTalker: nullable(Type.String()),
  /** The outside number on which the first employee answered; null for their own phone. */
  answeredOn: nullable(Type.String()),
  pickedUp: Type.Boolean(),
  /** From the start to the first answer of a person, or to the end. */
  waitSeconds: Type.Number(),
  /** A person of ours and the other side could hear each other. */
  talkSeconds: Type.Number(),
  /** On hold or parked, after the first answer. */
  heldSeconds: Type.Number(),
  /** With somebody outside to whom the client was transferred. */
  outsideTalkSeconds: Type.Number(),
  result: nullable(CallResult),
  hangupBy: nullable(HangupBy),
  /** The extension that hung up, if `hangupBy` is `internal`. */
  hangupExtension: nullable(Type.String()),
  clickToCall: nullable(ClickToCall),
  ivr: nullable(Ivr),
  /** Queues that the call went through, by name, in order; absent in what earlier histories carry. */
  queues: Type.Optional(Type.Array(Type.String())),
  /** An internal call that was made in order to transfer another. */
  consultation: Type.Boolean(),
  /** A recording with sound in it, as the PBX names it: a file, or a path. */
  recordingFile: nullable(Type.String()),
  /** In words, what had to be concluded from incomplete rows; empty for a call told without doubt. */
  doubts: Type.Array(Type.String()),
});
export type Call = Static<typeof Call>;
