import { condition, isCancellation, log } from '@temporalio/workflow';
import type { Call } from '../../proto/call.ts';
import type { Registration } from '../../proto/journal.ts';
import { reasonOf } from './failure.ts';

const mostSettledAtOnce = 8;

interface Means {
  /** By linkedid, what became of calls in amoCRM. */
  registrations: ReadonlyMap<string, Registration>;
  /** True for another linkedid whose rows have been read here. */
  hasTakenIn(linkedid: string): boolean;
  /** @returns all calls as they stand by all rows that the tables hold now */
  readCalls(): Promise<() => Call[]>;
  settle(call: Call): Promise<void>;
  /** The call is done: it may be left out of the facts. */
  forget(call: Call): void;
}

/**
 * Of several calls under one linkedid each is registered when it is over: the last may go on all day. A few at a time,
 * however many a backlog brings.
 */
export class Ahead {
  readonly #means: Means;
  /** By linkedid, those that are settled, or are being so. */
  readonly #settled: Map<string, Promise<void>>;
  #isAtWork = false;

  constructor(means: Means) {
    this.#means = means;
    this.#settled = new Map([...means.registrations.keys()].map((linkedid) => [linkedid, Promise.resolve()]));
  }

  /** True while calls are being settled; those that wait for a person do not count. */
  get isAtWork(): boolean {
    return this.#isAtWork;
  }

  /** True for a call that the close need not settle. */
  has(linkedid: string): boolean {
    return this.#settled.has(linkedid);
  }

  /** Settles what is over of these, if anything is. */
  begin(calls: readonly Call[]): void {
    if (calls.some((call) => this.#isDue(call))) void this.#work();
  }

  /** Until this call is settled. @returns false if the close has to do it */
  async waitFor(linkedid: string): Promise<boolean> {
    await this.#settled.get(linkedid);
    return this.has(linkedid);
  }

  #isDue(call: Call): boolean {
    const isClients = call.direction !== 'internal' && this.#means.hasTakenIn(call.linkedid);
    return isClients && isOverForAll(call) && !this.has(call.linkedid);
  }

  async #work(): Promise<void> {
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    try {
      const conclude = await this.#means.readCalls();
      for (;;) {
        const due = conclude()
          .filter((call) => this.#isDue(call))
          .slice(0, mostSettledAtOnce);
        if (due.length === 0) return;
        await Promise.all(due.map((call) => this.#settle(call)));
      }
    } catch (error) {
      if (!isCancellation(error)) log.warn('Calls were not registered ahead', { reason: reasonOf(error) });
    } finally {
      this.#isAtWork = false;
    }
  }

  /** Resolves also when amoCRM refuses the call and a person is waited for. */
  async #settle(call: Call): Promise<void> {
    const { linkedid } = call;
    const settling = this.#means.settle(call).then(
      () => this.#means.forget(call),
      () => void this.#settled.delete(linkedid), // the close does it
    );
    this.#settled.set(linkedid, settling);
    const isWaiting = () => this.#means.registrations.get(linkedid)?.state === 'needs-attention';
    await Promise.race([settling, condition(isWaiting)]);
  }
}

/** The call has ended, and nobody's part in it goes on. */
function isOverForAll(call: Call): boolean {
  return call.endedAtMs !== null && call.conversations.every((part) => part.endedAtMs !== null);
}
