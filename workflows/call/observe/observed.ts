import type { Call } from '../../../proto/call.ts';
import { uniqueidToUtcMs } from '../../../proto/pbx-time.ts';
import type { CallSettings } from '../../../proto/settings.ts';

/** True if another product serves this call: nothing is written of it, from its beginning to its end. */
export function isObserved(
  { linkedid, startedAtMs }: Pick<Call, 'linkedid' | 'startedAtMs'>,
  { observed }: Pick<CallSettings, 'observed'>,
): boolean {
  if (!observed) return false;
  // the linkedid never changes, the beginning may as rows come
  return observed.untilMs === null || (uniqueidToUtcMs(linkedid) ?? startedAtMs) < observed.untilMs;
}
