import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { RowDataPacket } from 'mysql2/promise';
import { type Amocrm, startAmocrm } from '../../tests/rig/amocrm.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createFollowedClients } from '../store/followed-clients.ts';
import { createKnownClients, type KnownClients } from '../store/known-clients.ts';
import { createRefusedWebhooks } from '../store/refused-webhooks.ts';
import { fixedAccess } from './access.ts';
import { createRequestBudget } from './budget.ts';
import { type AmocrmClient, createAmocrmClient } from './client.ts';
import { type ClientKeeping, createClientKeeping } from './follow-clients.ts';
import { createRequestLimiter } from './limiter.ts';
import { createChangeFeed } from './webhook-subscription.ts';

const addressWith = (secret: string) => `http://127.0.0.1:9/webhooks/amocrm/acme/${secret}`;

let amocrm: Amocrm;
let database: Database;
let redis: Redis;
let known: KnownClients;
let accountId: string;

beforeAll(async () => {
  redis = new Redis(servers.redisUrl);
  database = await createStoreDatabase();
});
afterAll(async () => {
  await redis.quit();
  await database.drop();
});
beforeEach(async () => {
  amocrm = await startAmocrm();
  accountId = randomUUID();
  known = createKnownClients(database.pool, redis);
});
afterEach(() => amocrm.close());

function newClient(): AmocrmClient {
  const budget = createRequestBudget(redis, { integration: 'token', accountId });
  const access = fixedAccess({ baseUrl: amocrm.url, token: amocrm.token });
  return createAmocrmClient({ access, limiter: createRequestLimiter(budget, 'cards') });
}

/** @param address undefined: amoCRM can't reach us */
function keepingAt(address?: string, client = newClient()): ClientKeeping {
  const feed = createChangeFeed(async () => address, createRefusedWebhooks(redis));
  return createClientKeeping(() => client, known, createFollowedClients(database.pool), feed);
}

const phoneField = (phone: string) => ({
  field_code: 'PHONE',
  values: [{ value: `+${phone}`, enum_code: 'WORK' }],
});

/** Somebody calls, so that the account's clients are kept. */
const call = () => known.recall(accountId, '79990001122');

describe('the subscription', () => {
  it('with an earlier secret is taken back; that of somebody else stays', async () => {
    const others = 'http://127.0.0.1:9/somebody/else';
    await call();
    for (const address of [others, addressWith('earlier'), addressWith('later')]) {
      await keepingAt(address).followClients({ accountId });
    }
    const { webhooks } = await amocrm.state();
    expect(webhooks.map(({ destination }) => destination)).toEqual([others, addressWith('later')]);
  });

  it('that is refused is asked for once, and again for another address', async () => {
    await call();
    await amocrm.fault({ match: 'POST /api/v4/webhooks', kind: 'status', status: 403, times: 9 });
    for (const address of [addressWith('one'), addressWith('one'), addressWith('two')]) {
      await keepingAt(address).followClients({ accountId });
    }
    const { requests } = await amocrm.state();
    expect(requests.filter(({ path, method }) => method === 'POST' && path === '/api/v4/webhooks')).toHaveLength(2);
  });
});

it('keeping the clients is no use of them: where nobody calls any more it ends', async () => {
  const used = `ringflow:clients:${accountId}:used`;
  await redis.set(used, '1', 'PX', 60_000);
  await keepingAt().followClients({ accountId });
  expect((await amocrm.state()).requests.length).toBeGreaterThan(0);
  expect(await redis.pttl(used)).toBeLessThanOrEqual(60_000);
});

it('strangers of yesterday are let go; whoever is younger or a client stays', async () => {
  const client = { entityType: 'contacts' as const, entityId: 4242, name: 'Anna', responsibleUserId: null };
  const asked = (hoursAgo: number) => Date.now() - hoursAgo * 3_600_000;
  const landing = { entityType: 'leads', entityId: 4343 };
  await known.remember(accountId, '79030000001', { client: null, askedAtMs: asked(25) });
  await known.remember(accountId, '79030000002', { client: null, landing, askedAtMs: asked(25) });
  await known.remember(accountId, '79030000003', { client: null, askedAtMs: asked(23) });
  const anna = { ...client, openLeadIds: [], hasCustomers: false };
  await known.remember(accountId, '79030000004', { client: anna, askedAtMs: asked(25) });
  await call();
  await keepingAt().followClients({ accountId });
  const keysIn = async (table: string) => {
    const sql = `SELECT phone_key FROM ${table} WHERE account_id = ? AND phone_key LIKE '903000000%' ORDER BY phone_key`;
    const [rows] = await database.pool.query<RowDataPacket[]>(sql, [accountId]);
    return rows.map((row) => row.phone_key);
  };
  expect(await keysIn('known_clients')).toEqual(['9030000003', '9030000004']);
  expect(await keysIn('known_client_entities')).toEqual(['9030000004']);
});

