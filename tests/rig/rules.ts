import type { AccountSettings } from '../../proto/account-settings.ts';
import { defaultRules } from '../../proto/default-rules.ts';
import type { Rule, RuleAction, RuleCondition } from '../../proto/rule.ts';
import type { Installation } from './installation.ts';
import { saveSettings } from './settings.ts';

/** What an account's settings ask for, as tests set it. */

/** Extensions, and who sits there in amoCRM. */
export const employees: Record<string, number> = { '101': 504141, '102': 504142 };

const untouched: AccountSettings = {
  ...{ language: 'en', employees, pbxs: {}, calendars: [], numberLists: [] },
  rules: [...defaultRules],
};

/** From the next call on. */
export async function setRules(
  house: Installation,
  rules: Rule[],
  changes: Partial<AccountSettings> = {},
): Promise<void> {
  const { accountId } = house;
  await saveSettings(house.store.pool, accountId, { ...untouched, rules, ...changes });
}

let ruleCount = 0;
/** At the end of a call if `when` names no other moment. */
export const rule = (actions: RuleAction[], when: Partial<RuleCondition> = {}): Rule => ({
  ...{ id: `rule-${ruleCount++}`, name: 'A rule', enabled: true, actions },
  when: { phase: 'call_ended', ...when },
});

export const card = { do: 'show-card' } satisfies RuleAction;
export const register = { do: 'register-call', responsible: ['last-talked', 'first-rung'] } satisfies RuleAction;
export const contact = {
  do: 'create-contact',
  responsible: ['first-rung'],
  name: 'Caller {{phone}}',
} satisfies RuleAction;
export const lead = {
  do: 'create-lead',
  responsible: ['first-rung'],
  name: 'Call {{phone}}',
  tags: ['call'],
} satisfies RuleAction;
export const incomingLead = {
  do: 'create-incoming-lead',
  responsible: [],
  name: 'Call {{phone}}',
} satisfies RuleAction;
export const task = {
  do: 'create-task',
  responsible: ['first-rung'],
  text: 'Call {{phone}}',
  dueMinutes: 60,
} satisfies RuleAction;
