import { asyncLocalStorage } from '@temporalio/activity';

/** When the activity that is being done was scheduled, ms since the epoch, by Temporal's clock; outside of one: now. */
export const askedForAtMs = (): number => asyncLocalStorage.getStore()?.info.scheduledTimestampMs ?? Date.now();

/** The same by this process' own clock that never jumps: it may have waited for a worker, and for other attempts. */
export const neededSinceMs = (): number => performance.now() - Math.max(0, Date.now() - askedForAtMs());

/** Aborted when nobody wants any more what the activity is about; outside of one: never. */
export const givenUp = (): AbortSignal => asyncLocalStorage.getStore()?.cancellationSignal ?? never;
const never = new AbortController().signal;
