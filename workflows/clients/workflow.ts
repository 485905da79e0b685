import { continueAsNew, proxyActivities, setCurrentDetails, sleep, workflowInfo } from '@temporalio/workflow';
import type { ClientKeeping } from '../../activities/amocrm/follow-clients.ts';
import { amocrmTaskQueue } from '../call/contract.ts';
import type { ClientsInput } from './contract.ts';

const { followClients } = proxyActivities<ClientKeeping>({
  taskQueue: amocrmTaskQueue,
  startToCloseTimeout: '10m',
  heartbeatTimeout: '8s',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** Keeps what is known of one account's clients true, for ever. */
export async function clients(input: ClientsInput): Promise<void> {
  const { accountId, longestPauseMs } = input;
  for (;;) {
    const { words, nextInMs } = await followClients({ accountId });
    setCurrentDetails(`**Clients of ${accountId}**\n\n${words}`);
    await sleep(Math.min(nextInMs, longestPauseMs));
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof clients>(input);
  }
}
