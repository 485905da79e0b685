import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import {
  type CallInput,
  type CallTiming,
  type CelBatch,
  callsTaskQueue,
  callWorkflowId,
  callWorkflowType,
  celRowsSignal,
  mostTimesAgain,
  placeOfCall,
  retrySignal,
} from '../workflows/call/contract.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import { standingOf } from './standing.ts';

/** What an actor of a call is brought. */
interface Delivered extends CelBatch {
  pbxId: string;
  linkedid: string;
  /** By which people find the call in the Temporal UI. */
  summary: string;
}

/** An actor that ended without an outcome. */
export interface EndedActor {
  pbxId: string;
  linkedid: string;
  /** How often the call had been taken up before. */
  again: number;
  /** Nobody wanted it: no worker could go on with it, or it found no way itself. */
  hasFailed: boolean;
}

/** Of workflows that have not returned by themselves. */
const endedStatuses = ['Failed', 'Terminated', 'TimedOut', 'Canceled'].map((status) => `'${status}'`).join();

export type CallActors = ReturnType<typeof createCallActors>;

/** The way to the actors of calls; one that never ran is started. */
export function createCallActors(client: Client, timing: CallTiming) {
  const actorOf = ({ pbxId, linkedid, summary }: Omit<Delivered, keyof CelBatch>, again: number) => {
    const input: CallInput = { pbxId, linkedid, occasion: again > 0 ? 'again' : 'live', timing };
    return {
      workflowId: callWorkflowId(pbxId, linkedid, again),
      taskQueue: callsTaskQueue,
      args: [input],
      workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
      staticSummary: summary,
      typedSearchAttributes: [
        { key: searchAttributes.pbx, value: pbxId },
        { key: searchAttributes.state, value: 'ringing' },
      ],
    };
  };

  /** @returns false if that actor has closed */
  const bring = ({ pbxId, linkedid, summary, ...batch }: Delivered, again = 0): Promise<boolean> =>
    unlessClosed(() =>
      client.workflow.signalWithStart(callWorkflowType, {
        ...actorOf({ pbxId, linkedid, summary }, again),
        signal: celRowsSignal,
        signalArgs: [batch satisfies CelBatch],
      }),
    );

  return {
    bring,

    /**
     * A new actor looks at the whole call of one that has closed; the ledger keeps it from being registered twice.
     *
     * @returns its workflow's id; undefined if the call was taken up too often
     */
    async takeUpAgain(delivered: Delivered): Promise<string | undefined> {
      for (let again = 1; again <= mostTimesAgain; again++) {
        if (await bring(delivered, again)) return callWorkflowId(delivered.pbxId, delivered.linkedid, again);
      }
      return undefined;
    },

    /** @returns the id of the workflow that works at this call now; undefined if none does */
    async running(pbxId: string, linkedid: string): Promise<string | undefined> {
      for (let again = 0; again <= mostTimesAgain; again++) {
        const workflowId = callWorkflowId(pbxId, linkedid, again);
        const standing = await standingOf(client, workflowId);
        if (standing === 'running') return workflowId;
        // the first one may be forgotten already
        if (standing === 'unknown' && again > 0) return undefined;
      }
      return undefined;
    },

    /** Those that were ended since then, ms UTC: by hand, or because no worker could go on with them. */
    async *endedEarly(sinceMs: number): AsyncGenerator<EndedActor> {
      const since = new Date(sinceMs).toISOString();
      const query = `WorkflowType = '${callWorkflowType}' AND ExecutionStatus IN (${endedStatuses}) AND CloseTime > '${since}'`;
      for await (const { workflowId, parentExecution, status } of client.workflow.list({ query })) {
        const place = parentExecution ? undefined : placeOfCall(workflowId); // a backfill tells of its own
        if (place) yield { ...place, hasFailed: status.name === 'FAILED' };
      }
    },

    /** Starts the next actor of the call. @returns false if there is or was one */
    succeed: ({ again, ...call }: Omit<EndedActor, 'hasFailed'>, summary: string): Promise<boolean> =>
      unlessClosed(() => client.workflow.start(callWorkflowType, actorOf({ ...call, summary }, again + 1))),

    /** What waits for a person in an actor that runs is tried at once. @returns false if none of this id runs */
    async retry(workflowId: string): Promise<boolean> {
      try {
        await client.workflow.getHandle(workflowId).signal(retrySignal);
        return true;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
  };
}

/** @returns false if the workflow was there, and is closed or is not to be signalled */
async function unlessClosed(start: () => Promise<unknown>): Promise<boolean> {
  try {
    await start();
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
