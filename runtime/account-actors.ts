import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { SettingsChange, SettingsChanges } from '../activities/store/settings-changes.ts';
import type { ChangeOutcome } from '../proto/settings-change.ts';
import {
  type AccountInput,
  accountWorkflowId,
  accountWorkflowType,
  type ChangeOrder,
  changeSettingsUpdate,
} from '../workflows/account/contract.ts';
import { callsTaskQueue } from '../workflows/call/contract.ts';

export type AccountActors = ReturnType<typeof createAccountActors>;

/** Nobody waits longer at a screen. */
const patienceMs = 20_000;

/** The way to the actors that keep the accounts' settings; one that does not run is started. */
export function createAccountActors(client: Client, changes: SettingsChanges) {
  return {
    /** @throws if no worker answers in time; what becomes of the change is seen in the versions then */
    async change(change: SettingsChange): Promise<ChangeOutcome> {
      const { accountId, author, sections } = change;
      const changeId = await changes.propose(change);
      const startWorkflowOperation = new WithStartWorkflowOperation(accountWorkflowType, {
        workflowId: accountWorkflowId(accountId),
        taskQueue: callsTaskQueue,
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `Settings of the amoCRM account ${accountId}`,
        args: [{ accountId } satisfies AccountInput],
      });
      const order: ChangeOrder = { changeId, author, sections: Object.keys(sections) };
      return client.withDeadline(Date.now() + patienceMs, () =>
        client.workflow.executeUpdateWithStart(changeSettingsUpdate, {
          startWorkflowOperation,
          updateId: changeId,
          args: [order],
        }),
      ) as Promise<ChangeOutcome>;
    },
  };
}
