import type { CardsAtOnce } from '../../../activities/amocrm/cards-at-once.ts';
import type { CardsShown } from '../../../activities/amocrm/show-cards.ts';
import type { CelRow } from '../../../proto/cel.ts';
import { type CelBatch, celRowsSignal } from '../../../workflows/call/contract.ts';
import { atMs, decoded, type History, type HistoryEvent, localActivityOf } from '../../rig/history-events.ts';

/** A card that a call has asked for, as its history tells of it. */
export interface AskedCard {
  linkedid: string;
  userId: number;
  /** Ten digits. */
  phone: string;
  /** Of what was tried at once and of the activity after it, by which the log tells of attempts. */
  activityIds: string[];
  /** ms UTC. */
  askedAtMs: number;
  /** When its activity closed; undefined if it goes on. */
  closedAtMs: number | undefined;
  outcome: 'completed' | 'canceled' | 'timed out' | 'failed' | 'open';
  /** Of the attempts, as far as history knows of it: a worker that went silent, or what the attempt said. */
  lastFailure: { isSilence: boolean; message: string } | undefined;
}

type Event = HistoryEvent;

const cardActivity = 'showCards';
const cardAtOnce = 'showCardsAtOnce';

/** @param call of a client's number, ten digits */
export function askedCards(call: { linkedid: string; phone: string }, { events }: History): AskedCard[] {
  const all = events ?? [];
  return all.flatMap((event, index) => {
    const tried = triedAtOnce(event);
    if (tried) return shownAtOnce(call, tried, timesOfTask(all, index));
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled?.activityType?.name !== cardActivity) return [];
    const { cards } = decoded<{ cards: { phone: string; userId: number }[] }>(scheduled.input);
    const closed = all.find((one) => closedActivity(one) === Number(event.eventId));
    const before = lastTriedAtOnce(all, index);
    const common = {
      linkedid: call.linkedid,
      activityIds: [...(before ? [before.activityId] : []), scheduled.activityId ?? ''],
      askedAtMs: before ? mayHaveBegunAtMs(timesOfTask(all, index)) : atMs(event),
      ...{ closedAtMs: closed && atMs(closed), outcome: outcomeOf(closed) },
    };
    const lastFailure = lastFailureOf(all, Number(event.eventId), closed);
    const { shown = [], shownBefore = [] } = before?.result ?? {};
    const takenForShown = takenForShownBy(closed);
    return cards
      .filter(({ userId }) => ![...shown, ...shownBefore].includes(userId))
      .map(({ phone, userId }) => ({
        ...{ ...common, phone: phone.slice(-10), userId },
        lastFailure: takenForShown.includes(userId) ? cutOff : lastFailure,
      }));
  });
}

/** A card that was tried within the task that had decided it, and how that came out; no result: it has failed. */
interface TriedAtOnce {
  activityId: string;
  result: CardsAtOnce | undefined;
}

function triedAtOnce(event: Event): TriedAtOnce | undefined {
  const local = localActivityOf(event);
  if (local?.activity_type !== cardAtOnce) return undefined;
  const marker = event.markerRecordedEventAttributes;
  const result = marker?.failure ? undefined : decoded<CardsAtOnce>(marker?.details?.result);
  return { activityId: local.activity_id, result };
}

/** Whoever was about to show it has died, and may have. */
const cutOff = { isSilence: true, message: 'an earlier worker was cut off' };

function takenForShownBy(closed: Event | undefined): number[] {
  const payloads = closed?.activityTaskCompletedEventAttributes?.result;
  return payloads?.payloads?.[0]?.data?.length ? (decoded<CardsShown | null>(payloads)?.takenForShown ?? []) : [];
}

function shownAtOnce(
  { linkedid, phone }: { linkedid: string; phone: string },
  { activityId, result }: TriedAtOnce,
  times: TimesOfTask,
): AskedCard[] {
  const { shown = [], shownBefore = [] } = result ?? {};
  const { beganAtMs, endedAtMs } = times;
  const common = { linkedid, phone, activityIds: [activityId], closedAtMs: endedAtMs, outcome: 'completed' as const };
  const of = (userId: number, askedAtMs: number) => ({ ...common, userId, askedAtMs, lastFailure: undefined });
  return [
    ...shown.map((userId) => of(userId, beganAtMs)),
    ...shownBefore.map((userId) => of(userId, mayHaveBegunAtMs(times))),
  ];
}

/** What was tried at once of a card that an activity goes on with: they end one task. */
function lastTriedAtOnce(all: readonly Event[], index: number): TriedAtOnce | undefined {
  const before = all.slice(0, index);
  const ofTask = before.slice(before.findLastIndex(isCompletion));
  return ofTask.map(triedAtOnce).findLast((tried) => tried !== undefined && tried.result?.hasMore !== false);
}

const isCompletion = (event: Event): boolean => event.workflowTaskCompletedEventAttributes != null;

interface TimesOfTask {
  beganAtMs: number;
  endedAtMs: number;
  /** It was lost before, with a worker perhaps, and begun anew. */
  isRepeated: boolean;
  /** When the task before it ended. */
  afterMs: number;
}

const mayHaveBegunAtMs = ({ beganAtMs, isRepeated, afterMs }: TimesOfTask): number =>
  isRepeated ? afterMs : beganAtMs;

