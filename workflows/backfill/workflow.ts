import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  ContinueAsNew,
  condition,
  continueAsNew,
  defineUpdate,
  isCancellation,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { BackfillCommand, BackfillState } from '../../proto/backfill.ts';
import { callWorkflowId } from '../call/contract.ts';
import { reasonOf } from '../call/failure.ts';
import { beginPromises, holds } from '../promises.ts';
import { notes, reads, takes } from './activities.ts';
import { type BackfillInput, type CarriedBackfill, commandUpdate, usualPace } from './contract.ts';
import { type CallToBring, Hands } from './hands.ts';
import { Pages } from './pages.ts';

const command = defineUpdate<BackfillState, [BackfillCommand]>(commandUpdate);

/** A call goes on to the next best record at most so often. */
const mostTurns = 5;

const knownByName = (linkedid: string): CallToBring => ({ linkedid, startedAtMs: 0, rows: [] });

/**
 * Brings calls of the past into amoCRM: each by the same actor as a call of today, a few at a time. Whatever was brought
 * before meets its own mark, so that a backfill may be repeated, and may overlap with another.
 */
export async function backfill(input: BackfillInput): Promise<BackfillState> {
  beginPromises();
  // one that began before an upgrade brings no more than was known then
  const work = new BackfillWork({ ...input, pace: { ...usualPace, ...input.pace } });
  setHandler(command, (word) => work.hear(word));
  return work.run();
}

class BackfillWork {
  readonly #input: BackfillInput;
  readonly #pages: Pages;
  readonly #hands: Hands;
  #state: BackfillState;
  /** Why it stands still though nobody has paused it. */
  #trouble = '';

  constructor(input: BackfillInput) {
    this.#input = input;
    this.#state = input.carried?.isPaused ? 'paused' : 'running';
    this.#pages = new Pages(input, reads, (trouble) => this.#rest(trouble));
    this.#hands = new Hands(
      input,
      () => this.#mayBegin(),
      () => this.#isCancelled(),
    );
  }

  async hear(word: BackfillCommand): Promise<BackfillState> {
    if (this.#state === 'running' || this.#state === 'paused') {
      this.#state = ({ pause: 'paused', resume: 'running', cancel: 'cancelled' } as const)[word];
      // a cancelled one is over for people when the calls in hand are done
      if (this.#state !== 'cancelled') await this.#note(this.#state);
    }
    return this.#state;
  }

  async run(): Promise<BackfillState> {
    try {
      const isWhole = await this.#bringAll();
      if (!isWhole) await condition(allHandlersFinished);
      if (!isWhole && !this.#isCancelled()) return await this.#goOnAnew();
      if (!this.#isCancelled()) this.#state = 'done';
    } catch (error) {
      if (error instanceof ContinueAsNew) throw error;
      this.#state = isCancellation(error) ? 'cancelled' : 'failed';
      if (this.#state === 'failed') this.#trouble = reasonOf(error);
    }
    if (this.#isCancelled()) this.#trouble = ''; // nothing is waited for any more
    await CancellationScope.nonCancellable(async () => {
      await this.#hands.letThemGo();
      await this.#note(this.#state);
      await condition(allHandlersFinished);
    });
    if (this.#state === 'failed') throw ApplicationFailure.nonRetryable(this.#trouble);
    return this.#state;
  }

  /** @returns false if this run's history has grown too long before all is done */
  async #bringAll(): Promise<boolean> {
    for (let pages = 0; pages < this.#input.pace.pagesPerRun; pages++) {
      if (!(await this.#mayBegin())) return true;
      const page = await this.#pages.next();
      if (this.#isCancelled()) return true;
      await this.#bring(page.rows.map((row) => ({ linkedid: row.linkedid, startedAtMs: row.eventAtMs, rows: [row] })));
      await this.#bringDisplaced();
      await notes.noteProgress(this.#input.id, this.#pages.share);
      if (page.isLast || this.#isCancelled()) return true;
      if (workflowInfo().continueAsNewSuggested) return false;
    }
    return false;
  }

  /** Also the calls that these turn out to belong to. */
  async #bring(found: readonly CallToBring[], isAgain = false): Promise<void> {
    let calls = found;
    while (calls.length > 0) {
      const { id, pbxId } = this.#input;
      const places = calls.map(({ linkedid, startedAtMs }) => ({
        ...{ linkedid, startedAtMs },
        workflowId: callWorkflowId(pbxId, linkedid),
      }));
      const { inHand, tellers } = await takes.takeInHand({
        ...{ id, pbxId, calls: places },
        bringsObserved: this.#input.mode.leaveOthers,
        ...(isAgain && { isAgain }),
      });
      const joined = await this.#hands.bring(calls.filter(({ linkedid }) => inHand.includes(linkedid)));
      calls = [...new Set([...tellers, ...joined])].map(knownByName);
    }
  }

  /** Calls that were left to another product's record, which then turned out to be that of a call which it fits better. */
  async #bringDisplaced(): Promise<void> {
    if (!this.#input.mode.leaveOthers || !holds('one-record-one-call')) return;
    const turns = new Map<string, number>();
    while (await this.#mayBegin()) {
      const displaced = await notes.displacedCalls(this.#input.id, this.#input.pbxId);
      const due = displaced.filter((linkedid) => (turns.get(linkedid) ?? 0) < mostTurns);
      if (due.length === 0) return;
      for (const linkedid of due) turns.set(linkedid, (turns.get(linkedid) ?? 0) + 1);
      await this.#bring(due.map(knownByName), true);
    }
  }

  /** @returns false if it is over; waits as long as it is paused */
  async #mayBegin(): Promise<boolean> {
    await condition(() => this.#state !== 'paused');
    return !this.#isCancelled();
  }

  #isCancelled(): boolean {
    return this.#state === 'cancelled';
  }

  #goOnAnew(): Promise<never> {
    const carried: CarriedBackfill = { isPaused: this.#state === 'paused', ...this.#pages.carried };
    return continueAsNew<typeof backfill>({ ...this.#input, carried });
  }

  /** @param trouble why nothing can be read just now; empty: it can again. @throws CancelledFailure if it is over */
  async #rest(trouble: string): Promise<void> {
    this.#trouble = trouble;
    await this.#note(this.#state);
    if (trouble !== '') await condition(() => this.#isCancelled(), this.#input.pace.retryMs);
    if (this.#isCancelled()) throw new CancelledFailure('Cancelled by a person');
  }

  async #note(state: BackfillState): Promise<void> {
    const read = `${Math.floor(this.#pages.share * 100)} % of the period is read.`;
    setCurrentDetails([`**${state}**`, read, this.#trouble].filter((part) => part !== '').join('\n\n'));
    await notes.enterBackfill(this.#input.id, state, this.#trouble);
  }
}
