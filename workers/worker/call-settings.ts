import { type KnownPbxs, UnknownPbx } from '../../activities/store/pbxs.ts';
import type { SettingsStore } from '../../activities/store/settings.ts';
import type { LicenceOfCall } from '../../proto/licence/of-call.ts';
import type { PhonesShown } from '../../proto/phone.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { employeesAsSet, type SettingsSeed, settingsOfCall } from '../../proto/settings-of-call.ts';
import { promisedToday } from '../../workflows/promised.ts';
import type { EmployeeDirectory } from './employees.ts';

/**
 * The settings that a new call begins with.
 *
 * @param pbxs each with the amoCRM account in which its calls are told
 * @param directoryOf who has which phone by the users' own numbers in this account
 * @param licenceOf what the licence lets a call of this PBX do
 * @param phones to whoever looks into Temporal
 */
export function createCallSettings(
  seed: SettingsSeed,
  pbxs: Pick<KnownPbxs, 'find'>,
  store: SettingsStore,
  directoryOf: (accountId: string) => EmployeeDirectory,
  licenceOf: (pbxId: string) => Promise<LicenceOfCall>,
  phones: PhonesShown = 'masked',
) {
  return async (pbxId: string): Promise<CallSettings> => {
    const pbx = await pbxs.find(pbxId);
    if (!pbx) throw new UnknownPbx(pbxId);
    const [latest, licence] = await Promise.all([store.latest(pbx.accountId), licenceOf(pbxId)]);
    const settings = latest?.settings;
    const directory = directoryOf(pbx.accountId);
    const asSet = employeesAsSet(pbx.accountId, settings, seed);
    const { employees, inactiveUsers } = asSet
      ? { employees: asSet, inactiveUsers: (await directory.glance())?.inactiveUsers ?? [] }
      : await directory.read();
    const ofCall = settingsOfCall(pbx, settings, { employees, inactiveUsers, language: seed.language });
    return { ...ofCall, ...(phones === 'full' && { phonesInFull: true }), licence, promised: [...promisedToday] };
  };
}
