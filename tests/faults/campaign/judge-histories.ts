import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { callWorkflowId } from '../../../workflows/call/contract.ts';
import type { CampaignCall } from './calls.ts';
import { type CardsLedger, faultsOfCards, judgeCards, type OfCards } from './cards-ledger.ts';
import { unreplayable } from './replay.ts';

/**
 * Goes through all histories once: what they tell of cards, and whether any other worker could go on with each.
 *
 * @param quiet calls that came in while everything worked
 * @param folder where the histories are kept of what has a fault
 */
export async function judgeHistories(
  house: OfCards,
  calls: readonly CampaignCall[],
  quiet: readonly CampaignCall[],
  folder: string,
): Promise<{ cards: CardsLedger; faults: string[] }> {
  const { workflow } = house.temporal;
  const historyOf = (workflowId: string, runId?: string) => workflow.getHandle(workflowId, runId).fetchHistory();
  const judge = judgeCards(house, calls, quiet);
  const all = async function* () {
    for await (const { workflowId, runId } of workflow.list()) {
      const history = await historyOf(workflowId, runId);
      await judge.read(workflowId, history);
      yield { workflowId, history };
    }
  };
  const unread = await unreplayable(all());
  const { cards, faulty } = await judge.ledger();
  const runs = new Map<string, string | undefined>([
    ...faulty.map((linkedid) => [callWorkflowId(house.pbxId, linkedid, 0), undefined] as const),
    ...unread.map(({ workflowId, runId }) => [workflowId, runId] as const),
  ]);
  for (const [workflowId, runId] of runs) {
    const history = await historyOf(workflowId, runId).catch(() => undefined); // that there is none is a fault of its own
    const file = join(folder, `${workflowId.replaceAll(/[^\w-]/g, '-')}.json`);
    if (history) writeFileSync(file, historyToJSON(history));
  }
  const words = unread.map(({ workflowId, why }) => `no other worker could have gone on with ${workflowId}: ${why}`);
  return { cards, faults: [...faultsOfCards(cards), ...words] };
}
