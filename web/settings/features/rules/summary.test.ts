import { defaultRules } from '../../../../proto/default-rules.ts';
import type { Rule, RuleAction, RuleCondition } from '../../../../proto/rule.ts';
import type { Names } from './names.ts';
import { nameOf, ruleInWords } from './summary.ts';

const names: Names = {
  users: [{ id: 7, name: 'Anna', phone: '101', isActive: true }],
  pipelines: [{ id: 1, name: 'Sales', isMain: true, stages: [{ id: 2, name: 'New' }] }],
  ...{ lists: [{ id: 'vip', name: 'VIP' }], calendars: [{ id: 'office', name: 'Office' }] },
  ...{ hooks: [{ id: 'crm', name: 'CRM' }], dids: [], queues: [], extensions: [] },
};
const rule = (when: Partial<RuleCondition>, ...actions: RuleAction[]): Rule => ({
  ...{ id: 'a', name: 'A', enabled: true, actions },
  when: { phase: 'call_ended', ...when },
});
const inVain: Partial<RuleCondition> = { direction: ['inbound'], result: ['missed', 'busy'] };
const task = { do: 'create-task', responsible: ['clients-own', { userId: 7 }], text: 'x', dueMinutes: 90 } as const;

const said = (one: Rule, language: 'ru' | 'en') => ruleInWords(one, names, language).replaceAll('\u00a0', ' ');

it.each<[Rule, string, string]>([
  [
    rule(inVain, { ...task, responsible: [...task.responsible] }),
    'Входящий, пропущен или занято → задача перезвонить за 1 ч 30 мин (ответственный за клиента, иначе Anna)',
    'Inbound, missed or busy → task to call back within 1 h 30 min (who is responsible for the client, else Anna)',
  ],
  [
    rule({ clientKnown: false, calendar: { id: 'office', is: 'closed' } }, { do: 'complete-task' }),
    'Клиента нет в amoCRM, в нерабочее время («Office») → задача перезвонить выполнена',
    'The client is not in amoCRM, while closed (“Office”) → task to call back is done',
  ],
  [
    rule({ waitedSeconds: { from: 10, below: 60 }, inLists: ['vip'] }, { do: 'call-hook', hook: 'crm' }),
    'Ожидание от 10 с, меньше 60 с, номер в списке «VIP» → сообщить хуку «CRM»',
    'Waited 10 s or more, less than 60 s, number on the list “VIP” → tell the hook “CRM”',
  ],
  [
    rule({}, { do: 'change-status', pipelineId: 1, statusId: 2 }),
    'Любой звонок → сделка на этап «Sales: New»',
    'Any call → lead to “Sales: New”',
  ],
  [
    rule({}, { do: 'change-status', pipelineId: 5, statusId: 6 }),
    'Любой звонок → сделка на этап «№ 5: № 6»', // amoCRM does not name them (any more)
    'Any call → lead to “№ 5: № 6”',
  ],
])('a rule is told in a sentence', (one, ru, en) => {
  expect([said(one, 'ru'), said(one, 'en')]).toEqual([ru, en]);
});

it('the usual rules have Russian names for whoever reads Russian, until they are renamed', () => {
  for (const usual of defaultRules) expect(nameOf(usual, 'ru')).toMatch(/[а-я]/);
  expect(nameOf({ id: 'register-calls', name: 'Mine' }, 'ru')).toBe('Mine');
  expect(nameOf(defaultRules[0] as Rule, 'en')).toBe(defaultRules[0]?.name);
});
