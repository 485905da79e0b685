import type { RawCel } from '../../activities/asterisk/cel-table.ts';

/** What these tell nobody waits for: no phone begins to ring by them, nobody answers. */
const endings = new Set(['HANGUP', 'CHAN_END', 'BRIDGE_EXIT', 'APP_END']);
/** By then even a slow PBX has written how a call ended. */
const gatheredForMs = 250;

/**
 * A call ends with many rows within a moment. They are brought together, once the last of them is there, or another row
 * of the call that matters at once: each bringing by itself would cost its actor a turn.
 */
export class Endings {
  /** By id, when rows that wait were first seen, ms of a clock that nobody sets. */
  #seenAtMs = new Map<number, number>();

  /**
   * @param rows all that is unread
   * @param nowMs of a clock that nobody sets
   * @returns those that are to be brought now, in their order; the others have to be read again
   */
  due(rows: readonly RawCel[], nowMs: number): RawCel[] {
    const early = [...Map.groupBy(rows, ({ linkedid }) => linkedid).values()].filter(mayWait).flat();
    const seen = early.map(({ id }): [number, number] => [id, this.#seenAtMs.get(id) ?? nowMs]);
    this.#seenAtMs = new Map(seen.filter(([, seenAtMs]) => nowMs - seenAtMs < gatheredForMs));
    return rows.filter(({ id }) => !this.#seenAtMs.has(id));
  }

  /** All that is there is brought: nobody waits any more. */
  clear(): void {
    this.#seenAtMs.clear();
  }

  /** How long the oldest of them has waited; 0: none does. */
  waitingForMs(nowMs: number): number {
    return Math.max(0, ...[...this.#seenAtMs.values()].map((seenAtMs) => nowMs - seenAtMs));
  }
}

const mayWait = (ofCall: readonly RawCel[]): boolean => ofCall.every(({ eventtype }) => endings.has(String(eventtype)));
