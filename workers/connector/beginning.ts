import type { CelTable, RawCel } from '../../activities/asterisk/cel-table.ts';
import { pbxTimeToUtcMs, utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { type Anchor, advance, type Cursor, noCursor } from './cursor.ts';

/** Ids this close behind the newest row may still become visible when reading begins. */
const watchedIds = 1_000;
/** Wall clocks go back by an hour in autumn. */
const marginMs = 65 * 60_000;

export function anchorOf(row: RawCel): Anchor {
  return { id: row.id, uniqueid: row.uniqueid ?? '', eventType: row.eventtype ?? '', eventTime: row.eventtime ?? '' };
}

/** Where the reading of a new PBX begins: after its newest row, never at its first. */
export async function beginAtNewest(table: CelTable, nowMs: number): Promise<Cursor> {
  const newest = await table.newest();
  if (!newest) return noCursor;
  const { rows } = await table.read(Math.max(0, newest.id - watchedIds), [], watchedIds + 1);
  return advance(noCursor, rows.map(anchorOf), nowMs);
}

/**
 * Where reading goes on when ids have restarted: at the first row that is not older than the last one that was read.
 * The ids rise with time, so it is found by bisection; no other column has an index.
 */
export async function followRestart(table: CelTable, lastRead: Anchor): Promise<Cursor> {
  const newest = await table.newest();
  if (!newest) return noCursor;
  const lastReadMs = pbxTimeToUtcMs(lastRead.eventTime, 'UTC') ?? 0;
  const threshold = utcMsToPbxTime(Math.max(0, lastReadMs - marginMs), 'UTC');
  let before: RawCel | undefined;
  let lowId = 0;
  let highId = newest.id + 1;
  while (lowId < highId) {
    const middle = await table.firstFrom(Math.floor((lowId + highId) / 2));
    if (middle && middle.id < highId && middle.eventtime < threshold) {
      before = middle;
      lowId = middle.id + 1;
    } else {
      highId = Math.floor((lowId + highId) / 2);
    }
  }
  return { anchor: before ? anchorOf(before) : null, gaps: [] };
}
