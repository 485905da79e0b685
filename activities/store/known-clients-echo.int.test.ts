import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createStoreActivities } from './index.ts';
import { createJournal } from './journal.ts';
import { createKnownClients, type KnownClients } from './known-clients.ts';
import type { LiveCalls } from './live-calls.ts';
import { createSettingsStore } from './settings.ts';

let database: Database;
let redis: Redis;
let known: KnownClients;
let accountId: string;

beforeAll(async () => {
  redis = new Redis(servers.redisUrl);
  database = await createStoreDatabase();
  known = createKnownClients(database.pool, redis);
});
afterAll(async () => {
  await redis.quit();
  await database.drop();
});
beforeEach(() => {
  accountId = randomUUID();
});

const [phone, second] = ['79991112233', '79991112244'];

const remember = (number: string, openLeadIds: number[]) => {
  const client = { entityType: 'contacts' as const, entityId: 7, name: 'Seven', responsibleUserId: null };
  return known.remember(accountId, number, {
    client: { ...client, openLeadIds, hasCustomers: false },
    askedAtMs: Date.now(),
  });
};

/** @returns leads that have to be asked about, and whether the first phone is still known */
async function hear(entityType: 'contacts' | 'leads', entityId: number, phones: string[] = [], isNew = true) {
  const stores = [createJournal(database.pool), createSettingsStore(database.pool)] as const;
  const unasked = async () => Promise.reject(new Error('not asked'));
  const { forgetChanged } = createStoreActivities(...stores, unasked, known, unasked, {} as LiveCalls);
  const changes = [{ entityType, entityId, phones, ...(isNew && { isNew }) }];
  const asked = await forgetChanged({ accountId, changes });
  return { asked, isKnown: (await known.peek(accountId, phone)) !== undefined };
}

describe('what amoCRM tells of as new', () => {
  it('is no news if we have made it and know it', async () => {
    await remember(phone, [8]);
    expect(await hear('leads', 8)).toEqual({ asked: [], isKnown: true });
    expect(await hear('contacts', 7, [`+${phone}`])).toEqual({ asked: [], isKnown: true });
  });

  it('is asked about if it is a lead that nobody here knows', async () => {
    await remember(phone, [8]);
    expect(await hear('leads', 9)).toEqual({ asked: [9], isKnown: true });
  });

  it('is asked about if the lead’s client has a phone that does not know it', async () => {
    await remember(phone, [8]);
    await remember(second, []);
    expect((await hear('leads', 8)).asked).toEqual([8]);
  });

  it('makes a phone unknown that somebody else has now', async () => {
    await remember(phone, []);
    expect((await hear('contacts', 10, [`+${phone}`])).isKnown).toBe(false);
  });
});

it('what amoCRM tells of as changed is forgotten, whoever did it', async () => {
  await remember(phone, [8]);
  expect((await hear('leads', 8, [], false)).isKnown).toBe(false);
});
