import type { SettingsStore } from '../activities/store/settings.ts';
import { type BackfillOrder, isSensiblePeriod } from '../proto/backfill.ts';
import type { BackfillActors } from './backfill-actors.ts';

/** Why calls of the past can't be brought, beside the licence. */
export type BackfillRefusal = 'backfill-period' | 'backfill-observed' | 'backfill-open';

interface BackfillMeans {
  settingsStore: Pick<SettingsStore, 'latest'>;
  backfillActors: Pick<BackfillActors, 'begin'>;
}

/**
 * Begins what makes sense. Whether the licence allows it is asked before, by whoever tells that in their own words.
 *
 * @param accountId of the PBX
 * @returns its id, or why it was not begun
 * @throws if nobody answers, see `isNoAnswer`
 */
export async function beginBackfill(
  order: BackfillOrder,
  accountId: string,
  askedBy: string,
  { settingsStore, backfillActors }: BackfillMeans,
): Promise<{ id: number } | { refusal: BackfillRefusal }> {
  const { pbxId, choice } = order;
  if ('period' in choice && !isSensiblePeriod(choice.period, Date.now())) return { refusal: 'backfill-period' };
  const { observedPbxs = {} } = (await settingsStore.latest(accountId))?.settings ?? {};
  const observed = Object.hasOwn(observedPbxs, pbxId) ? observedPbxs[pbxId] : undefined;
  // of calls before that time nothing is written
  const isObserved = observed && (observed.until === null || Date.parse(observed.until) > Date.now());
  if (isObserved) return { refusal: 'backfill-observed' };
  const id = await backfillActors.begin(order, accountId, askedBy);
  return id === undefined ? { refusal: 'backfill-open' } : { id };
}
