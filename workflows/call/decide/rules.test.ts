import { Value } from 'typebox/value';
import type { Calendar } from '../../../proto/calendar.ts';
import type { Call } from '../../../proto/call.ts';
import { defaultPbx } from '../../../proto/default-pbx.ts';
import { defaultRules } from '../../../proto/default-rules.ts';
import { type Responsible, Rule, type RuleCondition } from '../../../proto/rule.ts';
import { CallSettings } from '../../../proto/settings.ts';
import { answered, conversation, missed, ringing } from '../../../tests/recorded/sample-calls.ts';
import { decide } from './decide.ts';
import { fits } from './matching.ts';
import { responsibleExtension, responsibleUser } from './responsible.ts';

const everyDay = (from: string, to: string): Calendar => ({
  id: 'office',
  name: 'Office',
  timezone: 'Europe/Moscow',
  week: Array(7).fill([{ from, to }]),
  days: {},
});
const settings: CallSettings = {
  accountId: 'acme.amocrm.ru',
  pbx: defaultPbx('main', 'Europe/Moscow'),
  employees: { '101': 504141, '102': 504142 },
  language: 'ru',
  rules: [...defaultRules],
  calendars: [everyDay('00:00', '24:00'), { ...everyDay('00:00', '00:00'), id: 'never' }],
  numberLists: [
    { id: 'vip', name: 'VIP', numbers: ['79161234567'] },
    { id: 'moscow', name: 'Moscow', numbers: ['7495*', '7499*'] },
  ],
};
const lostInIvr: Call = { ...missed, ivr: { digits: '7' }, rang: [], conversations: [] };

/** A condition that fits the call, and one that differs in nothing but the named field and does not. */
it.each<[keyof RuleCondition, Call, Partial<RuleCondition>, Partial<RuleCondition>]>([
  ['direction', answered, { direction: ['inbound'] }, { direction: ['outbound', 'internal'] }],
  ['result', missed, { result: ['missed', 'busy'] }, { result: ['answered'] }],
  ['result', ringing, {}, { result: ['answered'] }],
  ['dids', answered, { dids: ['74951230001'] }, { dids: ['74951230002'] }],
  ['trunks', answered, { trunks: ['mango', 'mtt'] }, { trunks: ['mango'] }],
  ['extensions', missed, { extensions: ['102'] }, { extensions: ['103'] }],
  ['extensions', { ...answered, callerExtension: '105' }, { extensions: ['105'] }, { extensions: ['106'] }],
  ['waitedSeconds', answered, { waitedSeconds: { from: 5 } }, { waitedSeconds: { below: 5 } }],
  ['talkedSeconds', answered, { talkedSeconds: { from: 40, below: 42 } }, { talkedSeconds: { from: 42 } }],
  ['lostInIvr', lostInIvr, { lostInIvr: true }, { lostInIvr: false }],
  ['lostInIvr', missed, { lostInIvr: false }, { lostInIvr: true }],
  ['inLists', answered, { inLists: ['vip', 'spam'] }, { inLists: ['moscow'] }],
  ['inLists', { ...answered, externalNumber: '74951112233' }, { inLists: ['moscow'] }, { inLists: ['vip'] }],
  ['notInLists', answered, { notInLists: ['moscow'] }, { notInLists: ['vip'] }],
  ['notInLists', { ...answered, externalNumber: null }, { notInLists: ['vip'] }, { inLists: ['vip'] }],
  ['calendar', answered, { calendar: { id: 'office', is: 'open' } }, { calendar: { id: 'office', is: 'closed' } }],
  ['calendar', answered, { calendar: { id: 'never', is: 'closed' } }, { calendar: { id: 'never', is: 'open' } }],
  ['calendar', answered, {}, { calendar: { id: 'deleted', is: 'closed' } }],
])('a condition on %s takes the call or leaves it', (_, call, fitting, other) => {
  expect(fits({ phase: 'call_ended', ...fitting }, call, settings)).toBe(true);
  expect(fits({ phase: 'call_ended', ...other }, call, settings)).toBe(false);
});

const talks = {
  ...answered,
  lastTalker: '103',
  conversations: [
    conversation('104', { requestedAtMs: 1 }),
    conversation('101', { requestedAtMs: 2, acceptedAtMs: 3, talkSeconds: 10 }),
    conversation('102', { requestedAtMs: 5, acceptedAtMs: 6, talkSeconds: 50 }),
    conversation('103', { requestedAtMs: 7, acceptedAtMs: 8, talkSeconds: 1 }),
  ],
};

