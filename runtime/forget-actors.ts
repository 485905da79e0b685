import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Histories } from '../activities/store/forget-activities.ts';
import type { CallPlace, Forgettings } from '../activities/store/forgettings.ts';
import { SecretKeyError } from '../activities/store/key-ring.ts';
import { callsTaskQueue, callWorkflowId, placeOfCall } from '../workflows/call/contract.ts';
import { clickWorkflowId } from '../workflows/click-to-call/contract.ts';
import { type ForgetInput, forgetWorkflowId, forgetWorkflowType } from '../workflows/forget/contract.ts';
import { historyHolds } from './history-holds.ts';

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

/** So many calls the journal is asked about at a time. */
const mostInPage = 500;

/** A workflow as Temporal lists it. */
interface Found {
  workflowId: string;
  runId: string;
  isRunning: boolean;
}

/**
 * Histories in which a person's data may stand. Closed webhooks and backfills of the account go all: they hold phones of
 * many people, and nothing needs them any more. Calls that the journal does not know, or not yet, are looked into, each.
 */
export function createHistories(client: Client): Histories {
  const found = async function* (query: string): AsyncGenerator<Found> {
    for await (const { workflowId, runId, status } of client.workflow.list({ query })) {
      yield { workflowId, runId, isRunning: status.name === 'RUNNING' };
    }
  };
  const remove = ({ workflowId, runId }: Found) =>
    client.workflowService.deleteWorkflowExecution({
      namespace: client.options.namespace,
      workflowExecution: { workflowId, runId },
    });

  return {
    async forget({ accountId, pbxIds, calls, clicks, key, withoutEntry }) {
      const running = new Set<string>();
      let histories = 0;
      const holds = ({ workflowId, runId }: Found) =>
        historyHolds(client, workflowId, runId, key).catch((error: Error) => {
          // nobody can read it, or it has just gone
          if (error instanceof SecretKeyError || error instanceof WorkflowNotFoundError) return false;
          throw error;
        });
      const take = async (one: Found): Promise<void> => {
        if (one.isRunning) running.add(one.workflowId);
        else {
          await remove(one);
          histories++;
        }
      };
      for (let from = 0; from < calls.length; from += mostInQuery) {
        const ids = calls.slice(from, from + mostInQuery).map(([pbxId, linkedid]) => callWorkflowId(pbxId, linkedid));
        const query = ids.map((id) => `WorkflowId STARTS_WITH ${quoted(id)}`).join(' OR ');
        const isMeant = (workflowId: string) => ids.some((id) => workflowId === id || workflowId.startsWith(`${id}:`));
        for await (const one of found(query)) if (isMeant(one.workflowId)) await take(one);
      }
      for (const { userId, requestId } of clicks) {
        const id = clickWorkflowId({ accountId, userId, requestId });
        for await (const one of found(`WorkflowId = ${quoted(id)}`)) await take(one);
      }
      for await (const one of found(`WorkflowId STARTS_WITH ${quoted(`webhook:${accountId}:`)}`)) {
        if (!one.isRunning) await take(one); // else it is over in a moment
      }
      for (const pbxId of pbxIds) {
        const query = `WorkflowId STARTS_WITH ${quoted(`backfill:${pbxId}:`)}`;
        for await (const one of found(query)) await take(one); // one that goes on may bring the person back
      }
      const isGone = async (page: readonly Found[]): Promise<Found[]> => {
        const places = page.map(({ workflowId }) => placeOf(workflowId));
        const gone = new Set((await withoutEntry(places)).map(String));
        return page.filter((_, index) => gone.has(String(places[index])));
      };
      for (const pbxId of pbxIds) {
        const query = `WorkflowId STARTS_WITH ${quoted(callWorkflowId(pbxId, ''))}`;
        for await (const page of inPages(found(query), mostInPage)) {
          for (const one of await isGone(page)) if (await holds(one)) await take(one);
        }
      }
      return { histories, running: [...running] };
    },
  };
}

function placeOf(workflowId: string): CallPlace {
  const { pbxId = '', linkedid = '' } = placeOfCall(workflowId) ?? {};
  return [pbxId, linkedid];
}

async function* inPages<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let page: T[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '')}'`;
