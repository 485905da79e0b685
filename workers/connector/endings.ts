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
  /** By id, when rows that wait were first seen, ms UTC. */
  readonly #seenAtMs = new Map<number, number>();

  /**
   * @param rows all that is unread
   * @param nowMs UTC
   * @returns those that are to be brought now, in their order; the others have to be read again
   */
  due(rows: readonly RawCel[], nowMs: number): RawCel[] {
    const waiting = new Set([...Map.groupBy(rows, ({ linkedid }) => linkedid).values()].filter(mayWait).flat());
    const due = rows.filter((row) => !waiting.has(row) || nowMs - this.#seen(row, nowMs) >= gatheredForMs);
    for (const { id } of due) this.#seenAtMs.delete(id);
    return due;
  }

  /** Since when the oldest of them waits, ms UTC; undefined: none does. */
  get waitingSinceMs(): number | undefined {
    const [oldest] = this.#seenAtMs.values();
    return oldest;
  }

  #seen({ id }: RawCel, nowMs: number): number {
    const seenAtMs = this.#seenAtMs.get(id) ?? nowMs;
    this.#seenAtMs.set(id, seenAtMs);
    return seenAtMs;
  }
}

const mayWait = (ofCall: readonly RawCel[]): boolean => ofCall.every(({ eventtype }) => endings.has(String(eventtype)));
