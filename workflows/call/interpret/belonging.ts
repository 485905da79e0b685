import { readChannelName } from './channel.ts';
import type { Leg } from './leg.ts';
import type { Turn } from './turn.ts';

/**
 * The channels of one call among those that Asterisk joined: its own; who came over to it, was handed it, or shared a
 * bridge with it; and whoever is at the other end of a Local channel that did. Not who left by transferring.
 *
 * @param others first channels of other clients' calls: they stay calls of their own
 */
export function belongingLegs(
  own: readonly Leg[],
  family: readonly Leg[],
  turns: readonly Turn[],
  others: ReadonlySet<string>,
  isAwaited: (leg: Leg) => boolean,
): Leg[] {
  const targets = new Set(turns.map((turn) => turn.targetUniqueid));
  const left = new Set(turns.map((turn) => turn.secondUniqueid));
  const inBridge = bridgeMembers(family);
  const byChannel = new Map(family.map((leg) => [leg.channel, leg]));
  const belonging = new Set(own);
  const add = (leg: Leg | undefined) => {
    if (leg && !left.has(leg.uniqueid) && !others.has(leg.uniqueid)) belonging.add(leg);
  };
  for (const leg of own) for (const other of sharing(leg, inBridge)) add(other);
  for (const leg of family) {
    if (targets.has(leg.uniqueid) || leg.linkedids.length > 1 || isAwaited(leg)) add(leg);
  }
  for (const leg of belonging) {
    // a Set's iteration reaches what is added meanwhile
    const { pair, half } = readChannelName(leg.channel);
    if (half === '') continue;
    add(byChannel.get(`${pair};${half === '1' ? '2' : '1'}`));
    for (const other of sharing(leg, inBridge)) add(other);
  }
  return family.filter((leg) => belonging.has(leg));
}

/** Who was ever in which bridge. */
export function bridgeMembers(legs: readonly Leg[]): Map<string, Set<Leg>> {
  const members = new Map<string, Set<Leg>>();
  for (const leg of legs) {
    for (const { bridgeId, isHolding } of leg.bridging) {
      if (bridgeId === '' || isHolding) continue;
      const known = members.get(bridgeId);
      if (known) known.add(leg);
      else members.set(bridgeId, new Set([leg]));
    }
  }
  return members;
}

function sharing(leg: Leg, inBridge: ReadonlyMap<string, ReadonlySet<Leg>>): Leg[] {
  const bridgeIds = new Set(leg.bridging.map((step) => step.bridgeId));
  return [...bridgeIds].flatMap((bridgeId) => [...(inBridge.get(bridgeId) ?? [])]);
}
