import type { CallFacts } from './facts.ts';
import type { Leg } from './leg.ts';

/**
 * Channels of this call whose beginning is not among these facts: a row names them, or they came over from another
 * linkedid (attended transfer, pickup, parking). Whoever holds the facts reads their rows and adds them; then one
 * `conclude` tells the whole.
 *
 * @returns uniqueids, sorted; empty if nothing is missing
 */
export function channelsBegunElsewhere(facts: CallFacts): string[] {
  const named = facts.turns.flatMap((turn) => [
    turn.transfereeUniqueid,
    turn.secondUniqueid,
    turn.targetUniqueid,
    turn.pickerUniqueid,
  ]);
  const absent = named.filter((uniqueid) => uniqueid !== '' && !Object.hasOwn(facts.legs, uniqueid));
  const isUnbegun = (leg: Leg) => leg.start === null && leg.uniqueid !== facts.linkedid && isChannel(leg);
  const cameOver = Object.values(facts.legs).filter(isUnbegun);
  return [...new Set([...absent, ...cameOver.map((leg) => leg.uniqueid)])].sort();
}

/**
 * Channels that live on although their linkedid has ended: Asterisk joined this call into an older one, under which
 * their further rows come. Empty while the call lasts and for a call that ended by itself.
 */
export function channelsGoneElsewhere(facts: CallFacts): string[] {
  const end = facts.ends.find((known) => known.linkedid === facts.linkedid && !known.isGuess);
  if (!end) return [];
  const isAlive = (leg: Leg) => leg.ended === null || leg.ended.rowId > end.rowId;
  const alive = Object.values(facts.legs).filter((leg) => isChannel(leg) && isAlive(leg));
  return alive.map((leg) => leg.uniqueid).sort();
}

/** Rows of other products (user-defined events) may have an id that is no channel's. */
function isChannel({ start, answered, bridging, hangup }: Leg): boolean {
  return start !== null || answered !== null || bridging.length > 0 || hangup !== null;
}

/**
 * True if a call that was joined to this one still has its first channel up, and no row has ended it: it is not over
 * although this one is, so the two were perhaps joined by mistake.
 */
export function goesOn(facts: CallFacts, linkedid: string): boolean {
  const root = Object.hasOwn(facts.legs, linkedid) ? facts.legs[linkedid] : undefined;
  const hasEnd = facts.ends.some((end) => end.linkedid === linkedid && !end.isGuess);
  return linkedid !== facts.linkedid && root !== undefined && root.ended === null && !hasEnd;
}

/**
 * Of linkedids that are one call, the one that Asterisk keeps: of the channel created first (pbx.c and
 * channel_internal_api.c, 13 to 22). Ids of another form come last, in the order of their letters.
 */
export function oldestLinkedid(linkedids: Iterable<string>): string {
  const [oldest = ''] = [...linkedids].sort(byCreation);
  return oldest;
}

function byCreation(a: string, b: string): number {
  const [[secondsA, serialA], [secondsB, serialB]] = [creationOf(a), creationOf(b)];
  return secondsA - secondsB || serialA - serialB || (a < b ? -1 : Number(a > b));
}

/** `[system-]epoch.serial` */
function creationOf(linkedid: string): [number, number] {
  const match = /(\d{1,15})\.(\d{1,15})$/.exec(linkedid);
  return match ? [Number(match[1]), Number(match[2])] : [Number.MAX_SAFE_INTEGER, 0];
}
