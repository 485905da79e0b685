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
  /** Until a worker had taken up the card's activity; nothing for what was shown within the task. */
  'activity waits': number;
  /** Until amoCRM had the request: marks, place among those of a second, HTTP. */
  'marks, HTTP': number;
  all: number;
}

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];

/** @param arrivedAtMs the request at amoCRM. @returns undefined if this call had no card */
export function wayOfCard({ events }: History, { ringsAtMs }: Arrival, arrivedAtMs: number): WayOfCard | undefined {
  const all = events ?? [];
  const decision = all.find((event) => triedAtMs(event) !== undefined || isCardActivity(event));
  if (!decision || ringsAtMs === undefined) return undefined;
  const before = all.slice(0, all.indexOf(decision)).reverse();
  const taskStarted = before.find((event) => event.workflowTaskStartedEventAttributes);
  const beforeTask = taskStarted ? before.slice(before.indexOf(taskStarted)) : [];
  const signalled = beforeTask.find((event) => event.workflowExecutionSignaledEventAttributes);
  if (!taskStarted || !signalled) return undefined;
  const readAtMs = readAtMsOf(signalled);
  const decidedAtMs = triedAtMs(decision) ?? atMs(decision);
  const startedAtMs = activityStartedAtMs(all) ?? decidedAtMs;
  const takenUpAtMs = startedAtMs < arrivedAtMs ? startedAtMs : decidedAtMs; // it had left before
  return {
    poll: readAtMs - ringsAtMs,
    signal: atMs(signalled) - readAtMs,
    'task waits': atMs(taskStarted) - atMs(signalled),
    task: decidedAtMs - atMs(taskStarted),
    'activity waits': takenUpAtMs - decidedAtMs,
    'marks, HTTP': arrivedAtMs - takenUpAtMs,
    all: arrivedAtMs - ringsAtMs,
  };
}

const isCardActivity = ({ activityTaskScheduledEventAttributes: scheduled }: HistoryEvent): boolean =>
  scheduled?.activityType?.name === 'showCards';

/** When it was begun to show it within the task, as Temporal's library notes it; undefined for any other event. */
function triedAtMs({ markerRecordedEventAttributes: marker }: HistoryEvent): number | undefined {
  const data = marker?.details?.data?.payloads?.[0]?.data;
  if (marker?.markerName !== 'core_local_activity' || !data) return undefined;
  const tried = JSON.parse(Buffer.from(data).toString()) as {
    activity_type: string;
    original_schedule_time: { seconds: number; nanos: number };
  };
  return tried.activity_type === 'showCardsAtOnce' ? millis(tried.original_schedule_time) : undefined;
}

function activityStartedAtMs(all: readonly HistoryEvent[]): number | undefined {
  const scheduled = all.find(isCardActivity);
  const started = all.find(
    ({ activityTaskStartedEventAttributes: one }) => one && Number(one.scheduledEventId) === Number(scheduled?.eventId),
  );
  return started && atMs(started);
}

function readAtMsOf({ workflowExecutionSignaledEventAttributes: signal }: HistoryEvent): number {
  const data = Buffer.from(signal?.input?.payloads?.[0]?.data ?? []).toString();
  return (JSON.parse(data) as { readAtMs: number }).readAtMs;
}

const atMs = ({ eventTime }: HistoryEvent): number => millis(eventTime ?? {});
const millis = ({ seconds = 0, nanos = 0 }: { seconds?: unknown; nanos?: unknown }): number =>
  Number(seconds) * 1_000 + Number(nanos) / 1e6;
