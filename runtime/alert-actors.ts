import { randomUUID } from 'node:crypto';
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { AlertFailure } from '../proto/alerts/failure.ts';
import {
  type AlertsInput,
  alertsWorkflowId,
  alertsWorkflowType,
  defaultLookEveryMs,
  type TestOrder,
  testDestinationUpdate,
} from '../workflows/alerts/contract.ts';
import { callsTaskQueue } from '../workflows/call/contract.ts';

export type AlertActors = ReturnType<typeof createAlertActors>;

/** Nobody waits longer at a screen. */
const patienceMs = 40_000;

/** The way to the actors that tell what is not right; one that does not run is started. */
export function createAlertActors(client: Client) {
  const startOf = (accountId: string) => ({
    workflowId: alertsWorkflowId(accountId),
    taskQueue: callsTaskQueue,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    staticSummary: `Alerts of the amoCRM account ${accountId}`,
    args: [{ accountId, lookEveryMs: defaultLookEveryMs } satisfies AlertsInput] as [AlertsInput],
  });
  return {
    /** Starts the account's, unless it runs. */
    async look(accountId: string): Promise<void> {
      await client.workflow.start(alertsWorkflowType, startOf(accountId));
    },

    /** Sends a test there. @returns why it did not get there; null: it did. @throws if no worker answers in time */
    test(accountId: string, order: TestOrder): Promise<AlertFailure | null> {
      const startWorkflowOperation = new WithStartWorkflowOperation(alertsWorkflowType, startOf(accountId));
      return client.withDeadline(Date.now() + patienceMs, () =>
        client.workflow.executeUpdateWithStart(testDestinationUpdate, {
          ...{ startWorkflowOperation, updateId: randomUUID(), args: [order] },
        }),
      ) as Promise<AlertFailure | null>;
    },
  };
}
