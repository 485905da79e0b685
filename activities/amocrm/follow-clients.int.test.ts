import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { type Amocrm, startAmocrm } from '../../tests/rig/amocrm.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createFollowedClients } from '../store/followed-clients.ts';
import { createKnownClients, type KnownClients } from '../store/known-clients.ts';
import { createRefusedWebhooks } from '../store/refused-webhooks.ts';
import { fixedAccess } from './access.ts';
import { createRequestBudget } from './budget.ts';
import { createAmocrmClient } from './client.ts';
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

/** @param address undefined: amoCRM can't reach us */
function keepingAt(address?: string): ClientKeeping {
  const budget = createRequestBudget(redis, { integration: 'token', accountId });
  const access = fixedAccess({ baseUrl: amocrm.url, token: amocrm.token });
  const client = createAmocrmClient({ access, limiter: createRequestLimiter(budget, 'cards') });
  const feed = createChangeFeed(async () => address, createRefusedWebhooks(redis));
  return createClientKeeping(() => client, known, createFollowedClients(database.pool), feed);
}

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
