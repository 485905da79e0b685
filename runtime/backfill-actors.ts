import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Backfill, Backfills } from '../activities/store/backfills.ts';
import { type BackfillCommand, type BackfillOrder, type BackfillState, isOpen } from '../proto/backfill.ts';
import {
  type BackfillInput,
  type BackfillPace,
  backfillWorkflowId,
  backfillWorkflowType,
  commandUpdate,
  usualPace,
} from '../workflows/backfill/contract.ts';
import { callsTaskQueue, defaultTiming } from '../workflows/call/contract.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import { isNoAnswer } from './no-answer.ts';
import { isRunning } from './standing.ts';

/** Nobody waits longer at a screen. */
const patienceMs = 15_000;
const glimpseMs = 2_000;
/** One that was just opened may not be known to Temporal yet. */
const justOpenedMs = 30_000;

export type BackfillActors = ReturnType<typeof createBackfillActors>;

/** The way to backfills: one of a PBX at a time. */
export function createBackfillActors(client: Client, backfills: Backfills, pace: BackfillPace = usualPace) {
  /** One whose workflow is gone is noted as lost. @returns as it stands now */
  const faced = async (backfill: Backfill): Promise<Backfill> => {
    if (!isOpen(backfill.state) || Date.now() - backfill.askedAtMs < justOpenedMs) return backfill;
    if (await isRunning(client, backfill.workflowId)) return backfill;
    const reason = 'Its workflow is gone: it was ended in the Temporal UI, or never began.';
    await backfills.enter(backfill.id, 'lost', reason);
    return (await backfills.find(backfill.id)) ?? backfill;
  };

  /** Resolves when none of this id works any more, or nobody has heard of one. */
  const end = (workflowId: string): Promise<unknown> =>
    client
      .withDeadline(Date.now() + patienceMs, () => client.workflow.getHandle(workflowId).result())
      .catch(() => undefined);

  /** Temporal is there, and so is the workflow. */
  const waits = (workflowId: string): Promise<boolean> =>
    client.withDeadline(Date.now() + glimpseMs, () => isRunning(client, workflowId)).catch(() => false);

  return {
    faced,

    /** The same for whoever only looks: while Temporal is away, as it was noted last. */
    async glimpsed(backfill: Backfill): Promise<Backfill> {
      try {
        return await client.withDeadline(Date.now() + glimpseMs, () => faced(backfill));
      } catch (error) {
        if (!isNoAnswer(error)) throw error;
        return backfill;
      }
    },

    /** @returns its id; undefined if another one of this PBX is open */
    async begin(order: BackfillOrder, accountId: string, askedBy: string): Promise<number | undefined> {
      const open = await backfills.openOf(order.pbxId);
      if (open && isOpen((await faced(open)).state)) return undefined;
      const workflowId = backfillWorkflowId(order.pbxId, order.choice);
      await end(workflowId); // of the same calls, which has just said that it is done
      const id = await backfills.open(order, { accountId, workflowId, askedBy });
      if (id === undefined) return undefined;
      const input: BackfillInput = { id, accountId, ...order, pace, timing: defaultTiming };
      try {
        await client.withDeadline(Date.now() + patienceMs, () =>
          client.workflow.start(backfillWorkflowType, {
            ...{ workflowId, taskQueue: callsTaskQueue, args: [input] },
            staticSummary: `Calls of the past of the PBX ${order.pbxId}, asked for by ${askedBy}`,
            typedSearchAttributes: [{ key: searchAttributes.pbx, value: order.pbxId }],
          }),
        );
        return id;
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) {
          await backfills.enter(id, 'failed', 'Another one of the same calls is just ending: ask once more.');
          return undefined;
        }
        // whether it began is unknown; if so it writes its own state
        throw error;
      }
    },

    /**
     * @returns the state that it leads to; `asked`: no worker runs, and Temporal hands it to the next one that does
     * @throws if Temporal does not answer in time
     */
    async command({ id, workflowId }: Backfill, command: BackfillCommand): Promise<BackfillState | 'asked'> {
      try {
        return await client.withDeadline(Date.now() + patienceMs, () =>
          client.workflow.getHandle(workflowId).executeUpdate<BackfillState, [BackfillCommand]>(commandUpdate, {
            args: [command],
          }),
        );
      } catch (error) {
        if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError && (await waits(workflowId))) return 'asked';
        if (!(error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError)) throw error;
        const ended = await backfills.find(id); // just now
        return ended ? (await faced(ended)).state : 'lost';
      }
    },
  };
}
