import type { CelRow } from '../../proto/cel.ts';
import { zoneErrorMs } from './freshness.ts';

const dayMs = 86_400_000;
/** The way of a row through a slow database. */
const steadyMs = 5_000;
/** So long rows have to come with the same age. */
const heldMs = 10_000;

/**
 * Notices that the clock of a PBX is a day or more behind ours: then rows that have just been written look like those of a
 * backup. But such a clock goes as ours does, so however late its rows come, all are of one age, from one read to the next;
 * rows of a backup come as fast as they are restored, and their ages run through hours.
 */
export class ClockWitness {
  /** Since when rows have come with which age. */
  #steady: { ageMs: number; sinceMs: number } | undefined;
  #zoneErrorMs = 0;
  #behindMs: number | null;
  readonly #tell: (behindMs: number | null) => void;

  /**
   * @param behindMs what was known before
   * @param tell how far the clock is behind; null: less than a day
   */
  constructor(behindMs: number | null, tell: (behindMs: number | null) => void) {
    this.#behindMs = behindMs;
    this.#tell = tell;
    tell(behindMs);
  }

  /** Rows that were not there at the last look. @param atMs of this look, by our clock */
  rowsAppeared(rows: readonly CelRow[], atMs: number): void {
    if (rows.length === 0) return;
    this.#zoneErrorMs = zoneErrorMs(rows) ?? this.#zoneErrorMs;
    const ages = rows.map(({ eventAtMs }) => atMs - (eventAtMs - this.#zoneErrorMs));
    const [ageMs, oldestMs] = [Math.min(...ages), Math.max(...ages)];
    if (ageMs < dayMs) {
      this.#steady = undefined;
      this.#become(null);
    } else if (oldestMs - ageMs > steadyMs) this.#steady = undefined;
    else if (!this.#steady || Math.abs(ageMs - this.#steady.ageMs) > steadyMs) this.#steady = { ageMs, sinceMs: atMs };
    else if (atMs - this.#steady.sinceMs >= heldMs) this.#become(this.#steady.ageMs);
  }

  #become(behindMs: number | null): void {
    if (behindMs === this.#behindMs) return;
    this.#behindMs = behindMs;
    this.#tell(behindMs);
  }
}
