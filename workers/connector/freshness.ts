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
