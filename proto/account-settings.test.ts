import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccountSettings, faultsOfSettings } from './account-settings.ts';
import { defaultRules } from './default-rules.ts';
import { wordsOfPatterns } from './faults-in-words.ts';
import type { RuleAction, RuleCondition } from './rule.ts';

const untouched = { language: 'ru', employees: null, pbxs: {}, calendars: [], numberLists: [], rules: defaultRules };

function withRule(action: object, when: Partial<RuleCondition> | object = {}, more: object = {}) {
  const rule = { id: 'a', name: 'A', enabled: true, when: { phase: 'call_ended', ...when }, actions: [action] };
  return { ...untouched, rules: [rule], ...more };
}

it('takes what holds by default, and every kind of action', () => {
  const responsible = ['clients-own' as const, 'last-talked' as const, { byDid: { '7495': 1 } }, { userId: 2 }];
  const actions: RuleAction[] = [
    { do: 'register-call', responsible, attachTo: 'newest-lead' },
    { do: 'create-contact', responsible, name: '{{phone}}' },
    { do: 'create-lead', responsible, name: '{{client}}', pipelineId: 1, statusId: 2, tags: ['a'], source: 'site' },
    { do: 'create-incoming-lead', responsible, name: '{{client}}' },
    { do: 'set-responsible', responsible, of: 'lead' },
    { do: 'add-tags', tags: ['a'], to: 'client' },
    { do: 'change-status', pipelineId: 1, statusId: 2 },
    { do: 'create-task', responsible, text: '{{phone}}', dueMinutes: 5 },
    { do: 'complete-task' },
  ];
  expect(faultsOfSettings(untouched)).toEqual([]);
  for (const action of actions) expect(faultsOfSettings(withRule(action))).toEqual([]);
  expect(faultsOfSettings(withRule({ do: 'show-card' }, { phase: 'requested' }))).toEqual([]);
  expect(faultsOfSettings({ ...untouched, observedPbxs: { main: { until: null } } })).toEqual([]);
  const vietnamese = {
    pbxs: { main: { country: 'VN' } },
    numberLists: [{ id: 'a', name: 'A', numbers: ['84912345678'] }],
  };
  expect(faultsOfSettings({ ...untouched, ...vietnamese })).toEqual([]);
});

it('takes numbers of ours, and rules that go by them', () => {
  const office = { id: 'office', name: 'Office', timezone: 'Europe/Moscow', week: Array(7).fill([]), days: {} };
  const advertising = {
    name: 'Ads',
    pipelineId: 1,
    statusId: 2,
    tags: ['ads'],
    responsibleUserId: 3,
    calendar: 'office',
  };
  const more = { calendars: [office], numbers: { '74951230001': advertising, 'SIP/mtt': {} } };
  const action = { do: 'create-lead', responsible: ['by-number'], name: '{{numberName}}' };
  expect(faultsOfSettings(withRule(action, { hours: 'closed' }, more))).toEqual([]);
});

