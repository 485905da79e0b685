import type { CallFacts } from './facts.ts';

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
  const cameOver = Object.values(facts.legs).filter((leg) => leg.start === null && leg.uniqueid !== facts.linkedid);
  return [...new Set([...absent, ...cameOver.map((leg) => leg.uniqueid)])].sort();
}

/**
 * Channels that live on although their linkedid has ended: Asterisk joined this call into an older one, under which
 * their further rows come. Empty while the call lasts and for a call that ended by itself.
 */
export function channelsGoneElsewhere(facts: CallFacts): string[] {
  const end = facts.ends.find((known) => known.linkedid === facts.linkedid && !known.isGuess);
  if (!end) return [];
  const alive = Object.values(facts.legs).filter((leg) => leg.ended === null || leg.ended.rowId > end.rowId);
  return alive.map((leg) => leg.uniqueid).sort();
}

/** Linkedids whose rows are among these facts and which are one call with `linkedid`, itself included. */
export function joinedLinkedids(facts: CallFacts): string[] {
  const linkedids = new Set([facts.linkedid]);
  for (const leg of Object.values(facts.legs)) for (const seen of leg.linkedids) linkedids.add(seen.linkedid);
  return [...linkedids].sort();
}
