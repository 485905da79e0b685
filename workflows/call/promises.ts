import { patched } from '@temporalio/workflow';

/** By which calls that began under an earlier version go on as they began. */
type Promised = 'cards-of-talkers' | 'clicks' | 'end-at-a-glance' | 'hooks-apart';

let isOfToday = false;

/**
 * To be called before anything is waited for. A task may end with the result of a local activity; what the workflow does
 * next then stands in the next one, but a replay has it done within the first, where `patched` does not yet know of a
 * marker that comes later: no worker could go on with the call. A marker that stands before all else is always known.
 */
export function beginPromises(): void {
  isOfToday = patched('promises-first');
}

/** True but for calls that began under a version that had not promised it. */
export const holds = (promised: Promised): boolean => isOfToday || patched(promised);
