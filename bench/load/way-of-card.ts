import type { Client } from '@temporalio/client';
import type { Arrival } from './arrivals.ts';

/** Where the time of one card went, ms. */
export interface WayOfCard {
  /** From the row's being there to its being read. */
  poll: number;
  /** To its arrival in the history. */
  signal: number;
  /** Until a worker had taken up the task. */
  'task waits': number;
  /** Until it had decided: replay, settings, interpretation. */
  task: number;
  /** Until a worker had taken up the card's activity. */
  'activity waits': number;
  /** Until amoCRM had the request: marks, place among those of a second, HTTP. */
  'activity, HTTP': number;
  all: number;
}

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];

/** @param arrivedAtMs the request at amoCRM. @returns undefined if this call had no card */
export function wayOfCard({ events }: History, { ringsAtMs }: Arrival, arrivedAtMs: number): WayOfCard | undefined {
  const all = events ?? [];
  const scheduledAt = all.findIndex(
    ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name === 'showCards',
  );
  const scheduled = all[scheduledAt];
  if (!scheduled || ringsAtMs === undefined) return undefined;
  const before = all.slice(0, scheduledAt).reverse();
  const taskStarted = before.find((event) => event.workflowTaskStartedEventAttributes);
  const beforeTask = taskStarted ? before.slice(before.indexOf(taskStarted)) : [];
  const signalled = beforeTask.find((event) => event.workflowExecutionSignaledEventAttributes);
  const started = all.find(
    ({ activityTaskStartedEventAttributes: one }) => one && Number(one.scheduledEventId) === Number(scheduled.eventId),
  );
  if (!taskStarted || !signalled || !started) return undefined;
  const readAtMs = readAtMsOf(signalled);
  const times = [signalled, taskStarted, scheduled, started].map(atMs) as [number, number, number, number];
  return {
    poll: readAtMs - ringsAtMs,
    signal: times[0] - readAtMs,
    'task waits': times[1] - times[0],
    task: times[2] - times[1],
    'activity waits': times[3] - times[2],
    'activity, HTTP': arrivedAtMs - times[3],
    all: arrivedAtMs - ringsAtMs,
  };
}

function readAtMsOf({ workflowExecutionSignaledEventAttributes: signal }: HistoryEvent): number {
  const data = Buffer.from(signal?.input?.payloads?.[0]?.data ?? []).toString();
  return (JSON.parse(data) as { readAtMs: number }).readAtMs;
}

function atMs({ eventTime }: HistoryEvent): number {
  return Number(eventTime?.seconds) * 1_000 + Number(eventTime?.nanos) / 1e6;
}
