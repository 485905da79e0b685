import type { CelRow } from '../../../proto/cel.ts';
import type { CallFacts } from './facts.ts';
import type { Leg } from './leg.ts';

/** Facts must fit into what Temporal carries (2 MB, with the phases and registrations beside them), whatever a PBX writes. */
const mostRows = 50_000;
const mostBytes = 1_000_000;
export const mostLegs = 1_000;

/** Legs that came to something are kept up to this number. */
const mostLegsKept = 1_500;

/** So many rows can't add more than a fifth of the limit. */
const rowsPerMeasure = 250;

/** Rows that end something cost little, and without them a call would not be told to its end. */
const endings = new Set(['LINKEDID_END', 'CHAN_END', 'HANGUP']);

/** Beyond the limits only rows that end a call or a channel that is known are read. */
export function isRoomFor(facts: CallFacts, row: CelRow): boolean {
  if (row.eventType === 'LINKEDID_END') return true;
  const isKnown = Object.hasOwn(facts.legs, row.uniqueid);
  if (isKnown && endings.has(row.eventType)) return true;
  if (facts.rowIds.length >= mostRows || facts.measuredBytes >= mostBytes) return false;
  return isKnown || facts.legCount < mostLegsKept;
}

/** Takes the size of the facts now and then. */
export function measure(facts: CallFacts): void {
  if (facts.rowIds.length % rowsPerMeasure === 0) facts.measuredBytes = JSON.stringify(facts).length;
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
