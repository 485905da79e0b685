import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { workflowBundle } from '../../../workers/worker/workflow-bundle.ts';
import type { Installation } from '../../rig/installation.ts';

/** What workflows tell those who follow calls: it was told then. */
const quiet = { fn: () => undefined };
const sinks = { live: { tell: quiet, over: quiet, letGo: quiet, cards: quiet } };

/**
 * Whether any other worker could go on with each workflow from what stands in its history.
 *
 * @param folder where histories that nobody could go on with are kept
 * @returns workflow ids of those, and why
 */
export async function unreplayable({ temporal }: Pick<Installation, 'temporal'>, folder: string): Promise<string[]> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const bundle = await workflowBundle();
  const histories = new Map<string, Awaited<ReturnType<typeof historyOf>>>();
  const historyOf = (workflowId: string, runId: string) =>
    temporal.workflow.getHandle(workflowId, runId).fetchHistory();
  const all = async function* () {
    for await (const { workflowId, runId } of temporal.workflow.list()) {
      const history = await historyOf(workflowId, runId);
      histories.set(workflowId, history);
      yield { workflowId, history };
    }
  };
  const faults: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: bundle, sinks }, all())) {
    const history = histories.get(workflowId);
    histories.delete(workflowId);
    if (!error || !history) continue;
    faults.push(`${workflowId}: ${error.message}`);
    writeFileSync(join(folder, `${workflowId.replaceAll(/[^\w-]/g, '-')}.json`), historyToJSON(history));
  }
  return faults;
}
