import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { createAccounts } from '../../activities/store/accounts.ts';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createPermissions } from '../../activities/store/permissions.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import type { TokenActors } from '../../runtime/token-actors.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { answerErrors } from '../errors.ts';
import type { ApiTools } from '../tools.ts';
import { serveLanding } from './landing.ts';

let store: Database;
let redis: Redis;
let app: FastifyInstance;
/** Accounts to whose actors a code was given; nobody exchanges it here. */
const given: string[] = [];

beforeAll(async () => {
  store = await createStoreDatabase();
  redis = new Redis(servers.redisUrl);
  const keys = readKeyRing(`a:${randomBytes(32).toString('base64')}`);
  const accounts = createAccounts(store.pool);
  await accounts.add('acme.amocrm.ru', 'https://acme.amocrm.ru');
  const logger = pino({ level: 'silent' });
  const tokenActors: Pick<TokenActors, 'give'> = { give: async (accountId) => void given.push(accountId) };
  const tools = {
    ...{ pool: store.pool, redis, accounts, secrets: createSecrets(store.pool, keys) },
    ...{ permissions: createPermissions(redis, keys), logger, ownUrl: 'https://acme.amocrm.ru' },
  };
  app = Fastify();
  answerErrors(app, logger);
  serveLanding(app, { ...tools, tokenActors } as unknown as ApiTools);
});
afterAll(async () => {
  redis.disconnect(); // somebody may still ask it what came of an installation
  await Promise.all([app.close(), store.drop()]);
});

/** As amoCRM does when a widget is installed. */
const install = async (host: string, from: string): Promise<number> => {
  const query = { code: 'code', referer: host, from_widget: '1' };
  return (await app.inject({ url: '/oauth/amocrm', query, remoteAddress: from })).statusCode;
};

it('whoever makes up installations keeps no real one out', async () => {
  const statuses = [];
  for (let i = 0; i < 45; i++) statuses.push(await install(`made-up-${i}.amocrm.ru`, '192.0.2.1')); // a minute may end meanwhile
  expect(statuses).toContain(429);
  expect(await install('acme.amocrm.ru', '192.0.2.1')).toBe(200);
  expect(await install('new.amocrm.ru', '192.0.2.2')).toBe(200);
  expect(given.slice(-2)).toEqual(['acme.amocrm.ru', 'new.amocrm.ru']);
});
