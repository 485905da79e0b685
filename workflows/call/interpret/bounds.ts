import type { CelRow } from '../../../proto/cel.ts';
import type { CallFacts } from './facts.ts';
import type { Leg } from './leg.ts';

/** Facts must fit into what Temporal carries (2 MB, with the phases and registrations beside them), whatever a PBX writes. */
const mostRows = 50_000;
const mostBytes = 1_000_000;
export const mostLegs = 1_000;

/** Legs that came to something are kept up to this number. */
const mostLegsKept = 1_500;

/** What things take as text at most, about: an ordinary row, a new channel, a transfer. */
const rowBytes = 150;
const legBytes = 900;
const turnBytes = 500;
const fewestRowsPerMeasure = 250;

/** Rows that end something cost little, and without them a call would not be told to its end. */
const endings = new Set(['LINKEDID_END', 'CHAN_END', 'HANGUP']);

/** Beyond the limits only rows that end a call or a channel that is known are read. */
export function isRoomFor(facts: CallFacts, row: CelRow): boolean {
  if (row.eventType === 'LINKEDID_END') return true;
  const isKnown = Object.hasOwn(facts.legs, row.uniqueid);
  if (isKnown && endings.has(row.eventType)) return true;
  if (facts.rowIds.length >= mostRows || facts.measured.bytes >= mostBytes) return false;
  return isKnown || facts.legCount < mostLegsKept;
}

/** Measures the facts whenever they can have reached the limit since the last time. */
export function measure(facts: CallFacts): void {
  const { rowIds, legCount, turns, measured } = facts;
  const rows = rowIds.length - measured.rows;
  if (rows < fewestRowsPerMeasure) return;
  const newLegs = Math.max(0, legCount - measured.legs);
  const grown = rows * rowBytes + newLegs * legBytes + (turns.length - measured.turns) * turnBytes;
  if (measured.bytes + grown < mostBytes) return;
  facts.measured = {
    bytes: JSON.stringify(facts).length,
    rows: rowIds.length,
    legs: legCount,
    turns: turns.length,
  };
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
