import type { RawCel } from '../../activities/asterisk/cel-table.ts';

/** What these tell nobody waits for: no phone begins to ring by them, nobody answers. */
const endings = new Set(['HANGUP', 'CHAN_END', 'BRIDGE_EXIT', 'APP_END']);
/** By then even a slow PBX has written how a call ended. */
const endsWithinMs = 250;
/** By then a PBX with a short dialplan has begun to ring a phone: 4 to 13 ms in the recordings. */
const ringsWithinMs = 30;

/**
 * A call begins and ends with many rows within a moment. They are brought together: each bringing by itself would cost its
 * actor a turn, and the row by which a phone rings would wait for the turn of the one before it. So what ends a call is left
 * in the table until its last row is there, or one that matters at once; and a first channel, whatever it does, until there
 * is another, which comes within a moment where the dialplan is short.
 */
export class Patience {
  /** By id, when rows that wait were first seen, ms of a clock that nobody sets. */
  #seenAtMs = new Map<number, number>();
  /** When the first of them is due, by that clock. */
  #dueAtMs = Infinity;

  /**
   * @param rows all that is unread
   * @param nowMs of a clock that nobody sets
   * @returns those that are to be brought now, in their order; the others have to be read again
   */
  due(rows: readonly RawCel[], nowMs: number): RawCel[] {
    const calls = [...Map.groupBy(rows, ({ linkedid }) => linkedid).values()];
    this.#dueAtMs = Infinity;
    const waiting = calls.flatMap((ofCall) => {
      const seen = ofCall.map(({ id }): [number, number] => [id, this.#seenAtMs.get(id) ?? nowMs]);
      const dueAtMs = Math.min(...seen.map(([, seenAtMs]) => seenAtMs)) + waitMsOf(ofCall);
      if (dueAtMs <= nowMs) return [];
      this.#dueAtMs = Math.min(this.#dueAtMs, dueAtMs);
      return seen;
    });
    this.#seenAtMs = new Map(waiting);
    return rows.filter(({ id }) => !this.#seenAtMs.has(id));
  }

  /** All that is there is brought: nobody waits any more. */
  clear(): void {
    this.#seenAtMs.clear();
    this.#dueAtMs = Infinity;
  }

  /** How long until one that waits is due; Infinity: none does. */
  leftMs(nowMs: number): number {
    return Math.max(0, this.#dueAtMs - nowMs);
  }

  /** How long the oldest of them has waited; 0: none does. */
  waitingForMs(nowMs: number): number {
    return Math.max(0, ...[...this.#seenAtMs.values()].map((seenAtMs) => nowMs - seenAtMs));
  }
}

function waitMsOf(ofCall: readonly RawCel[]): number {
  if (ofCall.every(({ eventtype }) => endings.has(String(eventtype)))) return endsWithinMs;
  return hasJustBegun(ofCall) ? ringsWithinMs : 0;
}

/** The call's first channel, and nothing of any other. */
const hasJustBegun = (ofCall: readonly RawCel[]): boolean =>
  ofCall.some(({ eventtype }) => eventtype === 'CHAN_START') &&
  ofCall.every(({ eventtype, uniqueid, linkedid }) => uniqueid === linkedid && eventtype !== 'LINKEDID_END');
