import fc from 'fast-check';
import { defaultPbx } from '../../../proto/default-pbx.ts';
import type { Rule, RuleAction, RuleCondition } from '../../../proto/rule.ts';
import { answered, missed } from '../../../tests/recorded/sample-calls.ts';
import type { Case } from './case.ts';
import { judgedRules } from './judging.ts';
import { firstAction, fits } from './matching.ts';

const caseOf = (rules: Rule[], call = answered): Case => ({
  call,
  settings: {
    ...{ accountId: 'acme.amocrm.ru', pbx: defaultPbx('main', 'Europe/Moscow'), employees: {}, language: 'ru' },
    rules,
  },
  about: { client: null, lists: ['vip'] },
});

const card: RuleAction = { do: 'show-card' };
const register: RuleAction = { do: 'register-call', responsible: [] };
const done: RuleAction = { do: 'complete-task' };
const rule = (id: string, actions: RuleAction[], when: Partial<RuleCondition> = {}, enabled = true): Rule => ({
  ...{ id, name: id, enabled, actions },
  when: { phase: 'call_ended', ...when },
});

const told = (rules: Rule[], call = answered) =>
  judgedRules('call_ended', caseOf(rules, call)).map(({ rule: { id }, unmet, decides }) => [id, unmet, decides]);

it('tells of each rule what the call does not meet, and for which actions it decides', () => {
  const rules = [
    rule('early', [card], { phase: 'requested' }),
    rule('off', [register], {}, false),
    rule('vain', [register], { result: ['missed'], talkedSeconds: { below: 10 }, clientKnown: true }),
    rule('vip', [register], { inLists: ['vip'] }),
    rule('all', [register, done]),
  ];
  expect(told(rules)).toEqual([
    ['off', [], []],
    ['vain', ['result', 'clientKnown', 'talkedSeconds'], []],
    ['vip', [], ['register-call']],
    ['all', [], ['complete-task']],
  ]);
  expect(told(rules, { ...missed, externalNumber: '7999' })).toContainEqual(['vain', ['clientKnown'], []]);
});

it('says the same as the decision itself, whatever the rules', () => {
  const when = fc.record(
    {
      direction: fc.constantFrom<RuleCondition['direction'][]>(['inbound'], ['outbound']),
      result: fc.constantFrom<RuleCondition['result'][]>(['answered'], ['missed', 'busy']),
      clientKnown: fc.boolean(),
      dids: fc.constantFrom(['74951230001'], ['1']),
      extensions: fc.constantFrom(['102'], ['999']),
      lostInIvr: fc.boolean(),
      notInLists: fc.constantFrom(['vip'], ['spam']),
      calendar: fc.constant({ id: 'gone', is: 'open' as const }),
    },
    { requiredKeys: [] },
  );
  const rules = fc.array(
    fc
      .tuple(fc.subarray([register, done], { minLength: 1 }), when, fc.boolean())
      .map(([actions, wanted, enabled]) => rule('one', actions, wanted as unknown as Partial<RuleCondition>, enabled)),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(rules, fc.constantFrom(answered, missed), (given, call) => {
      const of = caseOf(given, call);
      const judged = judgedRules('call_ended', of);
      for (const {
        rule: { when: wanted },
        unmet,
      } of judged)
        expect(unmet.length === 0).toBe(fits(wanted, of));
      for (const kind of ['register-call', 'complete-task'] as const) {
        const decider = judged.find(({ decides }) => decides.includes(kind));
        expect(decider?.rule.actions.find((action) => action.do === kind)).toBe(firstAction(kind, 'call_ended', of));
      }
    }),
  );
});
