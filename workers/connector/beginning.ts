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
  const start: Cursor = { ...noCursor, beganAtMs: nowMs };
  if (!newest) return start;
  const { rows } = await table.read(Math.max(0, newest.id - watchedIds), [], watchedIds + 1);
  const [first, ...rest] = rows.filter((row) => row.id <= newest.id).map(anchorOf);
  return first ? advance({ ...start, anchor: first }, rest, nowMs) : start;
}

/** Where reading goes on after the database came back from a copy: at the first row of that moment. */
export async function rereadFrom(
  table: CelTable,
  { beganAtMs }: Cursor,
  fromMs: number,
  timezone: string,
): Promise<Cursor> {
  const before = await table.lastBefore(utcMsToPbxTime(Math.max(0, fromMs - marginMs), timezone));
  return { anchor: before ? anchorOf(before) : null, gaps: [], ...(beganAtMs !== undefined && { beganAtMs }) };
}

/** Where reading goes on when ids have restarted: at the first row that is not older than the last one that was read. */
export async function followRestart(table: CelTable, cursor: Cursor): Promise<Cursor> {
  const lastReadMs = pbxTimeToUtcMs(cursor.anchor?.eventTime ?? '', 'UTC') ?? 0;
  const before = await table.lastBefore(utcMsToPbxTime(Math.max(0, lastReadMs - marginMs), 'UTC'));
  return { ...cursor, anchor: before ? anchorOf(before) : null, gaps: [] };
}
