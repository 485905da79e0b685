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
  retrySignal,
} from '../workflows/call/contract.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';

/** What an actor of a call is brought. */
interface Delivered extends CelBatch {
  pbxId: string;
  linkedid: string;
  /** By which people find the call in the Temporal UI. */
  summary: string;
}

export type CallActors = ReturnType<typeof createCallActors>;

/** The way to the actors of calls; one that never ran is started. */
export function createCallActors(client: Client, timing: CallTiming) {
  /** @returns false if that actor has closed */
  const bring = async ({ pbxId, linkedid, summary, ...batch }: Delivered, again = 0): Promise<boolean> => {
    const input: CallInput = { pbxId, linkedid, occasion: again > 0 ? 'again' : 'live', timing };
    try {
      await client.workflow.signalWithStart(callWorkflowType, {
        workflowId: callWorkflowId(pbxId, linkedid, again),
        taskQueue: callsTaskQueue,
        args: [input],
        signal: celRowsSignal,
        signalArgs: [batch satisfies CelBatch],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: summary,
        typedSearchAttributes: [
          { key: searchAttributes.pbx, value: pbxId },
          { key: searchAttributes.state, value: 'ringing' },
        ],
      });
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  };

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
