import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RowDataPacket } from 'mysql2/promise';
import type { AccountSettings } from '../proto/account-settings.ts';
import type { Call } from '../proto/call.ts';
import type { EndDecision } from '../proto/crm-action.ts';
import type { DecisionHook } from '../proto/hook.ts';
import type { Rule, RuleAction } from '../proto/rule.ts';
import { newCall, strangersNumber, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { saveSettings } from './rig/settings.ts';

jest.setTimeout(120_000);

/** An operator's program hears what was decided at the end of a call before it is done, and may change or forbid it. */

let house: Installation;
let server: Server;
const heard: { key: unknown; body: { call: Call; decision: EndDecision } }[] = [];
/** What the program answers, in order; then 204. */
let answers: { status?: number; body?: unknown }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    heard.push({ key: request.headers['idempotency-key'], body: JSON.parse(await text(request)) });
    const { status = 200, body } = answers.shift() ?? { status: 204 };
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json' });
    response.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  house = await install();
  await Promise.all([house.startWorker(), house.startConnector()]);
});
beforeEach(() => void heard.splice(0));
afterAll(async () => {
  server.close();
  await house.remove();
});

const contact: RuleAction = { do: 'create-contact', responsible: ['first-rung'], name: 'Caller {{phone}}' };
const lead: RuleAction = { do: 'create-lead', responsible: ['first-rung'], name: 'Call {{phone}}', tags: ['call'] };
const task: RuleAction = { do: 'create-task', responsible: ['first-rung'], text: 'Call back', dueMinutes: 60 };
const register: RuleAction = { do: 'register-call', responsible: ['last-talked', 'first-rung'] };
const rule = (actions: RuleAction[]): Rule => ({
  ...{ id: 'at-the-end', name: 'At the end', enabled: true, actions, when: { phase: 'call_ended' } },
});

