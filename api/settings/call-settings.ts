import type { Pbx } from '../../activities/store/pbxs.ts';
import type { AccountSettings } from '../../proto/account-settings.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { settingsOfCall } from '../../proto/settings-of-call.ts';
import type { ApiTools } from '../tools.ts';

interface SettingsNow {
  /** Of the account; undefined while nothing was ever set. */
  settings: AccountSettings | undefined;
  /** As a call of this PBX that begins now would have them. */
  ofCall: CallSettings;
}

/** What holds now for a PBX. amoCRM is not asked: who works there is what it has last told. */
export function createCallSettings({ settingsStore, peopleOf, seed }: ApiTools) {
  return async (pbx: Pbx): Promise<SettingsNow> => {
    const [latest, { employees, inactiveUsers }] = await Promise.all([
      settingsStore.latest(pbx.accountId),
      peopleOf(pbx.accountId),
    ]);
    const settings = latest?.settings;
    return { settings, ofCall: settingsOfCall(pbx, settings, { employees, inactiveUsers, language: seed.language }) };
  };
}
