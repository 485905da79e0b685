import { pbxTimeToUtcMs } from '../../proto/pbx-time.ts';
import type { CelTable } from './cel-table.ts';
import { clockMarginMs } from './rows-of-calls.ts';

/** So many places of the table are looked at, evenly, so many in one question. */
const places = 200;
const placesTogether = 50;
/** Rows that were put back lately are among the newest: those are all looked at. */
const newestIds = 200_000;
const idsTogether = 10_000;

/**
 * Whether ids rise with time, so that bisection finds what it looks for. Rows that were put back from a backup have newer
 * ids than rows of later days. A few of them, far from the newest, may be overlooked.
 */
export async function isInOrder(cel: CelTable, timezone: string): Promise<boolean> {
  const [first, newest] = [await cel.firstFrom(0), await cel.newest()];
  if (!first || !newest) return true;
  const stepIds = (newest.id - first.id) / places;
  const ids = Array.from({ length: places }, (_, place) => first.id + Math.floor(stepIds * place));
  const times: string[] = [];
  for (let from = 0; from < places; from += placesTogether) {
    times.push(...(await cel.timesFrom(ids.slice(from, from + placesTogether))));
  }
  if (goesBack(times, timezone)) return false;
  const parts = await cel.timesOfEach(newest.id - newestIds, idsTogether);
  return !goesBack(
    parts.flatMap(({ earliest, latest }) => [earliest, latest]),
    timezone,
  );
}

/** By more than clocks are set back, or a zone that is configured wrongly can explain. */
function goesBack(times: readonly string[], timezone: string): boolean {
  let latestMs = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    const atMs = pbxTimeToUtcMs(time, timezone);
    if (atMs === undefined) continue;
    if (atMs < latestMs - clockMarginMs) return true;
    latestMs = Math.max(latestMs, atMs);
  }
  return false;
}
