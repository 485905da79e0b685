import { proxyActivities } from '@temporalio/workflow';
import type { PbxActivities } from '../../activities/asterisk/originate.ts';
import type { OriginateOutcome, OriginateRequest } from '../../proto/originate.ts';
import { pbxTaskQueue } from '../../workflows/click-to-call/contract.ts';

/** A workflow for tests: asks a PBX for one call, at once or never, and waits for what becomes of its first phone. */
export async function placeCall(request: OriginateRequest): Promise<OriginateOutcome> {
  const { originate, originateOutcome } = proxyActivities<PbxActivities>({
    ...{ taskQueue: pbxTaskQueue(request.pbxId), scheduleToStartTimeout: '3s', startToCloseTimeout: '30s' },
    ...{ heartbeatTimeout: '10s', retry: { maximumAttempts: 1 } },
  });
  await originate(request);
  return originateOutcome({ pbxId: request.pbxId, channelId: request.channelId, waitMs: 20_000 });
}
