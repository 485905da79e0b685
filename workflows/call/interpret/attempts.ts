import type { CdrRow } from '../../../proto/cdr.ts';
import type { Ours } from './cast.ts';
import { readChannelName, readDestinations } from './channel.ts';
import type { Dialling } from './dialling.ts';
import type { Leg } from './leg.ts';
import { originOf } from './origin.ts';
import type { Thread } from './threads.ts';
import type { Turn } from './turn.ts';

/** A phone that was made to ring, with the rows between which it rang. */
export interface Attempt {
  ours: Ours;
  /** From the channel that called first, over Local channels, to the phone's own. */
  path: Leg[];
  requestedRowId: number;
  /** Where the ringing came to an end: an answer or a hangup; infinite while it rings. */
  settledRowId: number;
}

/** The phones that were called, in the order in which Asterisk set out to call them. */
export function readAttempts(ours: readonly Ours[], thread: Thread, dialling: Dialling): Attempt[] {
  return ours
    .filter((one) => one.wasCalled)
    .map((one) => attemptOf(one, thread, dialling))
    .sort((a, b) => a.requestedRowId - b.requestedRowId);
}

/** A phone behind Local channels was called when the first of these was made, and given up with it. */
function attemptOf(ours: Ours, thread: Thread, dialling: Dialling): Attempt {
  const chain = dialling.chainOf(ours.leg);
  const made = [ours.leg, ...chain.filter((leg) => wasMadeToRing(leg, ours.leg))];
  const ends = made.flatMap((leg) => [leg.answered, leg.ended]).flatMap((end) => (end ? [end.rowId] : []));
  return {
    ours,
    path: [...chain.toReversed(), ours.leg],
    requestedRowId: Math.max(cameOver(ours.leg, thread), Math.min(...made.map((leg) => leg.firstRowId))),
    settledRowId: Math.min(...ends, Number.POSITIVE_INFINITY),
  };
}

/** A phone that was called in another call takes part in this one from the transfer on. */
function cameOver(leg: Leg, { linkedid, turns }: Thread): number {
  if (originOf(leg) === linkedid) return 0;
  const names = (turn: Turn) => [turn.targetUniqueid, turn.transfereeUniqueid].includes(leg.uniqueid);
  return turns.find((turn) => turn.kind === 'attended' && names(turn))?.rowId ?? 0;
}

/** Not a Local channel over which somebody talked before the phone was called: that one came by a transfer. */
function wasMadeToRing(local: Leg, phone: Leg): boolean {
  if (readChannelName(local.channel).half !== '1' || local.uniqueid === local.start?.linkedid) return false;
  const taken = [local.answered, local.bridging[0]].map((step) => step?.rowId ?? Number.POSITIVE_INFINITY);
  return Math.min(...taken) > phone.firstRowId;
}

/** Those that were called together at first: before any of them answered or was given up, and by the same `Dial`. */
export function firstAttempt(attempts: readonly Attempt[], cdr: readonly CdrRow[]): Attempt[] {
  const [first] = attempts;
  if (!first) return [];
  const together: Attempt[] = [];
  let settledRowId = Number.POSITIVE_INFINITY;
  for (const attempt of attempts) {
    if (attempt.requestedRowId > settledRowId) break;
    if (!isCalledBySameDial(first, attempt, cdr)) continue;
    together.push(attempt);
    settledRowId = Math.min(settledRowId, attempt.settledRowId);
  }
  return together;
}

/**
 * A phone that refuses at once has its HANGUP row after the next phone's first: then only the list that `Dial` was
 * given tells that they were called one after the other. True where no list is known.
 */
function isCalledBySameDial(first: Attempt, next: Attempt, cdr: readonly CdrRow[]): boolean {
  const parting = first.path.findIndex((leg) => !next.path.includes(leg));
  if (parting < 0) return true;
  const at = first.path.length === 1 ? 0 : Math.max(1, parting); // who called either may not be known
  const called = first.path[at];
  const other = next.path.find((leg) => !first.path.includes(leg));
  if (!called || !other || called.calledBy === 'AppQueue') return true;
  const lists = listsDialledBy(first.path[at - 1], cdr).filter((list) => list.includes(endpointOf(called)));
  return lists.length === 0 || lists.some((list) => list.includes(endpointOf(other)));
}

/** What each `Dial` of a channel was told to call, where the row kept the whole list. CDR has those that CEL lacks. */
function listsDialledBy(by: Leg | undefined, cdr: readonly CdrRow[]): string[][] {
  const inCel = (by?.apps ?? []).filter(({ app }) => app === 'Dial').map((app) => app.arguments);
  const own = cdr.filter((row) => row.lastApp === 'Dial' && (!by || row.uniqueid === by.uniqueid));
  const inCdr = own.map((row) => row.lastData);
  const whole = [...inCel, ...inCdr].filter((text) => text.includes(','));
  return whole.map((text) => readDestinations(text).map(({ technology, endpoint }) => `${technology}/${endpoint}`));
}

function endpointOf({ channel }: Leg): string {
  const { technology, endpoint } = readChannelName(channel);
  return `${technology}/${endpoint}`;
}
