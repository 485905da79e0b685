import { bridgeMembers } from './belonging.ts';
import type { CallFacts } from './facts.ts';
import type { Leg } from './leg.ts';
import { originOf } from './origin.ts';
import type { Turn } from './turn.ts';

/**
 * Linkedids that have a channel in common, or of which a row tells that they were joined. Those who meet in a conference
 * keep theirs, and share its bridge.
 */
export function families(legs: readonly Leg[], facts: CallFacts): Leg[][] {
  const parents = new Map<string, string>();
  const find = (linkedid: string): string => {
    let top = linkedid;
    for (let up = parents.get(top); up !== undefined && up !== top; up = parents.get(top)) top = up;
    return top;
  };
  const join = (a: string, b: string) => {
    const [topA, topB] = [find(a), find(b)];
    parents.set(topA, topA);
    parents.set(topB, topA);
  };
  for (const leg of legs) for (const { linkedid } of leg.linkedids) join(originOf(leg), linkedid);
  for (const turn of facts.turns) {
    const [first, ...others] = legsNamedBy(turn, facts).map(originOf);
    for (const other of others) if (first !== undefined) join(first, other);
  }
  for (const members of bridgeMembers(legs).values()) {
    const [first, ...others] = [...members].map(originOf);
    for (const other of others) if (first !== undefined) join(first, other);
  }
  return [...Map.groupBy(legs, (leg) => find(originOf(leg))).values()];
}

function legsNamedBy(turn: Turn, facts: CallFacts): Leg[] {
  const { uniqueid, transfereeUniqueid, secondUniqueid, targetUniqueid, pickerUniqueid } = turn;
  const named = [uniqueid, transfereeUniqueid, secondUniqueid, targetUniqueid, pickerUniqueid];
  return named.flatMap((id) => (Object.hasOwn(facts.legs, id) ? [facts.legs[id] as Leg] : []));
}
