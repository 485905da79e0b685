import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { StoreActivities } from '../../activities/store/index.ts';
import type { ChangeOutcome } from '../../proto/settings-change.ts';
import { callsTaskQueue } from '../call/contract.ts';
import { plain } from '../call/plain.ts';
import { type AccountInput, type ChangeOrder, changeSettingsUpdate } from './contract.ts';

const changeSettings = defineUpdate<ChangeOutcome, [ChangeOrder]>(changeSettingsUpdate);

const { adoptSettings } = proxyActivities<StoreActivities>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Keeps the settings of one amoCRM account, for ever: whoever changes them asks it, one after another. */
export async function account({ accountId }: AccountInput): Promise<void> {
  let turn: Promise<unknown> = Promise.resolve();
  setHandler(
    changeSettings,
    (order) => {
      const outcome = turn.then(() => change(accountId, order));
      turn = outcome.catch(() => undefined);
      return outcome;
    },
    { validator: refuseNonsense },
  );
  await condition(() => workflowInfo().continueAsNewSuggested);
  await condition(allHandlersFinished);
  await continueAsNew<typeof account>({ accountId });
}

async function change(accountId: string, { changeId, author, sections }: ChangeOrder): Promise<ChangeOutcome> {
  const outcome = await adoptSettings(changeId);
  if (outcome.outcome === 'saved') {
    const what = sections.length > 0 ? sections.join(', ') : 'everything';
    setCurrentDetails(
      `Version ${outcome.version} of the settings of ${plain(accountId)}: ${plain(author)} has set ${what}.`,
    );
  }
  return outcome;
}

function refuseNonsense({ changeId }: ChangeOrder): void {
  if (!/^[\da-f-]{36}$/.test(changeId)) throw new Error('A change is named by its id.');
}
