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
import type { AmocrmActivities } from '../../activities/amocrm/index.ts';
import type { AsteriskActivities, PbxCheckRequest } from '../../activities/asterisk/index.ts';
import type { StoreActivities } from '../../activities/store/index.ts';
import type { ShownRows, ShownRowsRequest } from '../../proto/cel.ts';
import type { PbxFinding } from '../../proto/pbx-check.ts';
import type { ChangeOutcome } from '../../proto/settings-change.ts';
import { amocrmTaskQueue, callsTaskQueue } from '../call/contract.ts';
import { reasonOf } from '../call/failure.ts';
import { plain } from '../call/plain.ts';
import {
  type AccountInput,
  type ChangeOrder,
  changeSettingsUpdate,
  checkPbxUpdate,
  type ReadOutcome,
  readCatalogueUpdate,
  showRowsUpdate,
} from './contract.ts';

const changeSettings = defineUpdate<ChangeOutcome, [ChangeOrder]>(changeSettingsUpdate);

const readCatalogueFirst = defineUpdate<ReadOutcome>(readCatalogueUpdate);

const checkPbxNow = defineUpdate<PbxFinding[], [PbxCheckRequest]>(checkPbxUpdate);

const showRowsNow = defineUpdate<ShownRows, [ShownRowsRequest]>(showRowsUpdate);

const { adoptSettings } = proxyActivities<StoreActivities>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Somebody waits at a screen. */
const { readCatalogue } = proxyActivities<Pick<AmocrmActivities, 'readCatalogue'>>({
  taskQueue: amocrmTaskQueue,
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '15s',
  retry: { maximumAttempts: 2 },
});

const { checkPbx, showRows } = proxyActivities<Pick<AsteriskActivities, 'checkPbx' | 'showRows'>>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '15s',
  retry: { maximumAttempts: 1 },
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
  setHandler(readCatalogueFirst, () => read(accountId));
  setHandler(checkPbxNow, (request) => checkPbx(request));
  setHandler(showRowsNow, (request) => showRows(request));
  await condition(() => workflowInfo().continueAsNewSuggested);
  await condition(allHandlersFinished);
  await continueAsNew<typeof account>({ accountId });
}

async function read(accountId: string): Promise<ReadOutcome> {
  try {
    await readCatalogue({ accountId });
    return { failure: null };
  } catch (error) {
    return { failure: reasonOf(error) };
  }
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
