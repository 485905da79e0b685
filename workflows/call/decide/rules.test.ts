import { Value } from 'typebox/value';
import type { Calendar } from '../../../proto/calendar.ts';
import type { Call } from '../../../proto/call.ts';
import type { AboutClient, Client } from '../../../proto/client.ts';
import { defaultPbx } from '../../../proto/default-pbx.ts';
import { defaultRules } from '../../../proto/default-rules.ts';
import { type Responsible, Rule, type RuleCondition } from '../../../proto/rule.ts';
import { CallSettings } from '../../../proto/settings.ts';
import { answered, conversation, missed, ringing } from '../../../tests/recorded/sample-calls.ts';
import { asksAboutClient, asksWhetherKnown, type Case } from './case.ts';
import { decideEnd, decideLive } from './decide.ts';
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
};
const client: Client = {
  entityType: 'contacts',
  entityId: 7,
  name: 'Иван',
  responsibleUserId: 504143,
  openLeadIds: null,
  hasCustomers: false,
};
const known: AboutClient = { client, lists: ['vip'] };
const stranger: AboutClient = { client: null, lists: [] };
const unasked: AboutClient = { lists: [] };
const caseOf = (call: Call, about = known, changes: Partial<CallSettings> = {}): Case => ({
  call,
  about,
  settings: { ...settings, ...changes },
});
const lostInIvr: Call = { ...missed, ivr: {}, rang: [], conversations: [] };

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
  ['queues', { ...answered, queues: ['400', '401'] }, { queues: ['401'] }, { queues: ['402'] }],
  ['inLists', answered, { inLists: ['vip', 'spam'] }, { inLists: ['moscow'] }],
  ['notInLists', answered, { notInLists: ['moscow'] }, { notInLists: ['vip'] }],
  ['clientKnown', answered, { clientKnown: true }, { clientKnown: false }],
  ['calendar', answered, { calendar: { id: 'office', is: 'open' } }, { calendar: { id: 'office', is: 'closed' } }],
  ['calendar', answered, { calendar: { id: 'never', is: 'closed' } }, { calendar: { id: 'never', is: 'open' } }],
  ['calendar', answered, {}, { calendar: { id: 'deleted', is: 'closed' } }],
])('a condition on %s takes the call or leaves it', (_, call, fitting, other) => {
  expect(fits({ phase: 'call_ended', ...fitting }, caseOf(call))).toBe(true);
  expect(fits({ phase: 'call_ended', ...other }, caseOf(call))).toBe(false);
});

it.each<[string, AboutClient, boolean, boolean]>([
  ['a client of amoCRM', known, true, false],
  ['a stranger', stranger, false, true],
  ['somebody whom nobody has asked about', unasked, false, false],
])('%s fits the rules for known clients, or for unknown ones, or neither', (_, about, isKnown, isUnknown) => {
  expect(fits({ phase: 'requested', clientKnown: true }, caseOf(ringing, about))).toBe(isKnown);
  expect(fits({ phase: 'requested', clientKnown: false }, caseOf(ringing, about))).toBe(isUnknown);
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
  [['clients-own'], undefined, 504143],
  [['clients-own', 'last-talked'], '103', 504143],
  [[{ byDid: { '74951230001': 8 } }, 'first-rung'], '104', 8],
  [[{ byDid: { '74951230002': 8 } }, 'longest-talked'], '102', 504142],
  [[{ byDid: { __proto__: 8 } as never }], undefined, undefined],
  [[], undefined, undefined],
])('by %j the call belongs to %s, in amoCRM to %s', (chain, extension, userId) => {
  expect(responsibleExtension(chain, talks)).toBe(extension);
  expect(responsibleUser(chain, caseOf(talks))).toBe(userId);
});

it('nobody who was deactivated is responsible for anything: the next of the chain is', () => {
  const gone = caseOf(talks, known, { inactiveUsers: [504143, 504142] });
  expect(responsibleUser(['clients-own', 'longest-talked', 'first-answered'], gone)).toBe(504141);
  expect(responsibleUser([{ userId: 504143 }], gone)).toBeUndefined();
});