/** Of the task that has ended with this event. */
function timesOfTask(all: readonly Event[], index: number): TimesOfTask {
  const [first] = all as [Event];
  const before = all.slice(0, index);
  const [ended = first, endedBefore = first] = before.filter(isCompletion).toReversed();
  const ofTask = before.slice(all.indexOf(endedBefore));
  const began = ofTask.findLast((one) => one.workflowTaskStartedEventAttributes) ?? first;
  const isRepeated = ofTask.some(
    (one) => lossOf(one) || Number(one.workflowTaskScheduledEventAttributes?.attempt ?? 1) > 1,
  );
  return { beganAtMs: atMs(began), endedAtMs: atMs(ended), isRepeated, afterMs: atMs(endedBefore) };
}

const lossOf = (event: Event) => event.workflowTaskTimedOutEventAttributes ?? event.workflowTaskFailedEventAttributes;

/** When workers were lost that worked at this call: they may have shown a card before they could tell of it. */
export function lostTasks({ events }: History): { fromMs: number; untilMs: number }[] {
  const all = events ?? [];
  return all.flatMap((event) => {
    const lost = lossOf(event);
    const started = lost && all.find(({ eventId }) => Number(eventId) === Number(lost.startedEventId));
    return started ? [{ fromMs: atMs(started), untilMs: atMs(event) }] : [];
  });
}

const endRows: ReadonlySet<string> = new Set(['HANGUP', 'CHAN_END', 'LINKEDID_END']);

/**
 * Why a call tells of no card to the employee of this channel: at no moment at which it decided was there one to
 * show. It decides in each workflow task, by the rows that were there when the task began, unless it waits for something.
 *
 * @param uniqueid of the channel of the employee's phone
 * @returns undefined if there was such a moment: a card was due
 */
export function whyNotAsked(linkedid: string, uniqueid: string, { events }: History): string | undefined {
  const pending = new Map<number, string>();
  let [isKnown, isOver, isFresh] = [false, false, false];
  let atStart: string | undefined;
  /** By the task that was completed last. */
  let isDue = false;
  let told = 'its rows came when it was over';
  const read = ({ rows, fresh }: CelBatch) => {
    isFresh = fresh;
    isKnown ||= rows.some((row) => row.uniqueid === uniqueid);
    isOver ||= rows.some((row) => [uniqueid, linkedid].includes(row.uniqueid) && isEnd(row));
    if (isKnown && !isOver) told = 'nobody has decided while it lasted';
  };
  const reasonNow = (): string | undefined => {
    const [waitedFor] = pending.values();
    if (!isKnown || isOver) return told;
    if (waitedFor) return waitsFor(waitedFor);
    return isFresh ? undefined : 'its rows were read too late';
  };
  for (const event of events ?? []) {
    const scheduled = event.activityTaskScheduledEventAttributes?.activityType?.name;
    const closed = closedActivity(event);
    if (scheduled && scheduled !== cardActivity) {
      pending.set(Number(event.eventId), scheduled);
      if (isDue) told = waitsFor(scheduled); // so the task has decided
      isDue = false;
    }
    if (closed !== undefined) pending.delete(closed);
    const batch = batchOf(event);
    if (batch) read(batch);
    if (event.workflowTaskStartedEventAttributes) {
      if (isDue) return undefined;
      atStart = reasonNow();
    }
    if (!event.workflowTaskCompletedEventAttributes) continue;
    isDue = atStart === undefined;
    told = atStart ?? told;
  }
  return isDue ? undefined : told;
}

const waitsFor = (activity: string): string => `the call waited for ${activity}`;
const isEnd = ({ eventType }: CelRow): boolean => endRows.has(eventType);

function batchOf({ workflowExecutionSignaledEventAttributes: signal }: Event): CelBatch | undefined {
  return signal?.signalName === celRowsSignal ? decoded<CelBatch>(signal.input) : undefined;
}

/** The event that scheduled what this one closes. */
function closedActivity(event: Event): number | undefined {
  const closing =
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskCanceledEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.activityTaskFailedEventAttributes;
  return closing ? Number(closing.scheduledEventId) : undefined;
}

/** Temporal tells as a failure that the next attempt would come too late, or that its call has given it up meanwhile. */
const [wouldBeTooLate, givenUp] = [3, 7];

function outcomeOf(closed: Event | undefined): AskedCard['outcome'] {
  if (!closed) return 'open';
  if (closed.activityTaskCompletedEventAttributes) return 'completed';
  if (closed.activityTaskCanceledEventAttributes) return 'canceled';
  const retryState = closed.activityTaskFailedEventAttributes?.retryState;
  if (retryState === givenUp) return 'canceled';
  const isTooLate = retryState === wouldBeTooLate || closed.activityTaskTimedOutEventAttributes;
  return isTooLate ? 'timed out' : 'failed';
}

function lastFailureOf(all: readonly Event[], scheduledEventId: number, closed: Event | undefined) {
  const started = all
    .map((one) => one.activityTaskStartedEventAttributes)
    .find((one) => one && Number(one.scheduledEventId) === scheduledEventId);
  const ofEnd = closed?.activityTaskFailedEventAttributes ?? closed?.activityTaskTimedOutEventAttributes;
  const failure = ofEnd?.failure ?? started?.lastFailure;
  return failure ? { isSilence: Boolean(failure.timeoutFailureInfo), message: failure.message ?? '' } : undefined;
}
