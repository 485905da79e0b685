import type { Client } from '@temporalio/client';

export type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];

type Payloads = { payloads?: { data?: Uint8Array | null }[] | null } | null | undefined;

/** The first of them, which is JSON. */
export const decoded = <T>(input: Payloads): T =>
  JSON.parse(Buffer.from(input?.payloads?.[0]?.data ?? []).toString()) as T;

/** ms UTC. */
export const atMs = ({ eventTime }: HistoryEvent): number => millis(eventTime ?? {});
export const millis = ({ seconds = 0, nanos = 0 }: { seconds?: unknown; nanos?: unknown }): number =>
  Number(seconds) * 1_000 + Number(nanos) / 1e6;

/** What Temporal's library notes of a local activity; when it was completed it tells by a clock of its own. */
export interface LocalActivity {
  activity_type: string;
  activity_id: string;
  original_schedule_time: { seconds: number; nanos: number };
}

/** undefined: the event is no marker of one. */
export function localActivityOf({ markerRecordedEventAttributes: marker }: HistoryEvent): LocalActivity | undefined {
  return marker?.markerName === 'core_local_activity' ? decoded(marker.details?.data) : undefined;
}
