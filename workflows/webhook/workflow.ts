import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type { ClientKeeping } from '../../activities/amocrm/follow-clients.ts';
import type { StoreActivities } from '../../activities/store/index.ts';
import { amocrmTaskQueue, callsTaskQueue } from '../call/contract.ts';
import type { WebhookInput } from './contract.ts';

const { forgetChanged } = proxyActivities<StoreActivities>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

const { forgetOwners } = proxyActivities<ClientKeeping>({
  taskQueue: amocrmTaskQueue,
  startToCloseTimeout: '5m',
  heartbeatTimeout: '8s',
  scheduleToCloseTimeout: '1h',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '5m' },
});

/** What amoCRM says has changed is not believed but forgotten: anybody could say it, and it may come late (contract 8.4). */
export async function webhook({ accountId, changes }: WebhookInput): Promise<void> {
  const leadIds = await forgetChanged({ accountId, changes });
  if (leadIds.length > 0) await forgetOwners({ accountId, leadIds }).catch(leaveToTheClientsActor);
}

/** In an hour it has looked at what has changed itself. */
function leaveToTheClientsActor(error: unknown): void {
  if (!(error instanceof ActivityFailure)) throw error;
}