describe('the first look at what has changed', () => {
  const inMinutes = (minutes: number) => Math.floor(Date.now() / 1000) + 60 * minutes;

  /** As they are entered by whoever else uses the API. */
  async function addContacts(count: number, phone: string, updatedAtSeconds: number): Promise<void> {
    const contact = { name: 'New', updated_at: updatedAtSeconds, custom_fields_values: [phoneField(phone)] };
    const { response } = await newClient().POST('/api/v4/contacts', { body: Array(count).fill(contact) });
    expect(response.status).toBe(200);
  }

  it('begins early enough for clocks that differ', async () => {
    const phone = '79990003344';
    const client = { entityType: 'contacts' as const, entityId: 1, name: 'Old', responsibleUserId: null };
    const old = { client: { ...client, openLeadIds: [], hasCustomers: false }, askedAtMs: Date.now() };
    await known.remember(accountId, phone, old);
    await addContacts(1, phone, inMinutes(-30));
    await call();
    await keepingAt().followClients({ accountId });
    expect((await known.peek(accountId, phone))?.client?.name).toBe('New');
  });

  it('goes on from amoCRM’s time, not from ours, also when there was too much to read', async () => {
    const aheadOfUs = inMinutes(30);
    for (let i = 0; i < 4; i++) await addContacts(250, '79990003344', aheadOfUs);
    await call();
    await keepingAt().followClients({ accountId });
    const until = (await createFollowedClients(database.pool).read(accountId))?.changesUntil ?? 0;
    expect(until).toBeGreaterThan(aheadOfUs);
  });
});

it('a change is not missed although minutes pass between one list and the next', async () => {
  const [startedAtSeconds, phone] = [Math.floor(Date.now() / 1000), '79990005566'];
  const client = newClient();
  const minutesPass = async () => {
    const real = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => real() + 300_000);
    const contact = { name: 'New', updated_at: startedAtSeconds + 60, custom_fields_values: [phoneField(phone)] };
    await client.POST('/api/v4/contacts', { body: [contact] });
    const entry = { entityType: 'contacts' as const, entityId: 1, name: 'Old', responsibleUserId: null };
    const old = { client: { ...entry, openLeadIds: [], hasCustomers: false }, askedAtMs: Date.now() };
    await known.remember(accountId, phone, old);
    await client.POST('/api/v4/leads', { body: [{ name: 'New', updated_at: startedAtSeconds + 280 }] });
  };
  const slow = {
    ...client,
    GET: async (path: string, init: never) => {
      if (path === '/api/v4/leads') await minutesPass();
      return client.GET(path as never, init);
    },
  } as unknown as AmocrmClient;
  await call();
  await keepingAt(undefined, slow).followClients({ accountId });
  jest.restoreAllMocks();
  await keepingAt().followClients({ accountId });
  expect((await known.peek(accountId, phone))?.client?.name).not.toBe('Old');
});

describe('new leads that amoCRM tells of', () => {
  const phones = Array.from({ length: 21 }, (_, i) => `799911122${String(i).padStart(2, '0')}`);

  async function makeLeads(count: number): Promise<number[]> {
    const leadIds = [];
    for (const phone of phones.slice(0, count)) {
      const entityId = await amocrm.addContact(`+${phone}`);
      const client = { entityType: 'contacts' as const, entityId, name: phone, responsibleUserId: null };
      const entry = { client: { ...client, openLeadIds: [], hasCustomers: false }, askedAtMs: Date.now() };
      await known.remember(accountId, phone, entry);
      leadIds.push(await amocrm.addLead({ name: phone, contactIds: [entityId] }));
    }
    return leadIds;
  }

  it.each([
    ['a few', 2, 2],
    ['many', 21, 1],
  ])('%s make their clients’ entries old, with few questions', async (_, count, questions) => {
    const leadIds = await makeLeads(count);
    await keepingAt().forgetOwners({ accountId, leadIds });
    for (const phone of phones.slice(0, count)) expect(await known.peek(accountId, phone)).toBeUndefined();
    expect((await amocrm.state()).requests).toHaveLength(questions);
  });
});
