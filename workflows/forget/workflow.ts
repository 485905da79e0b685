import { proxyActivities } from '@temporalio/workflow';
import type { ForgetActivities } from '../../activities/store/forget-activities.ts';
import { callsTaskQueue } from '../call/contract.ts';
import type { ForgetInput } from './contract.ts';

const { noteWhatToForget, forgetHistories, forgetInStore, closeForgetting } = proxyActivities<ForgetActivities>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '2h',
  heartbeatTimeout: '8s',
  retry: { initialInterval: '2s', maximumInterval: '60s' },
});

/** Deletes what there is of one person, each step as often as it takes. */
export async function forget({ id }: ForgetInput): Promise<void> {
  await noteWhatToForget(id);
  const histories = await forgetHistories(id);
  const counts = await forgetInStore(id);
  await closeForgetting(id, { ...counts, ...histories });
}
