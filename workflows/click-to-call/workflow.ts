import {
  allHandlersFinished,
  condition,
  defineSignal,
  defineUpdate,
  isCancellation,
  log,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { PlannedCall } from '../../proto/calling/plan.ts';
import { reasonOf } from '../call/failure.ts';
import { beginPromises } from '../promises.ts';
import { searchAttributes } from '../search-attributes.ts';
import { local, patientlyAt, promptlyAt, soonAt } from './activities.ts';
import { type ClickInput, type ClickNews, type ClickState, clickNewsSignal, firstAnswerUpdate } from './contract.ts';
import { isResolved, reasonOfFailure, reasonOfLeg } from './outcome.ts';
import { Progress } from './progress.ts';

const firstAnswer = defineUpdate<ClickState>(firstAnswerUpdate);
const news = defineSignal<[ClickNews]>(clickNewsSignal);

/** Whoever clicked that long ago looks elsewhere by now: nothing may ring then. */
const freshMs = 6_000;
/** Another process takes a PBX over within that time, and reads what was written meanwhile. */
const uncertaintyMs = 20_000;
/** Rows are there, and read and told, within a fraction of it. */
const celComesMs = 2_000;
/** Clients' phones ring no longer. */
const clientRingsMs = 180_000;

/**
 * One click on a number in amoCRM: the employee's phone rings, then the client's. Started by the API. It is over when the
 * two talk, or when it is known why they don't.
 */
export async function clickToCall(input: ClickInput): Promise<ClickState> {
  beginPromises();
  const progress = new Progress(input);
  setHandler(news, (message) => progress.hear(message));
  setHandler(firstAnswer, async () => {
    await progress.answered();
    return progress.state;
  });
  await call(input, progress);
  await progress.told();
  await condition(allHandlersFinished);
  return progress.state;
}

async function call(input: ClickInput, progress: Progress): Promise<void> {
  const prepared = await prepare(input, progress);
  if (!prepared) return;
  const { plan, channelId } = prepared;
  if (!(await isPlaced(plan, channelId, progress))) return;
  progress.ring();
  void followEmployee(plan, channelId, progress);
  const isOver = await progress.over(plan.ringMs + clientRingsMs);
  if (!isOver) progress.end('lost');
}

/** @returns undefined if nothing is to be dialled, which was told */
async function prepare(
  input: ClickInput,
  progress: Progress,
): Promise<{ plan: PlannedCall; channelId: string } | undefined> {
  const beganAtMs = Date.now();
  try {
    const planned = await local.planClick(input);
    if ('refusal' in planned) return void progress.fail(planned.refusal);
    const { plan } = planned;
    progress.knowPhone(plan.phone);
    upsertSearchAttributes([
      { key: searchAttributes.pbx, value: plan.pbxId },
      { key: searchAttributes.extension, value: [plan.extension] },
    ]);
    const channelId = newChannelId(beganAtMs + (plan.clockAheadMs ?? 0));
    await local.noteClick({ click: input, pbxId: plan.pbxId, linkedid: channelId });
    if (Date.now() - workflowInfo().startTime.getTime() < freshMs) return { plan, channelId };
  } catch (error) {
    if (isCancellation(error)) throw error;
    log.warn('A click could not be prepared', { reason: reasonOf(error) });
  }
  return void progress.fail('too-late');
}

/**
 * A uniqueid tells when its channel was made, by the PBX's clock: of calls that become one Asterisk keeps the oldest. Behind
 * the point it counts from 1 itself, and never comes so far.
 */
function newChannelId(atMs: number): string {
  return `${Math.floor(atMs / 1000)}.${1e9 + Math.floor(Math.random() * 1e9)}`;
}

/** Whether the employee's phone rings now, or may. */
async function isPlaced(plan: PlannedCall, channelId: string, progress: Progress): Promise<boolean> {
  const { pbxId, channel, context, exten, phone, ringMs, variables } = plan;
  const request = { pbxId, channelId, channel, context, exten, callerNumber: phone, ringMs, variables };
  try {
    const summary = `Let ${plan.extension} ring`;
    await promptlyAt(pbxId).originate.executeWithOptions({ summary }, [request]);
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    const { reason, detail } = reasonOfFailure(error);
    if (reason === 'uncertain') return lookFor(plan, channelId, progress);
    progress.fail(reason, detail);
    return false;
  }
}

/** Nobody knows whether Asterisk has taken the call: its channels tell, or what it writes. */
async function lookFor({ pbxId }: PlannedCall, channelId: string, progress: Progress): Promise<boolean> {
  const isHeardOf = condition(() => isResolved(progress.state), uncertaintyMs);
  const isThere = soonAt(pbxId)
    .channelIsThere({ pbxId, channelId })
    .catch(() => isHeardOf);
  const isPlacedAfterAll = await Promise.race([isThere, isHeardOf]);
  if (!isPlacedAfterAll && !isResolved(progress.state)) progress.fail('uncertain');
  return progress.state.phase !== 'failed';
}

/** CEL knows better why a phone did not answer; but one that can't be reached writes none, then AMI tells. */
async function followEmployee({ pbxId, ringMs }: PlannedCall, channelId: string, progress: Progress): Promise<void> {
  try {
    const question = { pbxId, channelId, waitMs: ringMs + 10_000 };
    const leg = await patientlyAt(pbxId, ringMs).originateOutcome(question);
    if (leg.answered || leg.reason === 'unknown') return;
    await progress.over(celComesMs);
    progress.end(reasonOfLeg(leg));
  } catch {
    // CEL tells
  }
}
