import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ChildWorkflowCancellationType,
  condition,
  isCancellation,
  log,
  ParentClosePolicy,
  sleep,
  startChild,
} from '@temporalio/workflow';
import type { CallFate } from '../../activities/store/backfills.ts';
import type { CelRow } from '../../proto/cel.ts';
import type { CallOutcome } from '../../proto/journal.ts';
import { type CallInput, callsTaskQueue, callWorkflowId, mostTimesAgain } from '../call/contract.ts';
import { reasonOf } from '../call/failure.ts';
import type { call as callWorkflow } from '../call/workflow.ts';
import { holds } from '../promises.ts';
import { searchAttributes } from '../search-attributes.ts';
import { notes } from './activities.ts';
import type { BackfillInput } from './contract.ts';

export interface CallToBring {
  linkedid: string;
  startedAtMs: number;
  /** Its first row; empty if that is not known. */
  rows: CelRow[];
}

/** Of five: after everything that happens now. */
const priorityKey = 5;

/** The calls in hand: a few at a time, each with an actor of its own, which outlives us. */
export class Hands {
  readonly #input: BackfillInput;
  readonly #mayBegin: () => Promise<boolean>;
  readonly #isCancelled: () => boolean;
  /** By linkedid those whose actors are waited for: by which workflows, once they have begun. */
  readonly #held = new Map<string, string | undefined>();
  /** What became of calls, not noted yet. */
  #fates: CallFate[] = [];
  /** Calls that those in hand have turned out to belong to. */
  #tellers = new Set<string>();
  #noting: Promise<void> = Promise.resolve();
  #isLooking = false;

  /** @param mayBegin false once nothing is to be begun any more; as long as it is paused it does not answer */
  constructor(input: BackfillInput, mayBegin: () => Promise<boolean>, isCancelled: () => boolean) {
    this.#input = input;
    this.#mayBegin = mayBegin;
    this.#isCancelled = isCancelled;
  }

  /**
   * Resolves when each is done or waits for a person; once it is cancelled, soon.
   *
   * @returns the calls that they belong to, which were not begun
   */
  async bring(calls: readonly CallToBring[]): Promise<string[]> {
    void this.#lookAround();
    this.#tellers = new Set();
    const left = [...calls];
    while (left.length > 0 && (await this.#mayBegin())) {
      const next = left.shift() as CallToBring;
      this.#held.set(next.linkedid, undefined);
      void this.#bringOne(next);
      await condition(() => this.#held.size < this.#input.pace.mostAtOnce || this.#endsSoon());
    }
    await condition(() => this.#held.size === 0 || this.#endsSoon());
    // while amoCRM is away they would be waited for as long as that lasts
    if (this.#held.size > 0) await condition(() => this.#held.size === 0, this.#input.pace.letGoAfterMs);
    await this.letThemGo();
    await notes.dropCalls(
      this.#input.id,
      left.map(({ linkedid }) => linkedid),
    );
    return [...this.#tellers];
  }

  /** Those in hand go on without us, each in its own actor. */
  async letThemGo(): Promise<void> {
    for (const linkedid of this.#held.keys()) this.#fates.push({ linkedid, fate: 'under-way', detail: '' });
    this.#held.clear();
    await this.#note();
  }

  #endsSoon(): boolean {
    return this.#isCancelled() && holds('cancel-ends-soon');
  }

  async #bringOne(call: CallToBring): Promise<void> {
    const { linkedid } = call;
    try {
      const actor = await this.#start(call);
      if (this.#held.has(linkedid)) this.#held.set(linkedid, actor.workflowId);
      const outcome = await actor.result();
      this.#fates.push({ linkedid, ...fateOf(outcome) });
      if ('joinedInto' in outcome) this.#tellers.add(outcome.joinedInto);
    } catch (error) {
      if (isCancellation(error)) return;
      this.#fates.push({ linkedid, fate: 'not-told', detail: `Its workflow failed: ${reasonOf(error)}` });
    } finally {
      this.#held.delete(linkedid);
    }
  }

  async #start({ linkedid, startedAtMs, rows }: CallToBring) {
    const { pbxId, mode, timing, accountId } = this.#input;
    const input: CallInput = {
      ...{ pbxId, linkedid, occasion: 'again', backfill: { ...mode, rows } },
      timing: { ...timing, cdrWaitMs: 0 }, // it is there, or will never be
    };
    const began =
      startedAtMs === 0 ? '' : ` of ${new Date(startedAtMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    for (let again = 1; ; again++) {
      try {
        return await startChild<typeof callWorkflow>('call', {
          workflowId: callWorkflowId(pbxId, linkedid, again),
          taskQueue: callsTaskQueue,
          args: [input],
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          parentClosePolicy: ParentClosePolicy.ABANDON,
          cancellationType: ChildWorkflowCancellationType.ABANDON,
          priority: { priorityKey, fairnessKey: accountId.slice(0, 64) },
          staticSummary: `Call${began}, brought later`,
          typedSearchAttributes: [
            { key: searchAttributes.pbx, value: pbxId },
            { key: searchAttributes.state, value: 'ended' },
          ],
        });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError) || again === mostTimesAgain) throw error;
      }
    }
  }

  /** What waits for a person must not hold up the rest: it goes on by itself. */
  async #lookAround(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      for (;;) {
        await condition(() => this.#held.size > 0);
        await sleep(this.#input.pace.lookEveryMs);
        await this.#note();
        if (this.#held.size === 0) continue;
        const actors = [...this.#held].flatMap(([linkedid, workflowId]) =>
          workflowId ? { linkedid, workflowId } : [],
        );
        const waiting = await notes.waitingForPerson(this.#input.pbxId, actors);
        for (const linkedid of waiting) {
          if (this.#held.delete(linkedid)) this.#fates.push({ linkedid, fate: 'told', detail: '' });
        }
      }
    } catch (error) {
      if (!isCancellation(error))
        log.warn('What became of the calls is not looked at any more', { reason: reasonOf(error) });
    }
  }

  /** Resolves when all is noted, also what was under way. */
  #note(): Promise<void> {
    const fates = this.#fates;
    this.#fates = [];
    if (fates.length > 0) this.#noting = this.#noting.then(() => notes.noteFates(this.#input.id, fates));
    return this.#noting;
  }
}

function fateOf(outcome: CallOutcome): Pick<CallFate, 'fate' | 'detail'> {
  if ('joinedInto' in outcome) return { fate: 'joined', detail: outcome.joinedInto };
  if ('goesOn' in outcome) return { fate: 'under-way', detail: '' };
  return 'notTold' in outcome ? { fate: 'not-told', detail: outcome.notTold } : { fate: 'told', detail: '' };
}
