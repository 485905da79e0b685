import type { CelRow } from '../../proto/cel.ts';
import { uniqueidToUtcMs } from '../../proto/pbx-time.ts';

/** Rows older than that when they are read tell of the past: nobody needs a card for it. */
const freshForMs = 30_000;
/** Zones differ by quarters of an hour; less is a slow writer. */
const quarterMs = 15 * 60_000;

/**
 * How far the times of rows are off because the PBX's zone is configured wrongly, ms: a channel's `uniqueid` begins
 * with the UTC second of its creation.
 *
 * @returns undefined if no row of the batch tells
 */
export function zoneErrorMs(rows: readonly CelRow[]): number | undefined {
  const start = rows.findLast((row) => row.eventType === 'CHAN_START');
  const createdAtMs = start && uniqueidToUtcMs(start.uniqueid);
  if (!start || createdAtMs === undefined) return undefined;
  return Math.round((start.eventAtMs - createdAtMs) / quarterMs) * quarterMs;
}

/** Whether the newest of these rows has just been written, by the clock of the database. */
export function isFresh(rows: readonly CelRow[], databaseNowMs: number, errorMs: number): boolean {
  const newestMs = Math.max(...rows.map((row) => row.eventAtMs)) - errorMs;
  return databaseNowMs - newestMs < freshForMs;
}

/** Less is the way of a row through a slow database. */
const leastSkewMs = 5_000;

/**
 * How far the PBX's clock is behind its database's, by rows that have just been written, ms; 0 if it is as good as none.
 *
 * @returns undefined if the rows are too far off for that: a backup was restored, or a row is wrong
 */
export function clockSkewMs(rows: readonly CelRow[], databaseNowMs: number, errorMs: number): number | undefined {
  const ages = rows.map((row) => databaseNowMs - (row.eventAtMs - errorMs));
  const ageMs = Math.min(...ages);
  if (rows.length === 0 || Math.abs(ageMs) > quarterMs / 2) return undefined;
  return Math.abs(ageMs) < leastSkewMs ? 0 : ageMs;
}

/** Clocks may be set, and a call may be long. */
const dayMs = 86_400_000;

/** Whether the row's call is older than the reading of this PBX: it comes from a backup that was restored. */
export function beganBefore(row: CelRow, beganReadingAtMs: number | undefined): boolean {
  const createdAtMs = uniqueidToUtcMs(row.linkedid);
  return beganReadingAtMs !== undefined && createdAtMs !== undefined && createdAtMs < beganReadingAtMs - dayMs;
}
