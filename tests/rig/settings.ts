import type { Pool } from 'mysql2/promise';
import type { Pbx } from '../../activities/store/pbxs.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createSettingsChanges } from '../../activities/store/settings-changes.ts';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { sectionsBetween } from '../../proto/settings-change.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';

/** Lets these settings hold from the next call on, as the account's actor does. @returns their version */
export async function saveSettings(pool: Pool, accountId: string, settings: AccountSettings): Promise<number> {
  const changes = createSettingsChanges(pool, 'ru');
  const latest = await createSettingsStore(pool).latest(accountId);
  const sections = sectionsBetween(latest?.settings ?? untouchedSettings('ru'), settings);
  const change = { accountId, basedOn: latest?.version ?? 0, sections, author: 'test' };
  const pbxs = Object.keys({ ...settings.pbxs, ...settings.observedPbxs, ...settings.routing }).map(
    (id) => ({ id, accountId }) as Pbx,
  );
  const outcome = await changes.adopt(await changes.propose(change), pbxs);
  if (outcome.outcome !== 'saved') throw new Error(JSON.stringify(outcome));
  return outcome.version;
}
