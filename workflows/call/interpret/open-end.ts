import type { CallFacts } from './facts.ts';
import { originOf } from './origin.ts';

/**
 * Ends what lacks its LINKEDID_END (Asterisk was restarted, its database was away) with the last row that there is.
 * For calls that are known to be over.
 *
 * @returns true if something had to be ended so
 */
export function endOpenCalls(facts: CallFacts): boolean {
  const ended = new Set(facts.ends.map((end) => end.linkedid));
  const open = new Map<string, { rowId: number; atMs: number }>();
  for (const leg of Object.values(facts.legs)) {
    for (const linkedid of [originOf(leg), ...leg.linkedids.map((seen) => seen.linkedid)]) {
      if (ended.has(linkedid)) continue;
      const last = lastMomentOf(leg);
      const known = open.get(linkedid);
      if (!known || known.rowId < last.rowId) open.set(linkedid, last);
    }
  }
  for (const [linkedid, { rowId, atMs }] of open) {
    facts.ends.push({ linkedid, rowId, atMs, isGuess: true });
    if (linkedid === facts.linkedid) facts.endedAtMs = atMs;
  }
  return open.size > 0;
}

function lastMomentOf(leg: CallFacts['legs'][string]): { rowId: number; atMs: number } {
  const first = { rowId: leg.firstRowId, atMs: leg.firstRowAtMs };
  const moments = [first, leg.start, leg.answered, leg.bridging.at(-1), leg.music.at(-1), leg.hangup, leg.ended];
  return moments.reduce((a, b) => (b && b.rowId > (a?.rowId ?? -1) ? b : a), first) ?? first;
}
