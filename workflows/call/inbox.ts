import type { CallTiming, CelBatch } from './contract.ts';
import { addRows, type CallFacts, isAnybodyThere } from './interpret/index.ts';
import { Silence } from './silence.ts';

export type Freshness = Pick<CelBatch, 'fresh' | 'readAtMs'>;

/** Rows as they are brought, until somebody reads them into the facts. */
export class Inbox {
  readonly #facts: CallFacts;
  readonly #timing: CallTiming;
  readonly #silence = new Silence();
  /** Filled by the signal's handler. */
  readonly batches: CelBatch[];
  /** Of all rows that were read. */
  readonly linkedids = new Set<string>();

  constructor(batches: CelBatch[], facts: CallFacts, timing: CallTiming) {
    this.batches = batches;
    this.#facts = facts;
    this.#timing = timing;
  }

  get hasRows(): boolean {
    return this.batches.length > 0;
  }

  /**
   * @param patienceMs how long a call can be silent while its channels are up
   * @returns false if there was no news for longer
   */
  isFilled(isNews: () => boolean, patienceMs: number): Promise<boolean> {
    const allowedMs = isAnybodyThere(this.#facts) ? patienceMs : this.#timing.endMissingMs;
    return this.#silence.isBrokenBy(isNews, allowedMs);
  }

  /** Reads all rows. @returns whether the latest were fresh when they were read from the table, and when that was */
  drain(): Freshness {
    let latest: Freshness = { fresh: false };
    for (const { fresh, readAtMs } of this.takeEach()) latest = { fresh, ...(readAtMs !== undefined && { readAtMs }) };
    return latest;
  }

  /** Reads batch by batch, also those that come meanwhile. */
  *takeEach(): Generator<CelBatch> {
    for (let batch = this.batches.shift(); batch; batch = this.batches.shift()) {
      addRows(this.#facts, batch.rows);
      for (const { linkedid } of batch.rows) this.linkedids.add(linkedid);
      yield batch;
    }
  }
}
