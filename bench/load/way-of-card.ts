import {
  atMs,
  decoded,
  type History,
  type HistoryEvent,
  localActivityOf,
  millis,
} from '../../tests/rig/history-events.ts';
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
function triedAtMs(event: HistoryEvent): number | undefined {
  const local = localActivityOf(event);
  return local?.activity_type === 'showCardsAtOnce' ? millis(local.original_schedule_time) : undefined;
}

function activityStartedAtMs(all: readonly HistoryEvent[]): number | undefined {
  const scheduled = all.find(isCardActivity);
  const started = all.find(
    ({ activityTaskStartedEventAttributes: one }) => one && Number(one.scheduledEventId) === Number(scheduled?.eventId),
  );
  return started && atMs(started);
}

const readAtMsOf = ({ workflowExecutionSignaledEventAttributes: signal }: HistoryEvent): number =>
  decoded<{ readAtMs: number }>(signal?.input).readAtMs;
