import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { AlertActivities } from '../../activities/alerts/index.ts';
import type { AlertLook } from '../../activities/alerts/look.ts';
import type { AlertFailure } from '../../proto/alerts/failure.ts';
import { wordAlert, wordTest } from '../../proto/alerts/message.ts';
import { callsTaskQueue } from '../call/contract.ts';
import { plain } from '../call/plain.ts';
import { beginPromises } from '../promises.ts';
import { type AlertsInput, type TestOrder, testDestinationUpdate } from './contract.ts';
import { decide, type Look, noMemory } from './decide.ts';
import { Teller } from './teller.ts';

const testDestination = defineUpdate<AlertFailure | null, [TestOrder]>(testDestinationUpdate);

/** Tried again until there is news, by the server: looking leaves no trace in the history. */
const { lookForNews } = proxyActivities<Pick<AlertActivities, 'lookForNews'>>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '30s',
  retry: { initialInterval: '30s', backoffCoefficient: 1 },
});

const minuteMs = 60_000;

/** Tells people what is not right with one account, for ever. */
export async function alerts({ accountId, lookEveryMs, carried }: AlertsInput): Promise<void> {
  beginPromises();
  const teller = new Teller(accountId);
  setHandler(testDestination, ({ destination, wording }) => teller.test(destination, wordTest(wording)));
  let memory = carried ?? noMemory;
  let [seen, dueAtMs]: [string, number | null] = ['', null];
  while (!workflowInfo().continueAsNewSuggested) {
    const look: AlertLook = await lookForNews({ accountId, seen, dueAtMs, lookEveryMs });
    const decision = decide(memory, lookOf(look));
    if (decision.message) teller.tell(look.destinations, wordAlert(decision.message, look.wording), decision.message);
    memory = decision.memory;
    [seen, dueAtMs] = [look.seen, decision.nextAtMs];
    setCurrentDetails(detailsOf(accountId, look));
    await sleep(lookEveryMs);
  }
  await teller.done();
  await condition(allHandlersFinished);
  await continueAsNew<typeof alerts>({ accountId, lookEveryMs, carried: memory });
}

function lookOf({ atMs, findings, isPartial, unjudged, rules }: AlertLook): Look {
  return {
    ...{ atMs, findings, isPartial, unjudged, about: rules.about },
    afterMs: rules.afterMinutes * minuteMs,
    pausedMs: rules.pausedMinutes * minuteMs,
    remindAfterMs: rules.remindAfterHours * 60 * minuteMs,
  };
}

function detailsOf(accountId: string, { findings, destinations }: AlertLook): string {
  const found =
    findings.length === 0 ? 'nothing' : findings.map(({ code, about }) => `${code} ${plain(about)}`).join(', ');
  return `**Alerts of ${plain(accountId)}**\n\nTold to ${destinations.length} destinations. Not right: ${found}.`;
}
