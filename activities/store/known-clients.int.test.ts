import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import type { Client } from '../../proto/client.ts';
import { phoneKey } from '../../proto/phone.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createKnownClients, type KnownClients } from './known-clients.ts';

const phone = '79161234567';
const minuteMs = 60_000;
const client: Client = {
  ...{ entityType: 'contacts', entityId: 7, name: 'Anna', responsibleUserId: null, hasCustomers: false },
  openLeadIds: [70],
};
const lead = { entityType: 'leads', entityId: 70 };

let database: Database;
let redis: Redis;
let known: KnownClients;
let accountId: string;

beforeAll(async () => {
  database = await createStoreDatabase();
  redis = new Redis(servers.redisUrl);
});
beforeEach(async () => {
  known = createKnownClients(database.pool, redis);
  accountId = randomUUID();
  await known.follow(accountId, 24 * 60 * minuteMs);
});
afterAll(async () => {
  await redis.quit();
  await database.drop();
});

/** The index on the same stores; before its step of that number, to whichever store, something else happens. */
function interrupted(step: number, meanwhile: () => Promise<unknown>): KnownClients {
  let steps = 0;
  const watched = <T extends object>(store: T): T =>
    new Proxy(store, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name === 'multi') return () => watched(value.call(target));
        if (!['query', 'get', 'set', 'mget', 'eval', 'exec'].includes(String(name))) return value.bind(target);
        if (name === 'set' && !(target instanceof Redis)) return value.bind(target);
        return async (...values: unknown[]) => {
          if (steps++ === step) await meanwhile();
          return value.apply(target, values);
        };
      },
    });
  return createKnownClients(watched<Pool>(database.pool), watched(redis));
}

const emptyRedis = async () => redis.del(`ringflow:clients:${accountId}:phone:${phoneKey(phone)}`);

/** What is believed as long as Redis lasts, and once it was emptied. */
async function believed(): Promise<unknown[]> {
  const first = await known.recall(accountId, phone);
  await emptyRedis();
  return [first, await known.recall(accountId, phone)];
}

const changes: [string, () => Promise<unknown>][] = [
  ['the phone', () => known.forgetPhones(accountId, [phone])],
  ['the client', () => known.forgetEntities(accountId, [{ entityType: 'contacts', entityId: 7 }])],
  ['their lead', () => known.forgetEntities(accountId, [lead])],
  ['nobody knows what', () => known.forgetAll(accountId)],
];
const steps = Array.from({ length: 9 }, (_, step) => step);

describe.each(changes)('while a client is asked about changes %s', (_, change) => {
  it.each(steps)('nothing older is believed, whatever step of remembering it falls into (%i)', async (step) => {
    const askedAtMs = Date.now();
    await interrupted(step, change).remember(accountId, phone, { client, askedAtMs });
    if (step >= 3) await change(); // remembering takes three steps
    expect(await believed()).toEqual([undefined, undefined]);
  });

  it('nothing is believed if it happened before anything was remembered', async () => {
    const askedAtMs = Date.now();
    await change();
    await known.remember(accountId, phone, { client, askedAtMs });
    expect(await believed()).toEqual([undefined, undefined]);
  });

  it.each(steps)('nothing is brought back from MySQL while it is looked up (%i)', async (step) => {
    await known.remember(accountId, phone, { client, askedAtMs: Date.now() });
    await emptyRedis();
    await interrupted(step, change).recall(accountId, phone);
    await change();
    expect(await believed()).toEqual([undefined, undefined]);
  });
});

describe('while a client is forgotten', () => {
  it.each(steps)('an older answer that comes meanwhile is not believed (%i)', async (step) => {
    const askedAtMs = Date.now();
    await known.remember(accountId, phone, { client, askedAtMs });
    const late = () => known.remember(accountId, phone, { client, askedAtMs });
    await interrupted(step, late).forgetEntities(accountId, [lead]);
    if (step >= 7) await late(); // forgetting takes seven steps
    expect(await believed()).toEqual([undefined, undefined]);
  });

  it.each(steps)('a newer answer is either not believed or forgotten at its next change (%i)', async (step) => {
    await known.remember(accountId, phone, { client, askedAtMs: Date.now() });
    const aheadMs = 10_000; // the other's clock may be, so that no mark holds it back
    const fresh = () => known.remember(accountId, phone, { client, askedAtMs: Date.now() + aheadMs });
    await interrupted(step, fresh).forgetEntities(accountId, [lead]);
    await known.forgetEntities(accountId, [lead]);
    expect(await believed()).toEqual([undefined, undefined]);
  });
});

describe('what was heard', () => {
  it('is believed for a day while changes are followed', async () => {
    const heard = { client, landing: lead, askedAtMs: Date.now() - 23 * 60 * minuteMs };
    await known.remember(accountId, phone, heard);
    expect(await believed()).toEqual([heard, heard]);
  });

  it('of where calls land, but not of whose phone it is, is believed for ten minutes only', async () => {
    await known.remember(accountId, phone, { landing: lead, askedAtMs: Date.now() - 9 * minuteMs });
    expect(await known.recall(accountId, phone)).toMatchObject({ landing: lead });
    await known.remember(accountId, phone, { landing: lead, askedAtMs: Date.now() - 11 * minuteMs });
    expect(await known.recall(accountId, phone)).toBeUndefined();
  });
});
