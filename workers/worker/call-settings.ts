import { type KnownPbxs, UnknownPbx } from '../../activities/store/pbxs.ts';
import type { SettingsStore } from '../../activities/store/settings.ts';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import { defaultRules } from '../../proto/default-rules.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { readUtcTime } from '../../proto/utc-time.ts';
import type { EmployeeDirectory } from './employees.ts';

/** What the environment says, for as long as nothing was set. */
export interface SettingsSeed {
  language: CallSettings['language'];
  /** The account whose users these employees are. */
  accountId: string;
  employees: CallSettings['employees'] | undefined;
}

/** More strangers in an hour than any number of a small firm has. */
const defaultMostNewPerHour = 100;

/**
 * The settings that a new call begins with.
 *
 * @param pbxs each with the amoCRM account in which its calls are told
 * @param directoryOf who has which phone by the users' own numbers in this account
 */
export function createCallSettings(
  seed: SettingsSeed,
  pbxs: Pick<KnownPbxs, 'find'>,
  store: SettingsStore,
  directoryOf: (accountId: string) => EmployeeDirectory,
) {
  return async (pbxId: string): Promise<CallSettings> => {
    const pbx = await pbxs.find(pbxId);
    if (!pbx) throw new UnknownPbx(pbxId);
    const { accountId, timezone } = pbx;
    const settings = (await store.latest(accountId))?.settings;
    const directory = directoryOf(accountId);
    const seeded = accountId === seed.accountId ? seed.employees : undefined;
    const employees = settings === undefined ? seeded : (settings.employees ?? undefined);
    return {
      accountId,
      pbx: { ...defaultPbx(pbxId, timezone), ...settings?.pbxs[pbxId] },
      employees: employees ?? (await directory.read()).employees,
      inactiveUsers: (await directory.glance())?.inactiveUsers ?? [],
      language: settings?.language ?? seed.language,
      rules: settings?.rules ?? [...defaultRules],
      calendars: settings?.calendars ?? [],
      mostNewPerHour: settings?.mostNewPerHour ?? defaultMostNewPerHour,
      ...(settings?.numbers && { numbers: settings.numbers }),
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
