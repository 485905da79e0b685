import { continueAsNew, proxyActivities, setCurrentDetails, sleep, workflowInfo } from '@temporalio/workflow';
import type { MakeUpActivities, MakeUpAnswer } from '../../activities/make-up/index.ts';
import { callsTaskQueue } from '../call/contract.ts';
import type { MakeUpInput } from './contract.ts';

const { takeUpHeldBack } = proxyActivities<MakeUpActivities>({
  taskQueue: callsTaskQueue,
  startToCloseTimeout: '120s',
  heartbeatTimeout: '8s',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '60s' },
});

/** Has the calls of an account registered that were held back for want of a licence: a handful at a time, each once. */
export async function makeUp(input: MakeUpInput): Promise<Omit<MakeUpAnswer, 'after'>> {
  const { accountId, beforeMs, pauseMs, carried } = input;
  let done: MakeUpAnswer = carried ?? { after: null, takenUp: 0, leftAlone: 0 };
  for (;;) {
    const next = await takeUpHeldBack({ accountId, beforeMs, ...(done.after && { after: done.after }) });
    const { after } = next;
    done = { after, takenUp: done.takenUp + next.takenUp, leftAlone: done.leftAlone + next.leftAlone };
    setCurrentDetails(`Taken up: ${done.takenUp}. Still not licensed, or still at work: ${done.leftAlone}.`);
    if (after === null) return { takenUp: done.takenUp, leftAlone: done.leftAlone };
    await sleep(pauseMs);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof makeUp>({ ...input, carried: done });
  }
}
