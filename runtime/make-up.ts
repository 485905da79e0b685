import type { Client } from '@temporalio/client';
import { callsTaskQueue } from '../workflows/call/contract.ts';
import {
  defaultMakeUpPauseMs,
  type MakeUpInput,
  makeUpWorkflowId,
  makeUpWorkflowType,
} from '../workflows/make-up/contract.ts';
import { isRunning } from './standing.ts';

export type MakeUp = ReturnType<typeof createMakeUp>;

/** The way to what has calls registered later that were held back for want of a licence. */
export function createMakeUp(client: Client, pauseMs = defaultMakeUpPauseMs) {
  return {
    /** Of all that began until now; while it is under way it is not begun again. */
    async start(accountId: string): Promise<void> {
      await client.workflow.start(makeUpWorkflowType, {
        workflowId: makeUpWorkflowId(accountId),
        taskQueue: callsTaskQueue,
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `Calls of ${accountId} that were not licensed, registered later`,
        args: [{ accountId, beforeMs: Date.now(), pauseMs } satisfies MakeUpInput],
      });
    },

    isUnderWay: (accountId: string): Promise<boolean> => isRunning(client, makeUpWorkflowId(accountId)),
  };
}
