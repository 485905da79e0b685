import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Histories } from '../activities/store/forget-activities.ts';
import type { Forgettings } from '../activities/store/forgettings.ts';
import { callsTaskQueue, callWorkflowId } from '../workflows/call/contract.ts';
import { clickWorkflowId } from '../workflows/click-to-call/contract.ts';
import { type ForgetInput, forgetWorkflowId, forgetWorkflowType } from '../workflows/forget/contract.ts';

export type ForgetActors = ReturnType<typeof createForgetActors>;

const patienceMs = 15_000;

/** The way to the workflows that delete what there is of a person. */
export function createForgetActors(client: Client, forgettings: Forgettings) {
  const start = (accountId: string, id: number) => {
    const input: ForgetInput = { id };
    return client.withDeadline(Date.now() + patienceMs, () =>
      client.workflow.start(forgetWorkflowType, {
        ...{ workflowId: forgetWorkflowId(accountId, id), taskQueue: callsTaskQueue, args: [input] },
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: `What there is of one person is deleted (${id})`,
      }),
    );
  };

  return {
    /** @returns the id of its row. @throws if Temporal does not answer; then nothing is kept of it, and nothing deleted */
    async begin(accountId: string, phone: string, askedBy: string): Promise<number> {
      const id = await forgettings.ask(accountId, phone, askedBy);
      try {
        await start(accountId, id);
        return id;
      } catch (error) {
        await forgettings.drop(id); // if it has begun all the same, it finds nothing to do
        throw error;
      }
    },

    /** One that was asked for goes on, if it has lost its workflow. */
    async resume(accountId: string, id: number): Promise<void> {
      try {
        await start(accountId, id);
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
  };
}

/** More than one look asks for at once makes a query of Temporal too long. */
const mostInQuery = 50;

/**
 * Histories in which a person's data may stand. Closed webhooks and backfills of the account go all: they hold phones of
 * many people, and nothing needs them any more.
 */
export function createHistories(client: Client): Histories {
  const found = async function* (query: string) {
    for await (const { workflowId, runId, status } of client.workflow.list({ query })) {
      yield { workflowId, runId, isRunning: status.name === 'RUNNING' };
    }
  };
  const remove = (workflowId: string, runId: string) =>
    client.workflowService.deleteWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId, runId },
    });

  return {
    async forget({ accountId, pbxIds, calls, clicks }) {
      const running = new Set<string>();
      let histories = 0;
      const take = async (query: string, isMeant: (workflowId: string) => boolean, isNamed: boolean) => {
        for await (const { workflowId, runId, isRunning } of found(query)) {
          if (!isMeant(workflowId)) continue;
          if (!isRunning) {
            await remove(workflowId, runId);
            histories++;
          } else if (isNamed) running.add(workflowId);
        }
      };
      for (let from = 0; from < calls.length; from += mostInQuery) {
        const ids = calls.slice(from, from + mostInQuery).map(([pbxId, linkedid]) => callWorkflowId(pbxId, linkedid));
        const query = ids.map((id) => `WorkflowId STARTS_WITH ${quoted(id)}`).join(' OR ');
        await take(query, (workflowId) => ids.some((id) => workflowId === id || workflowId.startsWith(`${id}:`)), true);
      }
      for (const { userId, requestId } of clicks) {
        const id = clickWorkflowId({ accountId, userId, requestId });
        await take(`WorkflowId = ${quoted(id)}`, () => true, true);
      }
      for (const beginning of [`webhook:${accountId}:`, ...pbxIds.map((pbxId) => `backfill:${pbxId}:`)]) {
        await take(`WorkflowId STARTS_WITH ${quoted(beginning)}`, () => true, false);
      }
      return { histories, running: [...running] };
    },
  };
}

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '')}'`;
