import { DefaultLogger, type ReplayHistoriesIterable, Runtime, Worker } from '@temporalio/worker';
import { workflowBundle } from '../../../workers/worker/workflow-bundle.ts';

/** What workflows tell those who follow calls: it was told then. */
const quiet = { fn: () => undefined };
const sinks = { live: { tell: quiet, over: quiet, letGo: quiet, cards: quiet } };

/** A run with whose history no other worker could go on. */
export interface Unreplayable {
  workflowId: string;
  runId: string;
  why: string;
}

/** Whether any other worker could go on with each workflow from what stands in its history. */
export async function unreplayable(histories: ReplayHistoriesIterable): Promise<Unreplayable[]> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const bundle = await workflowBundle();
  const found: Unreplayable[] = [];
  const replays = Worker.runReplayHistories({ workflowBundle: bundle, sinks }, histories);
  for await (const { workflowId, runId, error } of replays) {
    if (error) found.push({ workflowId, runId, why: error.message });
  }
  return found;
}
