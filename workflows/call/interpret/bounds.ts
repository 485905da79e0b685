import type { CelRow } from '../../../proto/cel.ts';
import type { CallFacts } from './facts.ts';
import type { Leg } from './leg.ts';

/** Facts must fit into what Temporal carries (2 MB), whatever a PBX writes into one call. */
const mostRows = 100_000;
export const mostLegs = 1_000;

/** Legs that came to something are kept up to this number: about 1.5 MB. */
const mostLegsKept = 3_000;

/** Beyond the limits only the row that ends a call, and rows of channels that are known, are read. */
export function isRoomFor(facts: CallFacts, row: CelRow): boolean {
  if (row.eventType === 'LINKEDID_END') return true;
  if (facts.rowIds.length >= mostRows) return false;
  return facts.legCount < mostLegsKept || Object.hasOwn(facts.legs, row.uniqueid);
}

/**
 * A queue may ring its members for hours, each attempt with channels of its own. Of attempts that are over and came
 * to nothing only the first and the latest of each phone are kept.
 */
export function shedFruitlessLegs(facts: CallFacts): void {
  if (facts.legCount < facts.shedAtLegs) return;
  const legs = Object.values(facts.legs).sort((a, b) => a.firstRowId - b.firstRowId);
  const latest = new Map(legs.map((leg) => [endpointOf(leg), leg]));
  const seen = new Set<string>();
  for (const leg of legs) {
    const endpoint = endpointOf(leg);
    const isKept = !seen.has(endpoint) || latest.get(endpoint) === leg || !isFruitless(leg);
    seen.add(endpoint);
    if (isKept) continue;
    delete facts.legs[leg.uniqueid];
    facts.legCount--;
  }
  facts.shedAtLegs = facts.legCount + mostLegs; // however few were shed, the next look is far away
}

/** `PJSIP/101` of `PJSIP/101-0000002a`; both halves of a Local channel keep theirs. */
function endpointOf({ channel }: Leg): string {
  return channel.replace(/-[^-;]*(;[12])?$/, '$1');
}

function isFruitless(leg: Leg): boolean {
  const isCallee = leg.start !== null && leg.start.linkedid !== leg.uniqueid;
  return isCallee && leg.ended !== null && leg.answered === null && leg.bridging.length === 0;
}