describe('rules', () => {
  const rule = (changes: Partial<Rule>): Rule => ({ ...(defaultRules[1] as Rule), ...changes });
  const decideBy = (call: Call, ...rules: Rule[]) => decideEnd(caseOf(call, known, { rules }));

  it('are asked in order: the first that fits decides', () => {
    const spam = rule({
      id: 'vip',
      when: { phase: 'call_ended', inLists: ['vip'] },
      actions: [register([{ userId: 9 }])],
    });
    expect(decideBy(answered, spam, rule({})).registration?.responsible).toBe(9);
    expect(decideBy(answered, rule({}), spam).registration?.responsible).toBe(504142);
    expect(decideBy(answered, { ...spam, enabled: false }, rule({})).registration?.responsible).toBe(504142);
  });

  it('that are silent about a call leave it out of amoCRM, and say so', () => {
    expect(decideBy(answered)).toEqual({
      changes: [],
      hooks: [],
      notRegistered: expect.stringContaining('No rule'),
    });
    expect(decideLive(caseOf(ringing, known, { rules: [] }), true)).toMatchObject({ cards: [] });
  });

  it('may leave a stranger out', () => {
    const { registration, contact } = decideBy(answered, rule({ actions: [register([])] }));
    expect(registration).toBeDefined();
    expect(contact).toBeUndefined();
  });

  it('never send an internal call or one without a number, whatever they say', () => {
    const anything = rule({ when: { phase: 'call_ended' } });
    expect(decideBy({ ...answered, direction: 'internal' }, anything).registration).toBeUndefined();
    expect(decideBy({ ...answered, externalNumber: null }, anything).registration).toBeUndefined();
  });

  const register = (responsible: Responsible[]) => ({ do: 'register-call', responsible }) as const;
});

describe('the task to call a client back', () => {
  const decideBy = (call: Call, changes: Partial<CallSettings> = {}) => decideEnd(caseOf(call, known, changes)).task;

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
    ['for an internal call', { ...missed, direction: 'internal' }, {}],
    ['for a hidden number', { ...missed, externalNumber: null }, {}],
    ['when our own call was not answered', { ...missed, direction: 'outbound', result: 'no_answer' }, {}],
    ['when no rule asks for it', missed, { rules: defaultRules.slice(0, 2) }],
  ])('does not come %s', (_, call, changes) => {
    expect(decideBy(call, changes)).toBeUndefined();
  });

  it('is due within the hours of an office, if so asked', () => {
    const task = defaultRules[2] as Rule;
    const actions = task.actions.map((action) => ({ ...action, withinHours: 'office' })) as Rule['actions'];
    const calendars = [everyDay('09:00', '10:00')];
    const due = decideBy(missed, { rules: [{ ...task, actions }], calendars })?.kind === 'create-task';
    expect(due).toBe(true);
    expect(decideBy(missed, { rules: [{ ...task, actions }], calendars })).toMatchObject({
      dueAtSeconds: Date.parse('2026-11-24T10:00:00+03:00') / 1000,
    });
  });

  it('says whom to call where its text has nothing to say about the call', () => {
    const task = defaultRules[2] as Rule;
    const actions = task.actions.map((action) => ({ ...action, text: '{{#queue}}From {{queue}}{{/queue}} ' }));
    const decided = decideBy(missed, { rules: [{ ...task, actions: actions as Rule['actions'] }] });
    expect(decided).toMatchObject({ text: '+79161234567' });
  });

  it('is for nobody in particular where no user is known', () => {
    expect(decideBy(missed, { employees: {} })).not.toHaveProperty('responsibleUserId');
  });
});

