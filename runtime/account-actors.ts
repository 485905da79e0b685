import { randomUUID } from 'node:crypto';
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { SettingsChange, SettingsChanges } from '../activities/store/settings-changes.ts';
import type { ShownRows, ShownRowsRequest } from '../proto/cel.ts';
import type { PbxFinding } from '../proto/pbx-check.ts';
import type { ChangeOutcome } from '../proto/settings-change.ts';
import {
  type AccountInput,
  accountWorkflowId,
  accountWorkflowType,
  type ChangeOrder,
  changeSettingsUpdate,
  checkPbxUpdate,
  type ReadOutcome,
  readCatalogueUpdate,
  showRowsUpdate,
} from '../workflows/account/contract.ts';
import { callsTaskQueue } from '../workflows/call/contract.ts';

export type AccountActors = ReturnType<typeof createAccountActors>;

/** Nobody waits longer at a screen. */
const patienceMs = 20_000;

/** The way to the actors that keep the accounts' settings; one that does not run is started. */
export function createAccountActors(client: Client, changes: SettingsChanges) {
  /** @throws if no worker answers in time */
  const ask = <Answer, Order extends unknown[]>(
    accountId: string,
    update: string,
    updateId: string,
    args: Order,
  ): Promise<Answer> => {
    const startWorkflowOperation = new WithStartWorkflowOperation(accountWorkflowType, {
      workflowId: accountWorkflowId(accountId),
      taskQueue: callsTaskQueue,
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: `Settings of the amoCRM account ${accountId}`,
      args: [{ accountId } satisfies AccountInput],
    });
    return client.withDeadline(Date.now() + patienceMs, () =>
      client.workflow.executeUpdateWithStart(update, { startWorkflowOperation, updateId, args }),
    ) as Promise<Answer>;
  };
  return {
    /** @throws if no worker answers in time; what becomes of the change is seen in the versions then */
    async change(change: SettingsChange): Promise<ChangeOutcome> {
      const { accountId, author, sections } = change;
      const changeId = await changes.propose(change);
      const order: ChangeOrder = { changeId, author, sections: Object.keys(sections) };
      return ask(accountId, changeSettingsUpdate, changeId, [order]);
    },

    /** Asks amoCRM who works there and which pipelines there are. @throws if no worker answers in time */
    readCatalogue: (accountId: string): Promise<ReadOutcome> => ask(accountId, readCatalogueUpdate, randomUUID(), []),

    /**
     * Lets the set-up of one of its PBXs be checked.
     *
     * @param extensionPattern by it a channel is an employee's phone. @throws if no worker answers in time
     */
    checkPbx: (accountId: string, pbxId: string, extensionPattern: string): Promise<PbxFinding[]> =>
      ask(accountId, checkPbxUpdate, randomUUID(), [{ pbxId, extensionPattern }]),

    /** Lets rows of one of its PBXs be read. @throws if no worker answers in time */
    showRows: (accountId: string, request: ShownRowsRequest): Promise<ShownRows> =>
      ask(accountId, showRowsUpdate, randomUUID(), [request]),
  };
}
