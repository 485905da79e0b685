import { asyncLocalStorage } from '@temporalio/activity';

/** When the activity that is being done was scheduled, ms since the epoch, by Temporal's clock; outside of one: now. */
export const askedForAtMs = (): number => asyncLocalStorage.getStore()?.info.scheduledTimestampMs ?? Date.now();

/** Since then: it may have waited for a worker, and for other attempts. */
export const waitedBeforeMs = (): number => Math.max(0, Date.now() - askedForAtMs());