async function set(actions: RuleAction[], ifItFails: DecisionHook['ifItFails'] = 'go-on'): Promise<void> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/decide`;
  const settings: AccountSettings = {
    ...{ language: 'en', employees: { '101': 504141, '102': 504142 }, pbxs: {}, calendars: [], numberLists: [] },
    rules: [rule(actions)],
    hooks: [{ id: 'crm', name: 'Our CRM', url, timeoutMs: 2_000 }],
    decisionHook: { hook: 'crm', ifItFails },
  };
  await saveSettings(house.store.pool, house.accountId, settings);
}

async function play(number: string, scenario = 'in-direct-answered') {
  const call = newCall(scenario, { clientNumber: number });
  await write(house, call.rows);
  await house.closed(call.linkedid);
  return { linkedid: call.linkedid, registration: (await house.journal(call.linkedid))?.registration };
}

async function standing(number: string) {
  const { contacts, leads, calls, tasks } = await house.amocrm.state();
  const clients = contacts.filter(({ phones }) => phones.some((phone) => phone.endsWith(number)));
  return {
    contacts: clients,
    leads: leads.filter(({ contacts: links }) => links.some(({ id }) => clients.some((client) => client.id === id))),
    calls: calls.filter(({ phone }) => phone?.endsWith(number)),
    tasks: tasks.filter(({ entityId }) => [...clients, ...leads].some(({ id }) => id === entityId)),
  };
}

it('hears the call and the decision, and what it leaves alone is done as decided', async () => {
  answers = [];
  await set([register, contact]);
  const number = strangersNumber();
  const { linkedid, registration } = await play(number);
  expect(heard).toMatchObject([
    {
      key: `${house.pbxId}:${linkedid}:decision`,
      body: {
        call: { externalNumber: `7${number}`, result: 'answered' },
        decision: { registration: { responsible: 504141 }, contact: { name: `Caller +7${number}` } },
      },
    },
  ]);
  expect(registration).toMatchObject({ state: 'registered' });
  expect(registration).not.toHaveProperty('troubles');
});

it('may forbid: nothing is done, and the journal and the Temporal UI say why', async () => {
  answers = [{ body: { veto: 'A competitor' } }];
  await set([register, contact, lead]);
  const number = strangersNumber();
  const { linkedid, registration } = await play(number);
  const reason = 'Left out by the decision hook: A competitor';
  expect(registration).toEqual({ state: 'not-sent', reason });
  expect(await house.details(linkedid)).toContain(reason);
  expect(await standing(number)).toEqual({ contacts: [], leads: [], calls: [], tasks: [] });
  const sql = 'SELECT effect_key FROM side_effects WHERE effect_key LIKE ?';
  const [ledger] = await house.store.pool.query<RowDataPacket[]>(sql, [`%${linkedid}%`]);
  expect(ledger).toEqual([]);
});

it('may change what is made, and for whom', async () => {
  answers = [
    {
      body: {
        decision: {
          registration: { responsible: 504143, callResult: 'A complaint', attachTo: 'client' },
          contact: { name: 'Anna', responsibleUserId: 504142 },
          lead: { name: 'Roof', tags: ['vip'] },
          task: { text: 'Visit', dueAtSeconds: 1_900_000_000, responsibleUserId: 504144 },
          changes: { client: { tags: ['angry'] } },
        },
      },
    },
  ];
  await set([register, contact, lead]);
  const number = strangersNumber();
  expect((await play(number)).registration).toMatchObject({ state: 'registered', entityType: 'contacts' });
  expect(await standing(number)).toMatchObject({
    contacts: [{ name: 'Anna', responsibleUserId: 504142, tags: ['angry'] }],
    leads: [{ name: 'Roof', tags: ['vip'] }],
    calls: [{ callResult: 'A complaint', responsibleUserId: 504143, entityType: 'contact' }],
    tasks: [{ text: 'Visit', completeTillSeconds: 1_900_000_000, responsibleUserId: 504144 }],
  });
});

it('may leave out a part of it', async () => {
  answers = [{ body: { decision: { lead: null, task: null } } }];
  await set([register, contact, lead, task]);
  const number = strangersNumber();
  await play(number, 'in-direct-no-answer');
  expect(await standing(number)).toMatchObject({ contacts: [{}], leads: [], calls: [{}], tasks: [] });
});

it('is asked once more after it stumbled', async () => {
  answers = [{ status: 503 }, { body: { veto: 'Spam' } }];
  await set([register, contact]);
  expect((await play(strangersNumber())).registration).toMatchObject({ state: 'not-sent' });
  expect(new Set(heard.map(({ key }) => key)).size).toBe(1);
  expect(heard).toHaveLength(2);
});

it('is asked with the same key when a call is told once more, and nothing is made twice', async () => {
  const named = { body: { decision: { contact: { name: 'Anna' } } } };
  answers = [named, named];
  await set([register, contact]);
  const number = strangersNumber();
  const { linkedid } = await play(number);
  await house.again(linkedid);
  expect(heard.map(({ key }) => key)).toEqual(Array(2).fill(`${house.pbxId}:${linkedid}:decision`));
  expect(await standing(number)).toMatchObject({ contacts: [{ name: 'Anna' }], calls: [{}] });
  expect((await house.journal(linkedid))?.registration).toMatchObject({ state: 'registered' });
});

describe('that fails', () => {
  const twice = [{ status: 500 }, { status: 500 }];
  const html = [{ body: '<html>' }];

  it.each([
    ['answers 500 twice', twice, 'answered 500', 2],
    ['answers HTML', html, 'not understood', 1],
    ['wants what it may not', [{ body: { decision: { registration: { phone: '1' } } } }], 'not understood', 1],
  ] as const)('and %s is gone without where the settings say go-on, which is told', async (_, given, words, times) => {
    answers = [...given];
    await set([register, contact], 'go-on');
    const number = strangersNumber();
    const { linkedid, registration } = await play(number);
    expect(registration).toMatchObject({ state: 'registered', troubles: [expect.stringContaining(words)] });
    expect(await house.details(linkedid)).toContain('Done as decided, without the decision hook.');
    expect((await standing(number)).calls).toHaveLength(1);
    expect(heard).toHaveLength(times);
  });

  it.each([
    ['answers 500 twice', twice, 'answered 500'],
    ['answers HTML', html, 'not understood'],
  ] as const)('and %s lets nothing be done where they say leave-out', async (_, given, words) => {
    answers = [...given];
    await set([register, contact], 'leave-out');
    const number = strangersNumber();
    expect((await play(number)).registration).toEqual({ state: 'not-sent', reason: expect.stringContaining(words) });
    expect(await standing(number)).toEqual({ contacts: [], leads: [], calls: [], tasks: [] });
  });
});

it('does not hear of internal calls and hidden numbers: they are never sent', async () => {
  answers = [];
  await set([register, contact]);
  await play(strangersNumber(), 'anonymous');
  expect(heard).toEqual([]);
});
