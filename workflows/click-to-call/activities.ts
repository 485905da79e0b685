import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { PbxActivities } from '../../activities/asterisk/originate.ts';
import type { ClickActivities } from '../../activities/store/click-activities.ts';
import { inTurn } from '../promises.ts';
import { pbxTaskQueue } from './contract.ts';

/** Our own quick reads and idempotent writes: whoever clicked waits for them. */
export const local = inTurn(
  proxyLocalActivities<ClickActivities>({
    startToCloseTimeout: '2s',
    scheduleToCloseTimeout: '4s',
    retry: { initialInterval: '100ms', maximumInterval: '1s' },
  }),
);

/** Sent once, and at once: a phone that rings minutes after the click would ring for nobody. */
export const promptlyAt = (pbxId: string) =>
  proxyActivities<PbxActivities>({
    taskQueue: pbxTaskQueue(pbxId),
    scheduleToStartTimeout: '3s',
    startToCloseTimeout: '6s', // a little longer than AMI is waited for
    retry: { maximumAttempts: 1 },
  });

/** Once somebody has the PBX again. */
export const soonAt = (pbxId: string) =>
  proxyActivities<Pick<PbxActivities, 'channelIsThere'>>({
    taskQueue: pbxTaskQueue(pbxId),
    scheduleToCloseTimeout: '20s',
    startToCloseTimeout: '5s',
    retry: { initialInterval: '500ms', maximumInterval: '2s', nonRetryableErrorTypes: ['ChannelsUnknown'] },
  });

export const patientlyAt = (pbxId: string, ringMs: number) =>
  proxyActivities<PbxActivities>({
    taskQueue: pbxTaskQueue(pbxId),
    startToCloseTimeout: ringMs + 15_000,
    heartbeatTimeout: '8s',
    retry: { maximumAttempts: 1 },
  });
