import type { Client } from '@temporalio/client';
import type { QueueFacts, TemporalFacts } from '../proto/state/facts.ts';
import { amocrmTaskQueue, callsTaskQueue } from '../workflows/call/contract.ts';

const patienceMs = 2_500;
/** Numbers of Temporal's TaskQueueType. */
const [workflowTasks, activityTasks] = [1, 2];
/** Number of Temporal's WorkerVersioningMode. */
const versionedMode = 2;

/** When a worker has last asked Temporal for work, and what waits for one. @throws if Temporal is away */
export async function askTaskQueues(client: Client): Promise<TemporalFacts> {
  const [calls, callsWork, amocrm] = await client.withDeadline(Date.now() + patienceMs, () =>
    Promise.all([
      describe(client, callsTaskQueue, workflowTasks),
      describe(client, callsTaskQueue, activityTasks),
      describe(client, amocrmTaskQueue, activityTasks),
    ]),
  );
  const times = pollersOfCurrent(calls).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000);
  return {
    lastPollAtMs: times.length > 0 ? Math.max(...times) : null,
    queues: [waitingIn('calls', calls), waitingIn('activities', callsWork), waitingIn('amocrm', amocrm)],
  };
}

type Described = Awaited<ReturnType<Client['workflowService']['describeTaskQueue']>>;

/** Workers of another version ask in vain. */
function pollersOfCurrent({ pollers, versioningInfo }: Described) {
  const current = versioningInfo?.currentDeploymentVersion?.buildId || undefined;
  const versionOf = ({ deploymentOptions: told }: NonNullable<Described['pollers']>[number]) =>
    told?.workerVersioningMode === versionedMode ? told.buildId : undefined;
  return (pollers ?? []).filter((poller) => versionOf(poller) === current);
}

const describe = (client: Client, name: string, taskQueueType: number): Promise<Described> =>
  client.workflowService.describeTaskQueue({
    ...{ namespace: client.options.namespace, taskQueue: { name }, taskQueueType, reportStats: true },
  });

const waitingIn = (queue: string, { stats }: Described): QueueFacts => ({
  queue,
  waiting: Number(stats?.approximateBacklogCount ?? 0),
  oldestWaitsMs: Number(stats?.approximateBacklogAge?.seconds ?? 0) * 1000,
});
