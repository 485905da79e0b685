import type { Client } from '@temporalio/client';
import type { CelRow } from '../../../proto/cel.ts';
import { type CelBatch, celRowsSignal } from '../../../workflows/call/contract.ts';

/** A card that a call has asked for, as its history tells of it. */
export interface AskedCard {
  linkedid: string;
  userId: number;
  /** Ten digits. */
  phone: string;
  /** Of its activity, by which the log tells of attempts. */
  activityId: string;
  /** ms UTC. */
  askedAtMs: number;
  /** When its activity closed; undefined if it goes on. */
  closedAtMs: number | undefined;
  outcome: 'completed' | 'canceled' | 'timed out' | 'failed' | 'open';
  /** Of the attempts, as far as history knows of it: a worker that went silent, or what the attempt said. */
  lastFailure: { isSilence: boolean; message: string } | undefined;
}

export type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
type Event = NonNullable<History['events']>[number];

const cardActivity = 'showCards';

export function askedCards(linkedid: string, { events }: History): AskedCard[] {
  const all = events ?? [];
  return all.flatMap((event) => {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled?.activityType?.name !== cardActivity) return [];
    const { cards } = decoded<{ cards: { phone: string; userId: number }[] }>(scheduled.input);
    const closed = all.find((one) => closedActivity(one) === Number(event.eventId));
    const common = {
      ...{ linkedid, activityId: scheduled.activityId ?? '', askedAtMs: atMs(event) },
      ...{ closedAtMs: closed && atMs(closed), outcome: outcomeOf(closed) },
      lastFailure: lastFailureOf(all, Number(event.eventId), closed),
    };
    return cards.map(({ phone, userId }) => ({ ...common, phone: phone.slice(-10), userId }));
  });
}

const endRows: ReadonlySet<string> = new Set(['HANGUP', 'CHAN_END', 'LINKEDID_END']);

/**
 * Why a call has not asked for a card to the employee of this channel: at no moment at which it decided was there one to
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

function decoded<T>(input: { payloads?: { data?: Uint8Array | null }[] | null } | null | undefined): T {
  return JSON.parse(Buffer.from(input?.payloads?.[0]?.data ?? []).toString()) as T;
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

const atMs = ({ eventTime }: Event): number => Number(eventTime?.seconds) * 1_000 + Number(eventTime?.nanos) / 1e6;
