import type { AccountSettings } from './account-settings.ts';
import { defaultRules } from './default-rules.ts';

/** What holds as long as nobody has set anything. */
export const untouchedSettings = (language: AccountSettings['language']): AccountSettings => ({
  ...{ language, employees: null, pbxs: {}, calendars: [], numberLists: [] },
  rules: [...defaultRules],
});
