import { defineSignal, isCancellation, setHandler } from '@temporalio/workflow';
import type { Verdict } from '../../activities/amocrm/exactly-once.ts';
import type { CallOutcome } from '../../proto/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { beginPromises, beginToBeTold, hearPromises } from '../promises.ts';
import { patiently, promptly } from './activities.ts';
import { CallActor } from './actor.ts';
import { settingsOfBackfill } from './backfilled.ts';
import {
  type CallInput,
  type CelBatch,
  celRowsSignal,
  type Joined,
  joinedSignal,
  type Parted,
  partedSignal,
  retrySignal,
  tellAgainSignal,
  uncertainSignal,
  type Wait,
  waitSignal,
} from './contract.ts';

const celRows = defineSignal<[CelBatch]>(celRowsSignal);
const joined = defineSignal<[Joined]>(joinedSignal);
const parted = defineSignal<[Parted]>(partedSignal);
const retry = defineSignal(retrySignal);
const tellAgain = defineSignal<[string[]]>(tellAgainSignal);
const wait = defineSignal<[Wait]>(waitSignal);
const uncertain = defineSignal<[Verdict, string?]>(uncertainSignal);

/**
 * The life of one call. The connector starts it with the call's first rows and signals each further batch;
 * it closes itself when the call has ended and stands in amoCRM and in the journal.
 */
export async function call(input: CallInput): Promise<CallOutcome> {
  const { carried } = input;
  if (carried && !carried.settings?.promised) beginPromises();
  else beginToBeTold();
  const inbox: CelBatch[] = [...(carried?.inbox ?? firstBatch(input))];
  setHandler(celRows, (batch) => void inbox.push(batch));
  const settings = carried?.settings ?? (await settingsOf(input));
  hearPromises(settings.promised);
  const actor = new CallActor(input, settings, inbox);
  setHandler(joined, (message) => actor.hear(message));
  setHandler(parted, (message) => actor.hearParted(message));
  setHandler(retry, () => actor.retry());
  setHandler(tellAgain, (known) => actor.tellAgain(known));
  setHandler(uncertain, (verdict, linkedid) => actor.hearVerdict(verdict, linkedid));
  setHandler(wait, (message) => actor.hearWait(message));
  return actor.run();
}

const firstBatch = ({ backfill }: CallInput): CelBatch[] => (backfill ? [{ rows: backfill.rows, fresh: false }] : []);

async function settingsOf(input: CallInput): Promise<CallSettings> {
  const settings = await readSettings(input);
  return input.backfill ? settingsOfBackfill(settings, input.backfill) : settings;
}

async function readSettings({ pbxId, linkedid, occasion }: CallInput): Promise<CallSettings> {
  const question: [string, string?] = occasion === 'again' ? [pbxId, linkedid] : [pbxId];
  try {
    return await promptly.readSettings(...question);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const summary = 'The settings to begin with';
    const { promised: _, ...settings } = await patiently.readSettings.executeWithOptions({ summary }, question);
    beginPromises(); // they may come of a worker of another version, whose promises are not ours
    return settings;
  }
}
