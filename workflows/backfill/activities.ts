import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { AsteriskActivities } from '../../activities/asterisk/index.ts';
import type { BackfillActivities } from '../../activities/store/backfill-activities.ts';
import { callsTaskQueue } from '../call/contract.ts';
import { inTurn } from '../promises.ts';

/** Our own quick writes. */
export const notes = inTurn(
  proxyLocalActivities<BackfillActivities>({
    startToCloseTimeout: '5s',
    retry: { initialInterval: '200ms', maximumInterval: '30s' },
  }),
);

/** What asks Temporal too. */
export const takes = proxyActivities<Pick<BackfillActivities, 'takeInHand'>>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '60s',
  heartbeatTimeout: '8s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/** An outage of the PBX's database is told by the backfill itself, which then tries again. */
export const reads = proxyActivities<Pick<AsteriskActivities, 'findPeriod' | 'readBeginnings' | 'findBeginnings'>>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '60s',
  heartbeatTimeout: '8s',
  scheduleToCloseTimeout: '2m',
  retry: { initialInterval: '1s', maximumInterval: '20s', maximumAttempts: 3 },
});
