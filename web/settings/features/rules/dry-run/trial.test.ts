import type { Call } from '../../../../../proto/call.ts';
import { defaultPbx } from '../../../../../proto/default-pbx.ts';
import { defaultRules } from '../../../../../proto/default-rules.ts';
import type { Rule, RuleAction, RuleCondition } from '../../../../../proto/rule.ts';
import type { CallSettings } from '../../../../../proto/settings.ts';
import { recordedScenarios, recordedTrace, usable } from '../../../../../tests/recorded/recorded-trace.ts';
import { answered, conversation, missed } from '../../../../../tests/recorded/sample-calls.ts';
import type { Case } from '../../../../../workflows/call/decide/case.ts';
import { decideEnd, decideLive } from '../../../../../workflows/call/decide/decide.ts';
import { addRows, conclude, noFacts } from '../../../../../workflows/call/interpret/index.ts';
import { compare } from './comparison.ts';
import { tryRules } from './trial.ts';

const employees = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [String(100 + index), 504_100 + index]));
const settings: CallSettings = {
  ...{ accountId: 'acme.amocrm.ru', pbx: defaultPbx('main', 'Europe/Moscow'), employees, language: 'en' },
  rules: [...defaultRules],
};
const caseOf = (call: Call, rules: readonly Rule[] = defaultRules): Case => ({
  call,
  settings: { ...settings, rules: [...rules] },
  about: { client: null, lists: [] },
});
const rule = (id: string, actions: RuleAction[], when: Partial<RuleCondition> = {}): Rule => ({
  ...{ id, name: id, enabled: true, actions },
  when: { phase: 'call_ended', ...when },
});
const hookAt = (phase: RuleCondition['phase'], when: Partial<RuleCondition> = {}) =>
  rule(phase, [{ do: 'call-hook', hook: phase }], { ...when, phase });
const deedsOf = (of: Case) =>
  tryRules(of).flatMap(({ phase, deeds }) => deeds.map(({ kind, ruleId }) => `${phase} ${kind} by ${ruleId}`));

/** As the call's actor decides, with each row that comes. @returns by linkedid */
function livePlayed(scenario: string, rules: readonly Rule[]) {
  const { rows, pbx } = usable(recordedTrace(scenario));
  const facts = noFacts(rows[0]?.linkedid ?? '');
  const done = new Map<string, Set<string>>();
  let calls: Call[] = [];
  for (const row of rows) {
    addRows(facts, [row]);
    calls = conclude(facts, pbx);
    for (const call of calls) {
      const { cards, deeds } = decideLive(caseOf(call, rules), true);
      const effects = done.get(call.linkedid) ?? new Set<string>();
      for (const { effect } of [...cards, ...deeds.flatMap(({ hooks }) => hooks)]) effects.add(effect);
      done.set(call.linkedid, effects);
    }
  }
  return { calls, done };
}

it.each(recordedScenarios)(
  'of the call %s it tells the cards and hooks that its actor would have come to',
  (scenario) => {
    const rules = [
      ...defaultRules,
      hookAt('requested', { direction: ['inbound'] }),
      hookAt('accepted'),
      hookAt('transferred'),
    ];
    const { calls, done } = livePlayed(scenario, rules);
    for (const call of calls) {
      const effects = tryRules(caseOf(call, rules))
        .filter(({ phase }) => phase !== 'call_ended')
        .flatMap(({ deeds }) => deeds.map(({ outcome }) => ('effect' in outcome ? outcome.effect : '')));
      expect(effects.toSorted()).toEqual([...(done.get(call.linkedid) ?? [])].toSorted());
    }
  },
);

it('tells of each deed by which rule, and what its end comes to as it is decided', () => {
  expect(deedsOf(caseOf(answered))).toEqual([
    'requested show-card by card-while-ringing',
    'requested show-card by card-while-ringing',
    'call_ended register-call by register-calls',
    'call_ended create-contact by register-calls',
    'call_ended complete-task by task-done-by-talk',
  ]);
  const end = tryRules(caseOf(missed)).at(-1);
  expect(end?.deeds.map(({ outcome }) => outcome)).toEqual([
    decideEnd(caseOf(missed)).registration,
    decideEnd(caseOf(missed)).contact,
    decideEnd(caseOf(missed)).task,
  ]);
});

it('several changes of one client come from several rules', () => {
  const rules = [
    rule('tags', [{ do: 'add-tags', tags: ['a'], to: 'client' }]),
    rule('owner', [{ do: 'set-responsible', responsible: [{ userId: 7 }], of: 'client' }]),
    rule('stage', [{ do: 'change-status', pipelineId: 1, statusId: 2 }]),
  ];
  expect(deedsOf(caseOf(answered, rules))).toEqual([
    'call_ended add-tags by tags',
    'call_ended set-responsible by owner',
    'call_ended change-status by stage',
  ]);
});

it('a moment that the call did not come to is told as such', () => {
  expect(tryRules(caseOf(missed)).map(({ phase, isReached }) => [phase, isReached])).toEqual([
    ['requested', true],
    ['accepted', false],
    ['transferred', false],
    ['call_ended', true],
  ]);
});

it('while a phone rings nothing is known of what came after', () => {
  const early = (when: Partial<RuleCondition>) => deedsOf(caseOf(answered, [hookAt('requested', when)]));
  const [ringing] = tryRules(
    caseOf({ ...answered, conversations: [conversation('101', { requestedAtMs: answered.startedAtMs })] }),
  );
  expect(ringing?.of.call).toMatchObject({ result: null, answeredAtMs: null, talkSeconds: 0, waitSeconds: 0 });
  // what fits by the end only is done then: nothing of a moment that lies behind is forgotten
  expect(early({ waitedSeconds: { from: 3 } })).toEqual(['requested call-hook by requested']);
  expect(early({ waitedSeconds: { from: 3_000 } })).toEqual([]);
});

it('nothing is done with a call that belongs to no client, whatever the rules', () => {
  const trials = tryRules(caseOf({ ...answered, direction: 'internal' }, [...defaultRules, hookAt('accepted')]));
  expect(trials.flatMap(({ deeds }) => deeds)).toEqual([]);
  expect(trials.at(-1)?.notRegistered).toMatch(/internal/i);
});

it('what would be otherwise is marked on both sides, by which rule does not matter', () => {
  const task = (dueMinutes: number): RuleAction => ({ do: 'create-task', responsible: [], text: 'x', dueMinutes });
  const card = rule('card', [{ do: 'show-card' }], { phase: 'requested' });
  const before = [rule('one', [{ do: 'register-call', responsible: [] }]), rule('task', [task(60)])];
  const after = [rule('two', [{ do: 'register-call', responsible: [] }]), rule('task', [task(10)]), card];
  const marks = (phase: number) => {
    const [saved, edited] = [before, after].map((rules) => tryRules(caseOf(missed, rules))[phase]?.deeds ?? []);
    const compared = compare(saved ?? [], edited ?? []);
    return [compared.saved, compared.edited].map((side) => side.map(({ deed, difference }) => [deed.kind, difference]));
  };
  const end = [
    ['register-call', undefined],
    ['create-task', 'otherwise'],
  ];
  expect(marks(3)).toEqual([end, end]);
  expect(marks(0)[1]).toEqual([
    ['show-card', 'new'],
    ['show-card', 'new'],
  ]);
  expect(
    compare(tryRules(caseOf(missed, before))[3]?.deeds ?? [], []).saved.map(({ difference }) => difference),
  ).toEqual(['gone', 'gone']);
});
