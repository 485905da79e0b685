import fc from 'fast-check';
import type { Call } from '../../proto/call.ts';
import type { AboutClient } from '../../proto/client.ts';
import type { CreateContact, Deeds, EndDecision } from '../../proto/crm-action.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import {
  isTimely,
  type Responsible,
  type Rule,
  type RuleAction,
  type RuleCondition,
  RulePhase,
} from '../../proto/rule.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { answered, missed } from '../../tests/recorded/sample-calls.ts';
import { decisionOfBackfill, settingsOfBackfill } from './backfilled.ts';
import { decideEnd, decideReached } from './decide/decide.ts';

const responsible = fc.subarray<Responsible>(['clients-own', 'last-talked', 'first-rung', { userId: 504149 }]);
const name = fc.constantFrom('{{phone}}', '{{client}} at {{did}}');
const action: fc.Arbitrary<RuleAction> = fc.oneof(
  fc.record({
    ...{ do: fc.constant('register-call' as const), responsible },
    attachTo: fc.constantFrom('as-amocrm', 'newest-lead', 'client'),
  }),
  fc.record({ do: fc.constant('create-contact' as const), responsible, name }),
  fc.record({ do: fc.constant('create-lead' as const), responsible, name }),
  fc.record({ do: fc.constant('create-incoming-lead' as const), responsible, name }),
  fc.record({ do: fc.constant('create-task' as const), responsible, text: name, dueMinutes: fc.constant(5) }),
  fc.record({ do: fc.constant('set-responsible' as const), responsible, of: fc.constantFrom('client', 'lead') }),
  fc.constantFrom<RuleAction>(
    { do: 'complete-task' },
    { do: 'show-card' },
    { do: 'call-hook', hook: 'crm' },
    { do: 'add-tags', tags: ['called'], to: 'lead' },
    { do: 'change-status', pipelineId: 1, statusId: 2 },
  ),
);
const when: fc.Arbitrary<RuleCondition> = fc.record(
  {
    phase: fc.constantFrom(...RulePhase.anyOf.map((one) => one.const)),
    result: fc.constantFrom(['answered'], ['missed']),
    clientKnown: fc.boolean(),
  },
  { requiredKeys: ['phase'] },
);
const rule: fc.Arbitrary<Rule> = fc
  .record({ when, enabled: fc.boolean(), actions: fc.array(action, { minLength: 1, maxLength: 4 }) })
  .map(({ when, enabled, actions }) => ({
    ...{ id: 'a-rule', name: 'A rule', enabled, when },
    actions: actions.filter((one) => isTimely(one.do, when.phase)),
  }));
const call = fc.constantFrom<Call>(answered, missed, { ...answered, direction: 'outbound' });
const about = fc.constantFrom<AboutClient>(
  { client: null, lists: [] },
  {
    client: {
      ...{ entityType: 'contacts', entityId: 7, name: 'Ivan', responsibleUserId: 504143 },
      ...{ openLeadIds: null, hasCustomers: false },
    },
    lists: [],
  },
);
const settingsWith = (rules: Rule[]): CallSettings => ({
  ...{ accountId: 'acme.amocrm.ru', pbx: defaultPbx('main', 'Europe/Moscow'), language: 'en', rules },
  ...{ employees: { '101': 504141, '102': 504142 }, mostNewPerHour: 3 },
});

/** Who becomes a contact at a moment of the call. */
const contactIn = ({ contact, lead }: Deeds): CreateContact | undefined => contact ?? lead?.contact;

it('the calls alone are registered as by the whole rules, with the same contacts, and nothing else is done', () => {
  const mode = { scope: 'records' as const, leaveOthers: false };
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 5 }), call, about, (rules, call, about) => {
      const settings = settingsWith(rules);
      const of = { call, about, settings: settingsOfBackfill(settings, mode) };
      const [whole, bare] = [decideEnd({ ...of, settings }), decideEnd(of)];
      expect(bare.registration).toEqual(whole.registration);
      expect(bare.notRegistered).toEqual(whole.notRegistered);
      expect(bare.incomingLead).toEqual(whole.incomingLead);
      const [wholeWay, bareWay] = [decideReached({ ...of, settings }), decideReached(of)];
      expect([...bareWay, bare].map(contactIn)).toEqual([...wholeWay, whole].map(contactIn));
      for (const deeds of [...bareWay, bare]) expect(deeds).toMatchObject({ changes: [], hooks: [] });
      for (const deeds of [...bareWay, bare]) expect(deeds.lead).toBeUndefined();
      expect(bare.task).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

it('where everything is wanted the rules stay, and the brake holds neither way', () => {
  const rules: Rule[] = [
    { id: 'a', name: 'A', enabled: true, when: { phase: 'call_ended' }, actions: [{ do: 'complete-task' }] },
  ];
  const { mostNewPerHour: _, ...others } = settingsWith(rules);
  expect(settingsOfBackfill(settingsWith(rules), { scope: 'everything', leaveOthers: true })).toEqual(others);
  expect(settingsOfBackfill(settingsWith(rules), { scope: 'records', leaveOthers: true })).not.toHaveProperty(
    'mostNewPerHour',
  );
});

it('what a decision hook adds to the calls alone is not done; who becomes a contact with a lead still does', () => {
  const contact: CreateContact = { kind: 'create-contact', phone: '79161234567', name: 'Ivan' };
  const decision: EndDecision = {
    lead: { kind: 'create-lead', phone: contact.phone, name: 'Lead', tags: [], contact },
    changes: [
      { kind: 'change', effect: 'change:lead:call_ended', phone: contact.phone, target: 'lead', tags: ['vip'] },
    ],
    hooks: [],
    task: { kind: 'complete-task', phone: contact.phone, resultText: 'Answered' },
  };
  const left = decisionOfBackfill(decision, { scope: 'records', leaveOthers: false });
  expect(left).toEqual({ contact, changes: [], hooks: [] });
  expect(decisionOfBackfill(decision, { scope: 'everything', leaveOthers: false })).toBe(decision);
  expect(decisionOfBackfill(decision, undefined)).toBe(decision);
});
