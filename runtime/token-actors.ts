import type { Client } from '@temporalio/client';
import {
  type AmocrmTokenInput,
  amocrmTokenWorkflowId,
  amocrmTokenWorkflowType,
  codeSignal,
  defaultTokenTiming,
  disconnectedSignal,
  type PermissionGiven,
  refreshSignal,
  type TokenRefused,
} from '../workflows/amocrm-token/contract.ts';
import { callsTaskQueue } from '../workflows/call/contract.ts';

export type TokenActors = ReturnType<typeof createTokenActors>;

/** The way to the actors that keep the accounts' tokens; one that does not run is started. */
export function createTokenActors(client: Pick<Client, 'workflow'>) {
  const startOf = (accountId: string) => ({
    workflowId: amocrmTokenWorkflowId(accountId),
    taskQueue: callsTaskQueue,
    staticSummary: `Tokens of the amoCRM account ${accountId}`,
    args: [{ accountId, timing: defaultTokenTiming } satisfies AmocrmTokenInput] as [AmocrmTokenInput],
  });
  const signal = async (accountId: string, name: string, ...signalArgs: unknown[]): Promise<void> => {
    await client.workflow.signalWithStart(amocrmTokenWorkflowType, { ...startOf(accountId), signal: name, signalArgs });
  };
  return {
    /** Lets it look anew how the account stands. */
    look: (accountId: string) => signal(accountId, refreshSignal, { version: 0 } satisfies TokenRefused),
    /** Starts it unless it runs; one that runs takes no notice. */
    async keep(accountId: string): Promise<void> {
      const start = { ...startOf(accountId), workflowIdConflictPolicy: 'USE_EXISTING' as const };
      await client.workflow.start(amocrmTokenWorkflowType, start);
    },
    refresh: (accountId: string, version: number) =>
      signal(accountId, refreshSignal, { version } satisfies TokenRefused),
    give: (accountId: string, permission: PermissionGiven) => signal(accountId, codeSignal, permission),
    disconnected: (accountId: string) => signal(accountId, disconnectedSignal),
  };
}
