import type { AccountSettings } from './account-settings.ts';
import { defaultPbx } from './default-pbx.ts';
import { defaultRules } from './default-rules.ts';
import type { CallSettings } from './settings.ts';
import { readUtcTime } from './utc-time.ts';

/** More strangers in an hour than any number of a small firm has. */
const defaultMostNewPerHour = 100;

/** What the environment says, for as long as nothing was set. */
export interface SettingsSeed {
  language: CallSettings['language'];
  /** The account whose users these employees are; undefined if the environment names none. */
  accountId: string | undefined;
  employees: CallSettings['employees'] | undefined;
}

/**
 * Extension → user, as somebody has set it; undefined if the users' own phone numbers tell.
 *
 * @param settings undefined while nothing was ever set
 */
export function employeesAsSet(
  accountId: string,
  settings: AccountSettings | undefined,
  seed: Pick<SettingsSeed, 'accountId' | 'employees'>,
): CallSettings['employees'] | undefined {
  if (settings === undefined) return accountId === seed.accountId ? seed.employees : undefined;
  return settings.employees ?? undefined;
}

/**
 * The settings that a call of this PBX begins with.
 *
 * @param settings of its account; undefined while nothing was ever set
 */
export function settingsOfCall(
  pbx: { id: string; accountId: string; timezone: string },
  settings: AccountSettings | undefined,
  { language, ...people }: Pick<CallSettings, 'employees' | 'inactiveUsers' | 'language'>,
): CallSettings {
  return {
    accountId: pbx.accountId,
    pbx: { ...defaultPbx(pbx.id, pbx.timezone), ...settings?.pbxs[pbx.id] },
    ...people,
    language: settings?.language ?? language,
    rules: settings?.rules ?? [...defaultRules],
    calendars: settings?.calendars ?? [],
    mostNewPerHour: settings?.mostNewPerHour ?? defaultMostNewPerHour,
    ...(settings?.widgetCards !== undefined && { widgetCards: settings.widgetCards }),
    ...(settings?.numbers && { numbers: settings.numbers }),
    ...(settings?.decisionHook && { decisionHook: settings.decisionHook }),
    ...observedField(pbx.id, settings?.observedPbxs),
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
