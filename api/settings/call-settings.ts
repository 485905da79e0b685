import type { Pbx } from '../../activities/store/pbxs.ts';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { employeesByOwnPhones } from '../../proto/catalogue.ts';
import { defaultExtensionPattern } from '../../proto/default-pbx.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { employeesAsSet, settingsOfCall } from '../../proto/settings-of-call.ts';
import type { ApiTools } from '../tools.ts';

interface SettingsNow {
  /** Of the account; undefined while nothing was ever set. */
  settings: AccountSettings | undefined;
  /** As a call of this PBX that begins now would have them. */
  ofCall: CallSettings;
}

/** What holds now for a PBX. amoCRM is not asked: who works there is what it has last told. */
export function createCallSettings({ settingsStore, catalogues, seed }: ApiTools) {
  return async (pbx: Pbx): Promise<SettingsNow> => {
    const { accountId } = pbx;
    const [latest, catalogue] = await Promise.all([settingsStore.latest(accountId), catalogues.read(accountId)]);
    const settings = latest?.settings;
    const users = catalogue?.users ?? [];
    const ofCall = settingsOfCall(pbx, settings, {
      employees: employeesAsSet(accountId, settings, seed) ?? employeesByOwnPhones(users, defaultExtensionPattern),
      inactiveUsers: users.filter(({ isActive }) => !isActive).map(({ id }) => id),
      language: seed.language,
    });
    return { settings, ofCall };
  };
}
