import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { fixedAccess } from '../../activities/amocrm/access.ts';
import { type Amocrm, startAmocrm } from '../../tests/rig/amocrm.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createAmocrmClients } from './amocrm-clients.ts';

let amocrm: Amocrm;
let redis: Redis;

beforeAll(async () => {
  redis = new Redis(servers.redisUrl);
  amocrm = await startAmocrm();
});
afterAll(() => Promise.all([redis.quit(), amocrm.close()]));

it('whoever sends to an account takes a place of the integration by which it is connected', async () => {
  const [accountId, clientId] = [randomUUID(), randomUUID()];
  const heard: unknown[] = [];
  const access = fixedAccess({ baseUrl: amocrm.url, token: amocrm.token });
  const { clientOf, quietClientOf } = createAmocrmClients(
    redis,
    async () => clientId,
    () => access,
    { list: async () => [] },
    {
      timed: (_account, _lane, limiter) => limiter,
      hearOf: (account, lane) => (sent) => heard.push([account, lane, sent]),
    },
  );
  await clientOf(accountId).GET('/api/v4/account');
  await quietClientOf(accountId).GET('/api/v4/account');
  const sent = { method: 'GET', path: '/api/v4/account', status: 200 };
  expect(heard).toMatchObject([
    [accountId, 'live', sent],
    [accountId, 'backfill', sent],
  ]);
  expect(await redis.zcard(`ringflow:budget:${clientId}:${accountId}:places`)).toBe(2);
});
