import type { Client } from '@temporalio/client';
import { callsTaskQueue } from '../workflows/call/contract.ts';

const patienceMs = 2_500;
/** Number of Temporal's TaskQueueType. */
const workflowQueue = 1;

/** When a worker has last asked Temporal for work, ms UTC; null: none has of late. @throws if Temporal is away */
export async function lastPollAtMs(client: Client): Promise<number | null> {
  const { pollers } = await client.withDeadline(Date.now() + patienceMs, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: callsTaskQueue },
      taskQueueType: workflowQueue,
    }),
  );
  const times = (pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000);
  return times.length > 0 ? Math.max(...times) : null;
}
