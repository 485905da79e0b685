import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createKnownClients, type KnownClients } from '../activities/store/known-clients.ts';
import { freePort } from '../bin/stack/free-port.ts';
import { defaultRules } from '../proto/default-rules.ts';
import { callsTaskQueue } from '../workflows/call/contract.ts';
import { clientsWorkflowId, clientsWorkflowType } from '../workflows/clients/contract.ts';
import { newCall, strangersNumber, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { servers } from './rig/servers.ts';
import { saveSettings } from './rig/settings.ts';

jest.setTimeout(120_000);

/** What Ringflow knows of an account's clients: few questions, and never an old answer for long. */

let house: Installation;
let apiUrl: string;
let redis: Redis;
let book: KnownClients;

beforeAll(async () => {
  const port = await freePort();
  apiUrl = `http://127.0.0.1:${port}`;
  const keys = `test:${randomBytes(32).toString('base64')}`;
  house = await install(() => ({ RINGFLOW_SECRET_KEYS: keys, API_PORT: String(port), PUBLIC_URL: apiUrl }));
  redis = new Redis(servers.redisUrl);
  book = createKnownClients(house.store.pool, redis);
  await startKeeper(); // before the worker does, with shorter pauses
  await askWhoCalls();
  await Promise.all([house.startWorker(), house.startConnector(), house.startApi()]);
});
afterAll(async () => {
  await redis.quit();
  await house.remove();
});

async function startKeeper(): Promise<void> {
  await house.temporal.workflow.start(clientsWorkflowType, {
    workflowId: clientsWorkflowId(house.accountId),
    taskQueue: callsTaskQueue,
    args: [{ accountId: house.accountId, longestPauseMs: 300 }],
  });
}

/** Between two of its looks: one that goes on would tell of changes once more. */
async function stopKeeper(): Promise<void> {
  const keeper = house.temporal.workflow.getHandle(clientsWorkflowId(house.accountId));
  while ((await keeper.describe()).raw.pendingActivities?.length) await sleep(20);
  await keeper.terminate();
}

/** Every call asks what is known of its client. */
async function askWhoCalls(): Promise<void> {
  const tag = { do: 'add-tags' as const, tags: ['caller'], to: 'client' as const };
  await saveSettings(house.store.pool, house.accountId, {
    ...{ language: 'en', employees: { '101': 504141 }, pbxs: {}, calendars: [], numberLists: [] },
    rules: [
      ...defaultRules,
      { id: 'known', name: 'K', enabled: true, when: { phase: 'call_ended', clientKnown: true }, actions: [tag] },
    ],
  });
}

async function play(clientNumber: string): Promise<number> {
  const before = (await house.amocrm.state()).requests.at(-1)?.id ?? 0;
  const call = newCall('in-direct-answered', { clientNumber });
  await write(house, call.rows);
  await house.closed(call.linkedid);
  const entity = (await house.journal(call.linkedid))?.registration;
  const { requests } = await house.amocrm.state();
  const own = requests.filter(({ id }) => id > before);
  // what is written for the call comes back as news of its client, after which they may be asked for anew
  const firstWrite = own.findIndex(({ method }) => method !== 'GET');
  const searches = own
    .slice(0, firstWrite < 0 ? own.length : firstWrite)
    .filter(({ path, query }) => path.endsWith('/contacts') && query.includes('query='));
  questions = searches.length;
  return entity?.state === 'registered' ? (entity.entityId ?? 0) : 0;
}

/** How often the last call's client was searched for before anything was written of it. */
let questions = 0;

/** Waits until something is known of the phone, or nothing is any more. */
async function awaitKnown(number: string, isKnown: boolean): Promise<void> {
  while (((await book.recall(house.accountId, `7${number}`)) !== undefined) !== isKnown) await sleep(50);
}

it('amoCRM is asked to tell what changes, at an address that only it knows', async () => {
  await play(strangersNumber());
  const { webhooks } = await house.amocrm.until((now) => now.webhooks.length > 0, 'a subscription');
  expect(webhooks).toMatchObject([
    { isDisabled: false, destination: expect.stringContaining(`${apiUrl}/webhooks/amocrm/`) },
  ]);
  const stranger = await fetch(webhooks[0]?.destination.replace(/.{5}$/, 'wrong') ?? '', { method: 'POST' });
  expect(stranger.status).toBe(404);
});

it('a client who was read before they ever called is known without a question', async () => {
  const { contacts } = await house.amocrm.state();
  const regular = contacts.find(({ phones }) => phones.length === 1);
  const phone = regular?.phones[0]?.replace(/\D/g, '').slice(-10) ?? '';
  await awaitKnown(phone, true);
  expect(await play(phone)).toBe(regular?.id);
  expect(questions).toBe(0);
});

it('a number that a person has given to another contact is that one’s from then on', async () => {
  const number = strangersNumber();
  const first = await house.amocrm.addContact(number, 'First');
  expect(await play(number)).toBe(first);
  await house.amocrm.setPhones(first, ['+79990001122']);
  const second = await house.amocrm.addContact(number, 'Second');
  await awaitKnown(number, false);
  expect(await play(number)).toBe(second);
});

it('a lead that somebody opens for a client gets their next call', async () => {
  const number = strangersNumber();
  const contactId = await house.amocrm.addContact(number, 'Wants a lead');
  expect(await play(number)).toBe(contactId);
  const leadId = await house.amocrm.addLead({ name: 'New windows', contactIds: [contactId] });
  await awaitKnown(number, false);
  expect(await play(number)).toBe(leadId);
  await house.amocrm.changeLead(leadId, { statusId: 143 });
  await awaitKnown(number, false);
  expect(await play(number)).toBe(contactId);
});

it('the same delivery twice is one, and nonsense is none', async () => {
  const { webhooks } = await house.amocrm.state();
  const post = (body: string) =>
    fetch(webhooks[0]?.destination ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
  const body = 'contacts[update][0][id]=4242424242&contacts[update][0][type]=contact';
  expect((await Promise.all([post(body), post(body), post(body)])).map(({ status }) => status)).toEqual([
    200, 200, 200,
  ]);
  expect((await post('%%%&contacts=5&leads[add]=x&account[id]=__proto__')).status).toBe(200);
  expect((await post('account[id]=1&contacts[update][0][id]=5')).status).toBe(200); // which account it is was never told
  const started = [];
  for await (const one of house.temporal.workflow.list({ query: "WorkflowType = 'webhook'" }))
    started.push(one.workflowId);
  expect(new Set(started).size).toBe(started.length);
});

it('Redis emptied: the clients are known all the same', async () => {
  await stopKeeper(); // all here have just changed
  const { contacts } = await house.amocrm.state();
  const { id, phones = [] } = contacts.find(({ name }) => name === 'Ольга Белова') ?? {};
  const phone = phones[0]?.replace(/\D/g, '').slice(-10) ?? '';
  const client = { entityType: 'contacts' as const, entityId: id ?? 0, name: '', responsibleUserId: null };
  const known = { client: { ...client, openLeadIds: [], hasCustomers: false }, askedAtMs: Date.now() };
  await book.remember(house.accountId, `7${phone}`, known);
  await redis.del(await redis.keys(`*${house.accountId}*`));
  const before = (await house.amocrm.state()).requests.length;
  expect(await play(phone)).toBe(id);
  expect(questions).toBe(0);
  const asked = (await house.amocrm.state()).requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  expect(asked).toContain('POST /api/v4/contacts/notes');
  expect(asked).not.toContain('POST /api/v4/calls');
});
