import { setTimeout as sleep } from 'node:timers/promises';
import { callWorkflowId } from '../../workflows/call/contract.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import type { Installation } from './installation.ts';

/** Whether Temporal lists an actor that ended so; its index lags. */
export async function isListed({ temporal }: Installation, status: 'Failed' | 'Terminated'): Promise<boolean> {
  return (await temporal.workflow.count(`ExecutionStatus = '${status}'`)).count > 0;
}

/** Waits for that. */
export async function listed(house: Installation, status: 'Failed' | 'Terminated'): Promise<void> {
  while (!(await isListed(house, status))) await sleep(50);
}

/** Waits until this actor of the call, which may have to come first, tells that people talk. */
export async function tellsOfTalk({ temporal, pbxId }: Installation, linkedid: string, again: number): Promise<void> {
  const actor = temporal.workflow.getHandle(callWorkflowId(pbxId, linkedid, again));
  const state = async () => (await actor.describe()).typedSearchAttributes.get(searchAttributes.state);
  while ((await state().catch(() => undefined)) !== 'talking') await sleep(50);
}

/** As if the quarter of an hour was over for which the PBX's tables are waited for at the end of a call. */
export async function waitNoLonger(house: Installation, linkedid: string, again = 0): Promise<void> {
  const { temporal, pbxId } = house;
  const actor = temporal.workflow.getHandle(callWorkflowId(pbxId, linkedid, again));
  const isWaiting = async () =>
    (await actor.describe()).raw.pendingActivities?.some(({ activityType }) => activityType?.name === 'readCallEnd');
  while (!(await isWaiting().catch(() => false))) await sleep(50);
  await temporal.workflowService.updateActivityOptions({
    ...{ namespace: temporal.options.namespace, execution: { workflowId: actor.workflowId } },
    ...{ type: 'readCallEnd', activityOptions: { scheduleToCloseTimeout: { seconds: 1 as never } } },
    updateMask: { paths: ['schedule_to_close_timeout'] },
  });
}
