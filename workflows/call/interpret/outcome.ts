import type { CallResult } from '../../../proto/call.ts';
import type { Leg } from './leg.ts';
import { firstAccepted, type Reading } from './reading.ts';

// Q.850 causes as Asterisk's hangupcause gives them
const userBusy = 17;
const callRejected = 21;
/** No such number, no route, no circuit, network out of order, …: it never rang, and calling again won't help. */
const failureCauses = new Set([1, 2, 3, 22, 27, 28, 29, 34, 38, 41, 42, 44, 47, 50, 58, 66]);

/** SIP's 408 and a subscriber who is absent; failures are, too. */
const absenceCauses = new Set([18, 20]);
/** SIP's 480: phones send it at once when they are not to be disturbed, and later when nobody picks up. */
const noAnswer = 19;
const atOnceMs = 5_000;

/** A phone that said so itself, before it rang. */
export function wasUnreachable(leg: Leg): boolean {
  const { hangup, answered, firstRowAtMs } = leg;
  if (!hangup || answered || !hungUpItself(leg)) return false;
  const isAtOnce = hangup.atMs - firstRowAtMs < atOnceMs;
  return failureCauses.has(hangup.cause) || absenceCauses.has(hangup.cause) || (hangup.cause === noAnswer && isAtOnce);
}

export const isBusyCause = (cause: number): boolean => cause === userBusy || cause === callRejected;

/** How an ended call came out. */
export function resultOf(reading: Reading): CallResult {
  const { cast, thread } = reading;
  if (firstAccepted(reading)) return 'answered';
  if (hasVoicemail(reading)) return 'voicemail';
  if (thread.endedBy) return 'cancelled'; // transferred while the colleague's phone still rang
  const called = calledLegs(reading);
  if (cast.direction === 'inbound') return inboundResult(reading, called);
  if (cast.originated && called.length === 0) return employeeRefused(reading) ? 'cancelled' : 'no_answer';
  const dialStatus = dialStatusOf(reading, called);
  if (hasGivenUp(reading) || dialStatus === 'CANCEL') return 'cancelled';
  // who tries one trunk after the other has the answer of the last; colleagues are busy if all are
  const deciding = cast.direction === 'outbound' ? called.slice(-1) : called;
  if (dialStatus === 'BUSY' || areAllBusy(deciding, reading)) return 'busy';
  // 22 writes NOANSWER for a number that does not exist: only the cause on the called leg tells
  const lastCause = called.at(-1)?.hangup?.cause ?? 0;
  if (failureCauses.has(lastCause) || ['CONGESTION', 'CHANUNAVAIL'].includes(dialStatus)) return 'failed';
  const wasServed = thread.root.answered !== null; // a feature code, an announcement
  return called.length === 0 && dialStatus === '' && !wasServed ? 'failed' : 'no_answer';
}

function inboundResult(reading: Reading, called: readonly Leg[]): CallResult {
  const { root } = reading.thread;
  if (dialStatusOf(reading, called) === 'BUSY' || areAllBusy(called, reading)) return 'busy';
  const wasRefused = called.length === 0 && root.answered === null;
  return wasRefused && failureCauses.has(root.hangup?.cause ?? 0) ? 'failed' : 'missed';
}

/** When the caller gives up, Asterisk gives their cause to the phones that still rang. */
function areAllBusy(called: readonly Leg[], reading: Reading): boolean {
  if (called.length === 0) return false;
  const gaveUp = hasGivenUp(reading);
  return called.every((leg) => wasBusy(leg) && (!gaveUp || hungUpItself(leg)));
}

export function hungUpItself({ hangup, channel }: Leg): boolean {
  return hangup !== null && hangup.source === channel;
}

/** Times have whole seconds. */
export const sameMomentMs = 1_000;

/** The caller hung up while somebody's phone still rang, and it stopped with that. */
export function hasGivenUp(reading: Reading): boolean {
  const caller = reading.cast.caller?.leg ?? reading.thread.root;
  const gaveUpAtMs = hungUpItself(caller) ? caller.hangup?.atMs : undefined;
  if (gaveUpAtMs === undefined) return false;
  return calledLegs(reading).some(
    (leg) => leg.hangup !== null && !hungUpItself(leg) && Math.abs(leg.hangup.atMs - gaveUpAtMs) <= sameMomentMs,
  );
}

function wasBusy(leg: Leg): boolean {
  return isBusyCause(leg.hangup?.cause ?? 0);
}

function employeeRefused({ cast, thread }: Reading): boolean {
  return wasBusy(cast.caller?.leg ?? thread.root);
}

/** Voice mail took the call. */
export function hasVoicemail({ thread }: Reading): boolean {
  return thread.legs.some((leg) => leg.apps.some((app) => app.app === 'VoiceMail'));
}

/** The channels whose answer was waited for. */
export function calledLegs({ cast, attempts }: Reading): Leg[] {
  const colleagues = attempts.map((attempt) => attempt.ours).filter((ours) => ours !== cast.caller);
  return cast.direction === 'outbound' ? cast.clients : colleagues.map((ours) => ours.leg);
}

/**
 * `DIALSTATUS` of who waited; with a click through a Local channel that is the half on which the client is dialled. Of
 * several attempts it is told by the first, whatever came of the others.
 */
function dialStatusOf({ thread, cast }: Reading, called: readonly Leg[]): string {
  if (called.length > 1) return '';
  return thread.root.hangup?.dialStatus || cast.caller?.leg.hangup?.dialStatus || '';
}