it.each<[string, object, RegExp[]]>([
  [
    'hours of numbers that have none',
    withRule({ do: 'complete-task' }, { hours: 'open' }, { numbers: { mtt: {} } }),
    [/^\/rules\/0\/when\/hours: no number has hours.* calendar$/],
  ],
  [
    'numbers that say what can not be',
    {
      ...untouched,
      numbers: { mtt: { statusId: 2 }, '+7 495 123-00-01': {}, '74951230001': { calendar: 'gone' } },
    },
    [
      /^\/numbers\/74951230001: there is no calendar gone; add it to calendars/,
      /^\/numbers\/mtt\/statusId: a stage belongs to a pipeline/,
      /^\/numbers\/\+7 495 123-00-01: .* never fits; write digits/,
    ],
  ],
  [
    'a number without a name',
    { ...untouched, numbers: { '': {} } },
    [/^\/numbers\/: the name must be a DID or the name of a trunk/],
  ],
  [
    'an action that does not exist',
    withRule({ do: 'fly' }),
    [/^\/rules\/0\/actions\/0\/do: must be one of show-card, /],
  ],
  [
    'a mistyped condition',
    withRule({ do: 'complete-task' }, { diretion: ['inbound'] }),
    [/^\/rules\/0\/when\/diretion: .*spelling/],
  ],
  [
    'a name of another action',
    withRule({ do: 'complete-task', text: 'x' }),
    [/^\/rules\/0\/actions\/0\/text: is not known here/],
  ],
  [
    'several faults at once, each in its place',
    withRule({ do: 'create-task', responsible: ['boss'], text: 'x'.repeat(10_000), dueMinutes: 0 }),
    [/responsible\/0: must be one of clients-own/, /text: must not have more than 2000/, /dueMinutes: must be >= 1/],
  ],
  ['a card for a call that is over', withRule({ do: 'show-card' }), [/a card is for calls that go on/]],
  [
    'a call registered before it is over',
    withRule({ do: 'register-call', responsible: [] }, { phase: 'requested' }),
    [/register-call is for calls that are over/],
  ],
  ['a hook that does not exist', withRule({ do: 'call-hook', hook: 'crm' }), [/there is no hook crm/]],
  [
    'an extension, a PBX and a day whose names are none',
    {
      ...untouched,
      ...{ employees: { '1a': 1, '101': 504141 }, pbxs: { 'Main office': {} } },
      calendars: [{ id: 'a', name: 'A', timezone: 'UTC', week: Array(7).fill([]), days: { tomorrow: [] } }],
    },
    [
      /^\/employees\/1a: the name must be an extension, .* such as 101$/,
      /^\/pbxs\/Main office: the name must be the id of a PBX/,
      /^\/calendars\/0\/days\/tomorrow: the name must be a day, such as 2026-12-31$/,
    ],
  ],
  [
    'networks that are none',
    { ...untouched, recordings: { networks: ['192.168.1.0/24', 'office', '0.0.0.0/0'] } },
    [/^\/recordings\/networks\/1: office is no network, such as/, /^\/recordings\/networks\/2: 0\.0\.0\.0\/0 is no/],
  ],
  ['links that end before they begin', { ...untouched, recordings: { linkDays: 0 } }, [/linkDays: must be >= 1/]],
  ['a template that does not end', withRule({ do: 'create-lead', responsible: [], name: '{{x' }), [/not a template/]],
  [
    'hours over midnight, a day that does not exist and a name that is not known',
    {
      ...untouched,
      calendars: [
        {
          ...{ id: 'office', name: 'Office', timezone: 'Europe/Moscow', days: { '2026-02-31': [] } },
          week: Array(7).fill([{ from: '18:00', to: '09:00' }]),
        },
      ],
    },
    [...Array(7).fill(/ends before it begins/), /2026-02-31: there is no such day/],
  ],
  [
    'an address of a hook with a password in it',
    { ...untouched, hooks: [{ id: 'a', name: 'A', url: 'https://user:password@host/', timeoutMs: 500 }] },
    [/^\/hooks\/0\/url/],
  ],
  [
    'a range that nothing is in',
    withRule({ do: 'complete-task' }, { talkedSeconds: { from: 30, below: 30 } }),
    [/^\/rules\/0\/when\/talkedSeconds: nothing is at least 30 and below 30/],
  ],
  [
    'a queue that is none',
    withRule({ do: 'complete-task' }, { queues: [] }),
    [/^\/rules\/0\/when\/queues: names nothing/],
  ],
  [
    'tags that are none',
    withRule({ do: 'add-tags', tags: [], to: 'lead' }),
    [/^\/rules\/0\/actions\/0\/tags: names none/],
  ],
  [
    'the result of a call that goes on',
    withRule({ do: 'show-card' }, { phase: 'requested', result: ['missed'] }),
    [/^\/rules\/0\/when\/result: .*before it is over/],
  ],
  [
    'a stage without its pipeline',
    withRule({ do: 'create-lead', responsible: [], name: 'x', statusId: 2 }),
    [/^\/rules\/0\/actions\/0\/statusId: .*name its pipelineId/],
  ],
  [
    'a number of ours as people write it',
    withRule(
      { do: 'register-call', responsible: [{ byDid: { '8 (495) 123-00-01': 1 } }] },
      { dids: ['+74951230001', '74951230001', 'sales', 's'] },
    ),
    [/^\/rules\/0\/when\/dids: \+7.*write digits with the country code/, /^\/rules\/0\/actions\/0: 8 \(495\)/],
  ],
  [
    'an address of a hook that nobody can call',
    {
      ...untouched,
      hooks: ['http://[::1', 'https://crm.example:99999/', 'http://127.0.0.1:8080/calls'].map((url, index) => ({
        ...{ id: `hook-${index}`, name: 'A', url, timeoutMs: 1_000 },
      })),
    },
    [/^\/hooks\/0\/url: http:\/\/\[::1 is no address; write/, /^\/hooks\/1\/url: .*:99999\/ is no address/],
  ],
  [
    'what is given to nobody',
    withRule({ do: 'set-responsible', responsible: [], of: 'client' }),
    [/^\/rules\/0\/actions\/0\/responsible: names nobody/],
  ],
  [
    'hours that never come',
    {
      ...withRule({ do: 'complete-task' }, { calendar: { id: 'office', is: 'open' } }),
      calendars: [{ id: 'office', name: 'Office', timezone: 'UTC', week: Array(7).fill([]), days: {} }],
    },
    [/^\/rules\/0\/when\/calendar: office is never open/],
  ],
  [
    'a number of a list with a plus',
    { ...untouched, numberLists: [{ id: 'My list', name: 'A', numbers: ['+74951230001'] }] },
    [
      /^\/numberLists\/0\/id: must be small letters .*digits and hyphens$/,
      /^\/numberLists\/0\/numbers\/0: must be digits with the country code, such as 74951230001/,
    ],
  ],
  [
    'a number of a list as it is dialled',
    { ...untouched, numberLists: [{ id: 'a', name: 'A', numbers: ['89161234567', '8916*', '8800'] }] },
    [/^\/numberLists\/0\/numbers\/0: .*write 79161234567/],
  ],
  [
    'a number of a list without its country code',
    { ...untouched, numberLists: [{ id: 'a', name: 'A', numbers: ['9161234567', '4712345678*', '6512345678'] }] },
    [/^\/numberLists\/0\/numbers\/0: .*write 79161234567, or 9161234567\* if/],
  ],
  [
    'a country that is none',
    { ...untouched, pbxs: { main: { country: 'XX' } } },
    [/^\/pbxs\/main\/country: must be two capital letters .* XX names none/],
  ],
])('%s is told in words', (_, settings, faults) => {
  const told = faultsOfSettings(settings);
  expect(told).toHaveLength(faults.length);
  for (const [index, fault] of faults.entries()) expect(told[index]).toMatch(fault);
});

it('every form that settings must have has words', () => {
  const patterns = JSON.stringify(AccountSettings).matchAll(/"pattern":("(?:[^"\\\\]|\\\\.)*")/g);
  const missing = [...patterns].map(([, json]) => JSON.parse(json ?? '')).filter((one) => !(one in wordsOfPatterns));
  expect(missing).toEqual([]);
});

it.each(['settings.md', 'settings.ru.md'])('the examples of %s fit into settings that were exported', (file) => {
  const text = readFileSync(join(__dirname, '../docs', file), 'utf8');
  const examples = [...text.matchAll(/^```json\n(.*?)^```/gms)].map(([, json]) => JSON.parse(json ?? ''));
  expect(examples.length).toBeGreaterThan(2);
  for (const example of examples) expect(faultsOfSettings({ ...untouched, ...example })).toEqual([]);
});
