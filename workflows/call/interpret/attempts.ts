import type { Ours } from './cast.ts';
import { readChannelName } from './channel.ts';
import type { Dialling } from './dialling.ts';

/** A phone that was made to ring, with the rows between which it rang. */
export interface Attempt {
  ours: Ours;
  requestedRowId: number;
  /** Where the ringing came to an end: an answer or a hangup; infinite while it rings. */
  settledRowId: number;
}

/** The phones that were called, in the order in which Asterisk set out to call them. */
export function readAttempts(ours: readonly Ours[], dialling: Dialling): Attempt[] {
  return ours
    .filter((one) => one.wasCalled)
    .map((one) => attemptOf(one, dialling))
    .sort((a, b) => a.requestedRowId - b.requestedRowId);
}

/** A phone behind Local channels was called when the first of these was made, and given up with it. */
function attemptOf(ours: Ours, dialling: Dialling): Attempt {
  const locals = dialling.chainOf(ours.leg).filter((leg) => readChannelName(leg.channel).half === '1');
  const made = [ours.leg, ...locals.filter((leg) => leg.uniqueid !== leg.start?.linkedid)];
  const ends = made.flatMap((leg) => [leg.answered, leg.ended]).flatMap((end) => (end ? [end.rowId] : []));
  return {
    ours,
    requestedRowId: Math.min(...made.map((leg) => leg.firstRowId)),
    settledRowId: Math.min(...ends, Number.POSITIVE_INFINITY),
  };
}

/** Those that were called together at first: before any of them answered or was given up. */
export function firstAttempt(attempts: readonly Attempt[]): Attempt[] {
  const together: Attempt[] = [];
  let settledRowId = Number.POSITIVE_INFINITY;
  for (const attempt of attempts) {
    if (attempt.requestedRowId > settledRowId) break;
    together.push(attempt);
    settledRowId = Math.min(settledRowId, attempt.settledRowId);
  }
  return together;
}