it.each<[Responsible[], string | undefined, number | undefined]>([
  [['last-talked'], '103', undefined],
  [['last-talked', 'longest-talked'], '103', 504142],
  [['longest-talked'], '102', 504142],
  [['first-answered'], '101', 504141],
  [['first-rung'], '104', 504141],
  [['last-rung'], '103', 504142],
  [['last-talked', { userId: 7 }], '103', 7],
  [[{ userId: 7 }, 'first-rung'], '104', 7],
  [[], undefined, undefined],
])('by %j the call belongs to %s, in amoCRM to %s', (chain, extension, userId) => {
  expect(responsibleExtension(chain, talks)).toBe(extension);
  expect(responsibleUser(chain, talks, settings)).toBe(userId);
});

describe('rules', () => {
  const rule = (changes: Partial<Rule>): Rule => ({ ...(defaultRules[1] as Rule), ...changes });
  const decideBy = (call: Call, ...rules: Rule[]) => decide(call, { ...settings, rules }, true);

  it('are asked in order: the first that fits decides', () => {
    const spam = rule({
      id: 'vip',
      when: { phase: 'call_ended', inLists: ['vip'] },
      actions: [register([{ userId: 9 }])],
    });
    expect(decideBy(answered, spam, rule({})).registration?.call.responsible).toBe(9);
    expect(decideBy(answered, rule({}), spam).registration?.call.responsible).toBe(504142);
    expect(decideBy(answered, { ...spam, enabled: false }, rule({})).registration?.call.responsible).toBe(504142);
  });

  it('that are silent about a call leave it out of amoCRM, and say so', () => {
    expect(decideBy(answered)).toEqual({ cards: [], notRegistered: expect.stringContaining('No rule') });
    expect(decideBy(ringing)).toEqual({ cards: [] });
  });

  it('may leave a stranger out', () => {
    const { registration } = decideBy(answered, rule({ actions: [register([], 'leave-out')] }));
    expect(registration?.call).toBeDefined();
    expect(registration?.contactIfUnknown).toBeUndefined();
  });

  it('never send an internal call or one without a number, whatever they say', () => {
    const anything = rule({ when: { phase: 'call_ended' } });
    expect(decideBy({ ...answered, direction: 'internal' }, anything).registration).toBeUndefined();
    expect(decideBy({ ...answered, externalNumber: null }, anything).registration).toBeUndefined();
  });

  const register = (responsible: Responsible[], ifUnknown: 'create-contact' | 'leave-out' = 'create-contact') =>
    ({ do: 'register-call', responsible, ifUnknown }) as const;
});

describe('the task to call a client back', () => {
  const decideBy = (call: Call, changes: Partial<CallSettings> = {}) =>
    decide(call, { ...settings, ...changes }, true).task;

  it('comes of a call in vain: what happened, for whom, until when', () => {
    expect(decideBy(missed)).toEqual({
      kind: 'create-task',
      phone: '79161234567',
      text: '+79161234567: Пропущенный звонок, внутр. 101, 102, на номер 74951230001, ожидание 5 с',
      dueAtSeconds: 1_795_417_982 + 3_600,
      responsibleUserId: 504141,
    });
  });

  it('is done when somebody has talked with them, whoever called', () => {
    const done = { kind: 'complete-task', phone: '79161234567', resultText: expect.stringContaining('состоялся') };
    expect(decideBy(answered)).toEqual(done);
    expect(decideBy({ ...answered, direction: 'outbound' })).toEqual(done);
  });

  it.each<[string, Call, Partial<CallSettings>]>([
    ['while the call lasts', ringing, {}],
    ['for an internal call', { ...missed, direction: 'internal' }, {}],
    ['for a hidden number', { ...missed, externalNumber: null }, {}],
    ['when our own call was not answered', { ...missed, direction: 'outbound', result: 'no_answer' }, {}],
    ['when no rule asks for it', missed, { rules: defaultRules.slice(0, 2) }],
  ])('does not come %s', (_, call, changes) => {
    expect(decideBy(call, changes)).toBeUndefined();
  });

  it('is for nobody in particular where no user is known', () => {
    expect(decideBy(missed, { employees: {} })).not.toHaveProperty('responsibleUserId');
  });
});

it('the default rules have the right form', () => {
  expect(Value.Check(CallSettings, settings)).toBe(true);
  for (const rule of defaultRules) expect(Value.Check(Rule, rule)).toBe(true);
});
