import type { SettingsStore } from '../../activities/store/settings.ts';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import { defaultRules } from '../../proto/default-rules.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { readUtcTime } from '../../proto/utc-time.ts';
import type { EmployeeDirectory } from './employees.ts';

/** What the environment says, for as long as nothing was set. */
export interface SettingsSeed {
  accountId: string;
  pbxId: string;
  timezone: string;
  language: CallSettings['language'];
  employees: CallSettings['employees'] | undefined;
}

/** More strangers in an hour than any number of a small firm has. */
const defaultMostNewPerHour = 100;

/**
 * The settings that a new call begins with.
 *
 * @param directory who has which phone by the users' own numbers in amoCRM
 */
export function createCallSettings(seed: SettingsSeed, store: SettingsStore, directory: EmployeeDirectory) {
  return async (pbxId: string): Promise<CallSettings> => {
    if (pbxId !== seed.pbxId) throw new Error(`This worker serves the PBX ${seed.pbxId}, not ${pbxId}: check PBX_ID.`);
    const settings = (await store.latest(seed.accountId))?.settings;
    const employees = settings === undefined ? seed.employees : (settings.employees ?? undefined);
    return {
      accountId: seed.accountId,
      pbx: { ...defaultPbx(pbxId, seed.timezone), ...settings?.pbxs[pbxId] },
      employees: employees ?? (await directory.read()).employees,
      inactiveUsers: directory.glance()?.inactiveUsers ?? [],
      language: settings?.language ?? seed.language,
      rules: settings?.rules ?? [...defaultRules],
      calendars: settings?.calendars ?? [],
      mostNewPerHour: settings?.mostNewPerHour ?? defaultMostNewPerHour,
      ...(settings?.decisionHook && { decisionHook: settings.decisionHook }),
      ...observedField(pbxId, settings?.observedPbxs),
    };
  };
}

/** A time that is over still holds for calls from before it that are read late. */
function observedField(
  pbxId: string,
  observedPbxs: AccountSettings['observedPbxs'] = {},
): Pick<CallSettings, 'observed'> {
  const observed = Object.hasOwn(observedPbxs, pbxId) ? observedPbxs[pbxId] : undefined;
  return observed
    ? { observed: { untilMs: observed.until === null ? null : (readUtcTime(observed.until) ?? null) } }
    : {};
}