describe('beside the record of the call a rule may want', () => {
  const rule = (actions: Rule['actions'], when: Partial<RuleCondition> = {}): Rule => ({
    ...{ id: 'a', name: 'A', enabled: true, actions },
    when: { phase: 'call_ended', ...when },
  });
  const decideBy = (call: Call, about: AboutClient, ...rules: Rule[]) => decideEnd(caseOf(call, about, { rules }));
  const lead: Rule['actions'][number] = {
    ...{ do: 'create-lead', responsible: ['first-rung'], pipelineId: 1, statusId: 2, tags: ['call'] },
    name: 'Call of {{client}} to {{did}}{{#queue}}, queue {{queue}}{{/queue}}',
  };

  it('a lead, with a contact for a stranger', () => {
    expect(decideBy(missed, stranger, rule([lead])).lead).toEqual({
      ...{ kind: 'create-lead', phone: '79161234567', name: 'Call of +79161234567 to 74951230001' },
      ...{ pipelineId: 1, statusId: 2, responsibleUserId: 504141, tags: ['call'] },
      contact: { kind: 'create-contact', phone: '79161234567', name: '+79161234567', responsibleUserId: 504141 },
    });
    expect(decideBy({ ...missed, queues: ['400'] }, known, rule([lead])).lead?.name).toMatch(
      /^Call of Иван .*queue 400$/,
    );
  });

  it('an incoming lead, for callers only', () => {
    const incoming: Rule = rule([{ do: 'create-incoming-lead', responsible: [], name: '{{phone}}', tags: ['night'] }]);
    expect(decideBy(missed, stranger, incoming).incomingLead).toMatchObject({ name: '+79161234567', tags: ['night'] });
    expect(decideBy({ ...missed, direction: 'outbound' }, stranger, incoming).incomingLead).toBeUndefined();
  });

  it('changes of the client and of the lead, all of one entity at once', () => {
    const changes = rule([
      { do: 'add-tags', tags: ['a', 'b'], to: 'client' },
      { do: 'add-tags', tags: ['b', 'c'], to: 'client' },
      { do: 'set-responsible', responsible: ['last-talked'], of: 'lead' },
      { do: 'change-status', pipelineId: 1, statusId: 2 },
    ]);
    expect(decideBy(answered, known, changes).changes).toEqual([
      {
        kind: 'change',
        effect: 'change:client:call_ended',
        phone: '79161234567',
        target: 'client',
        tags: ['a', 'b', 'c'],
      },
      {
        ...{ kind: 'change', effect: 'change:lead:call_ended', phone: '79161234567', target: 'lead', tags: [] },
        ...{ responsibleUserId: 504142, status: { pipelineId: 1, statusId: 2 } },
      },
    ]);
  });

  it('nothing to be changed where nobody is found to be responsible', () => {
    const owner = rule([{ do: 'set-responsible', responsible: ['clients-own'], of: 'client' }]);
    expect(decideBy(answered, stranger, owner).changes).toEqual([]);
  });

  it('the same while the call goes on, at each moment that it has reached', () => {
    const hook = (phase: RuleCondition['phase']) => rule([{ do: 'call-hook', hook: 'crm' }], { phase });
    const rules = [hook('requested'), hook('accepted'), hook('transferred'), hook('call_ended')];
    const effects = (call: Call) =>
      decideLive(caseOf(call, known, { rules }), true).deeds.flatMap(({ hooks }) => hooks.map(({ effect }) => effect));
    expect(effects({ ...ringing, conversations: [] })).toEqual([]);
    expect(effects(ringing)).toEqual(['hook:crm:requested']);
    expect(effects({ ...ringing, answeredAtMs: 5 })).toEqual(['hook:crm:requested', 'hook:crm:accepted']);
    const effectsAtTheEnd = decideBy(answered, known, ...rules).hooks.map(({ effect }) => effect);
    expect(effectsAtTheEnd).toEqual(['hook:crm:call_ended']);
  });
});

it.each<[string, boolean, boolean, Rule['actions'][number], Partial<RuleCondition>]>([
  ['a call of a list', true, false, { do: 'show-card' }, { inLists: ['vip'] }],
  ['a known client', true, true, { do: 'show-card' }, { clientKnown: true }],
  ["the client's own manager", true, true, { do: 'register-call', responsible: ['clients-own'] }, {}],
  ["the client's name", true, true, { do: 'create-contact', responsible: [], name: '{{ client }}' }, {}],
  ['the number alone', false, false, { do: 'create-contact', responsible: [], name: '{{phone}}' }, {}],
])('a rule about %s asks for what it must know, and for no more', (_, anything, whether, action, when) => {
  const rule: Rule = { id: 'a', name: 'A', enabled: true, when: { phase: 'requested', ...when }, actions: [action] };
  const by = { ...settings, rules: [rule] };
  expect([asksAboutClient(by), asksWhetherKnown(by)]).toEqual([anything, whether]);
  expect(asksAboutClient({ ...by, rules: [{ ...rule, enabled: false }] })).toBe(false);
});

it('the default rules have the right form', () => {
  expect(Value.Check(CallSettings, settings)).toBe(true);
  for (const rule of defaultRules) expect(Value.Check(Rule, rule)).toBe(true);
});
