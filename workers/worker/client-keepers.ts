import { type Client, WorkflowIdConflictPolicy } from '@temporalio/client';
import { callsTaskQueue } from '../../workflows/call/contract.ts';
import {
  type ClientsInput,
  clientsWorkflowId,
  clientsWorkflowType,
  defaultLongestPauseMs,
} from '../../workflows/clients/contract.ts';

export type ClientKeepers = ReturnType<typeof createClientKeepers>;

/** The way to the actors that keep what is known of the accounts' clients. */
export function createClientKeepers(client: Pick<Client, 'workflow'>) {
  return {
    /** Starts the account's, unless it runs. */
    async look(accountId: string): Promise<void> {
      const input: ClientsInput = { accountId, longestPauseMs: defaultLongestPauseMs };
      await client.workflow.start(clientsWorkflowType, {
        workflowId: clientsWorkflowId(accountId),
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        taskQueue: callsTaskQueue,
        staticSummary: `Clients of the amoCRM account ${accountId}`,
        args: [input],
      });
    },
  };
}
