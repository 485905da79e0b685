import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { account as amocrmAccount } from '../../sandbox/amocrm/crm/seed.ts';
import { faultsOfAnswer, faultsOfRequest, operationIdOf } from '../../sandbox/amocrm/testing/contract.ts';
import { tapInto } from '../../sandbox/amocrm/testing/wiretap.ts';
import { type Amocrm, startAmocrm } from '../../tests/rig/amocrm.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { type Accounts, createAccounts, type Integration } from '../store/accounts.ts';
import { readKeyRing } from '../store/key-ring.ts';
import type { BudgetKey } from '../store/pauses.ts';
import { createPermissions, type Permissions } from '../store/permissions.ts';
import { createSecrets, type Secrets } from '../store/secrets.ts';
import { readTokenPair } from '../store/token-pair.ts';
import { accountAccess } from './access.ts';
import { createRequestBudget } from './budget.ts';
import { createAmocrmClient } from './client.ts';
import { AmocrmError } from './errors.ts';
import { createRequestLimiter } from './limiter.ts';
import { createTokenActivities, type TokenActivities } from './token.ts';

const integration: Integration = {
  clientId: `an-id-${randomUUID()}`,
  clientSecret: 'a-secret',
  redirectUri: 'http://127.0.0.1/oauth/amocrm',
};

let amocrm: Amocrm;
let database: Database;
let redis: Redis;
let accounts: Accounts;
let secrets: Secrets;
let permissions: Permissions;
let activities: TokenActivities;
let accountId: string;

beforeAll(async () => {
  redis = new Redis(servers.redisUrl);
});
afterAll(() => redis.quit());

beforeEach(async () => {
  [amocrm, database] = await Promise.all([startAmocrm(), createStoreDatabase()]);
  const ring = readKeyRing(`a:${randomBytes(32).toString('base64')}`);
  accounts = createAccounts(database.pool);
  secrets = createSecrets(database.pool, ring);
  permissions = createPermissions(redis, ring);
  const limiterOf = (key: BudgetKey) => createRequestLimiter(createRequestBudget(redis, key), 'cards');
  activities = createTokenActivities({ accounts, secrets, permissions, integration, ownUrl: amocrm.url, limiterOf });
  accountId = await accounts.seed({ baseUrl: amocrm.url, integration }, secrets);
  await amocrm.oauth.set(integration);
});
afterEach(() => Promise.all([amocrm.close(), database.drop()]));

async function exchange(changes: { accountId?: string; baseUrl?: string; origin?: 'link' | 'widget' } = {}) {
  const ref = await permissions.keepCode(await amocrm.oauth.code(integration.clientId));
  const attempt = await activities.exchangeCode({ accountId, ref, baseUrl: amocrm.url, origin: 'link', ...changes });
  return { ...attempt, ref, outcome: await permissions.outcome(ref) };
}

interface Strange {
  status: number;
  type?: string;
  body?: string;
}

const tokenRequests = async () =>
  (await amocrm.state()).requests.filter(({ path }) => path === '/oauth2/access_token').length;

const budget = () => createRequestBudget(redis, { integration: integration.clientId, accountId });

/** How many requests hold a place just now. */
async function placesHeld(): Promise<number> {
  return redis.zcard(`ringflow:budget:${integration.clientId}:${accountId}:places`);
}

/** An address at which something answers, but not the account. */
async function formerAddress(answer: Strange = { status: 404 }): Promise<{ server: Server; url: string }> {
  const { status, type = 'text/html', body = '<h1>Not here</h1>' } = answer;
  const listener = (_: unknown, response: ServerResponse) =>
    response.writeHead(status, { 'content-type': type, location: 'http://127.0.0.1:1/' }).end(body);
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('exchanging a code', () => {
  it('connects the account, and done again after a crash says so without another request', async () => {
    const { ref, standing, outcome } = await exchange();
    expect(standing).toMatchObject({ state: 'connected', version: 1, refreshAtMs: expect.any(Number) });
    expect(outcome).toEqual({ result: 'connected', words: '' });
    const before = await tokenRequests();
    expect(await activities.exchangeCode({ accountId, ref, baseUrl: amocrm.url, origin: 'link' })).toEqual({
      standing,
    });
    expect(await tokenRequests()).toBe(before);
  });

  it('that fails leaves the account as it was', async () => {
    const { standing } = await exchange();
    const ref = await permissions.keepCode('no code at all');
    const attempt = await activities.exchangeCode({ accountId, ref, baseUrl: amocrm.url, origin: 'link' });
    expect(attempt).toEqual({ standing });
    expect(await permissions.outcome(ref)).toMatchObject({ result: 'refused', words: expect.stringContaining('400') });
  });

  it('of an account that is not the one to be connected is refused before the code is spent', async () => {
    const { server, url } = await formerAddress();
    const { outcome, standing } = await exchange({ baseUrl: url });
    server.close();
    expect(outcome).toMatchObject({ result: 'refused', words: expect.stringContaining('another account') });
    expect(standing?.state).toBe('pending');
  });

  it('that somebody without rights has given is refused, and what stands stays', async () => {
    const { standing } = await exchange();
    await amocrm.fault({ match: 'GET /api/v4/users', kind: 'status', status: 403 });
    const refused = await exchange({ origin: 'widget' });
    expect(refused.outcome).toMatchObject({ result: 'refused', words: expect.stringContaining('no administrator') });
    expect(refused.standing).toEqual(standing);
  });

  it('of an account never met before writes it down, to be accepted; a false one leaves nothing', async () => {
    await database.pool.query('DELETE FROM accounts');
    const ref = await permissions.keepCode('no code at all');
    await activities.exchangeCode({ accountId: 'new', ref, baseUrl: amocrm.url, origin: 'widget' });
    expect(await accounts.list()).toEqual([]);
    const { standing, outcome } = await exchange({ accountId: 'new', origin: 'widget' });
    expect(standing).toMatchObject({ state: 'pending', reason: expect.stringContaining('account accept new') });
    expect(outcome?.result).toBe('pending');
  });

  it('of an account never met before holds up nobody who adds one while amoCRM is asked', async () => {
    await database.pool.query('DELETE FROM accounts');
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const exchanged = exchange({ accountId: 'new', baseUrl, origin: 'widget' });
    const [, answer] = (await once(silent, 'request')) as [unknown, ServerResponse];
    await accounts.add('another', 'https://another.amocrm.ru');
    answer.writeHead(503).end();
    expect((await exchanged).later).toContain('503');
    silent.close();
  });

  it('of an account that is known by another name is refused', async () => {
    await exchange();
    const { outcome, standing } = await exchange({ accountId: 'twin', origin: 'widget' });
    expect(outcome).toMatchObject({ result: 'refused', words: expect.stringContaining(accountId) });
    expect(standing).toBeUndefined();
  });
});

describe('refreshing', () => {
  it('asked for by many at once happens once', async () => {
    await exchange();
    const before = await tokenRequests();
    const attempts = await Promise.all(
      Array.from({ length: 8 }, () => activities.refreshTokens({ accountId, version: 1 })),
    );
    expect(new Set(attempts.map(({ standing }) => standing?.version))).toEqual(new Set([2]));
    expect((await tokenRequests()) - before).toBe(1);
  });

  it.each([
    ['is down', { kind: 'status', status: 503 }],
    ['asks for patience', { kind: 'status', status: 429 }],
    ['breaks off', { kind: 'cut-before' }],
  ] as const)('is put off while amoCRM %s', async (_, fault) => {
    const { standing } = await exchange();
    await amocrm.fault({ match: 'POST /oauth2/access_token', ...fault });
    const attempt = await activities.refreshTokens({ accountId, version: 1 });
    expect(attempt).toEqual({ standing, later: expect.stringContaining('amoCRM') });
    expect((await activities.refreshTokens({ accountId, version: 1 })).standing?.version).toBe(2);
  });

  it.each<[string, Strange]>([
    ['a redirection', { status: 302 }],
    ['a 404', { status: 404 }],
    ['a 401 that is a page', { status: 401 }],
    ['a 400 in the words of a proxy', { status: 400, type: 'application/json', body: '{"message":"bad gateway"}' }],
  ])('that is answered by %s at an address that nobody can tell to be wrong keeps the pair', async (_, answer) => {
    await exchange();
    const { server, url } = await formerAddress(answer);
    await accounts.situate(accountId, url, null);
    await amocrm.fault({ match: 'GET /oauth2/account/current/subdomain', kind: 'status', status: 503 });
    const { standing, later } = await activities.refreshTokens({ accountId, version: 1 });
    server.close();
    expect(later).toContain(String(answer.status));
    expect(standing).toMatchObject({ state: 'connected', version: 1, refreshAtMs: expect.any(Number) });
    await accounts.situate(accountId, amocrm.url, null);
    expect((await activities.refreshTokens({ accountId, version: 1 })).standing?.version).toBe(2);
  });

  it('that is answered by a page where the account lives keeps the pair', async () => {
    const { standing } = await exchange();
    await amocrm.fault({ match: 'POST /oauth2/access_token', kind: 'html', status: 400 });
    const attempt = await activities.refreshTokens({ accountId, version: 1 });
    expect(attempt).toEqual({ standing, later: expect.stringContaining('400') });
  });

  it('that is refused is believed only when amoCRM can say whether the account has moved', async () => {
    const { standing } = await exchange();
    await amocrm.oauth.revoke();
    await amocrm.fault({ match: 'GET /oauth2/account/current/subdomain', kind: 'cut-before' });
    const attempt = await activities.refreshTokens({ accountId, version: 1 });
    expect(attempt).toEqual({ standing, later: expect.stringContaining('moved') });
    expect((await activities.refreshTokens({ accountId, version: 1 })).standing?.state).toBe('reconnect-needed');
  });

  it('that amoCRM refuses loses the connection, with what to do', async () => {
    await exchange();
    await amocrm.oauth.revoke();
    const { standing } = await activities.refreshTokens({ accountId, version: 1 });
    expect(standing).toMatchObject({ state: 'reconnect-needed', refreshAtMs: null });
    expect(standing?.reason).toContain('bin/ringflow account connect');
  });

  it('of what was never accepted leaves it to be accepted', async () => {
    await exchange({ origin: 'widget' });
    await amocrm.oauth.revoke();
    expect((await activities.refreshTokens({ accountId, version: 1 })).standing?.state).toBe('pending');
    expect((await exchange({ origin: 'widget' })).standing?.state).toBe('pending');
  });

  it('learns which account it is if amoCRM was silent about it before', async () => {
    await amocrm.fault({ match: 'GET /api/v4/account', kind: 'cut-before' });
    expect((await exchange()).standing?.state).toBe('connected');
    expect((await accounts.find(accountId))?.amocrmId).toBeNull();
    await activities.refreshTokens({ accountId, version: 1 });
    expect((await accounts.find(accountId))?.amocrmId).toBe(amocrmAccount.id);
  });

  it('follows an account that has moved as soon as a request is sent elsewhere; that goes on to it', async () => {
    await exchange();
    const { server, url } = await formerAddress({ status: 301 });
    await accounts.situate(accountId, url, null);
    const access = accountAccess(accountId, accounts, secrets, async (_, version) => {
      await activities.refreshTokens({ accountId, version });
    });
    const limiter = createRequestLimiter(budget(), 'live');
    const { data } = await createAmocrmClient({ access, limiter }).GET('/api/v4/account');
    server.close();
    expect(data?.id).toBe(amocrmAccount.id);
  });

  it('follows an account that has moved', async () => {
    await exchange();
    const { server, url } = await formerAddress();
    await accounts.situate(accountId, url, null);
    const { standing } = await activities.refreshTokens({ accountId, version: 1 });
    server.close();
    expect(standing).toMatchObject({ state: 'connected', version: 2, baseUrl: amocrm.url });
    expect(await accounts.find(accountId)).toMatchObject({ id: accountId, amocrmId: amocrmAccount.id });
  });
});

describe('the budget of the account', () => {
  it('has a place for each request', async () => {
    await exchange();
    expect(await placesHeld()).toBe((await amocrm.state()).requests.length);
  });

  it('pauses for all when the token address says that the API is blocked', async () => {
    const { standing } = await exchange();
    await amocrm.fault({ match: 'POST /oauth2/access_token', kind: 'html', status: 403 });
    const attempt = await activities.refreshTokens({ accountId, version: 1 });
    expect(attempt).toEqual({ standing, later: expect.stringContaining('Nobody sends to amoCRM until') });
    expect(await budget().standingPause()).toMatchObject({ code: 'Blocked' });
  });

  it('on pause lets nobody ask for tokens, nor what a code is worth', async () => {
    await exchange();
    const before = (await amocrm.state()).requests.length;
    const blocked = new AmocrmError('Blocked', 'amoCRM has blocked the API.', { hadNoEffect: true, retryAfterMs: 6e5 });
    await budget().pause(blocked);
    const { standing, later } = await activities.refreshTokens({ accountId, version: 1 });
    expect({ state: standing?.state, later }).toEqual({
      state: 'connected',
      later: expect.stringContaining('blocked'),
    });
    expect((await exchange()).later).toContain('blocked');
    const asked = (await amocrm.state()).requests.slice(before).map(({ path }) => path);
    expect(asked.filter((path) => !path.startsWith('/oauth?'))).toEqual([]);
  });
});

it('all is asked as the contract says', async () => {
  const tap = await tapInto(amocrm.url);
  await accounts.situate(accountId, tap.url, null);
  await exchange({ baseUrl: tap.url });
  await activities.refreshTokens({ accountId, version: 1 });
  await amocrm.oauth.revoke();
  await activities.refreshTokens({ accountId, version: 2 });
  await tap.close();
  expect(tap.exchanges.flatMap(faultsOfRequest)).toEqual([]);
  expect(tap.exchanges.flatMap(faultsOfAnswer)).toEqual([]);
  expect(tap.exchanges.map(operationIdOf)).toEqual([
    'giveTokens',
    'getAccount',
    'listUsers',
    'giveTokens',
    'giveTokens',
  ]);
});

describe('the word that the integration was switched off', () => {
  it('leaves no tokens', async () => {
    await exchange();
    await amocrm.oauth.off();
    const { standing } = await activities.disconnect({ accountId });
    expect(standing).toMatchObject({ state: 'disconnected', version: 0, refreshAtMs: null });
    expect(standing?.reason).toContain('switched off');
    expect(await readTokenPair(secrets, accountId)).toBeUndefined();
    await amocrm.oauth.set(integration);
    expect((await exchange()).standing).toMatchObject({ state: 'connected', version: 2 });
  });

  it('is not believed while amoCRM takes the token, whoever repeats it', async () => {
    const { standing } = await exchange();
    expect(await activities.disconnect({ accountId })).toEqual({ standing });
  });

  it('is not believed only because the access has run out', async () => {
    await exchange();
    await amocrm.oauth.expire();
    expect((await activities.disconnect({ accountId })).standing).toMatchObject({ state: 'connected', version: 2 });
  });

  it('waits until amoCRM can be asked', async () => {
    const { standing } = await exchange();
    await amocrm.oauth.off();
    await amocrm.fault({ match: 'POST /oauth2/access_token', kind: 'status', status: 503 });
    expect(await activities.disconnect({ accountId })).toEqual({ standing, later: expect.stringContaining('503') });
    expect((await activities.disconnect({ accountId })).standing?.state).toBe('disconnected');
  });
});

describe('what the environment says', () => {
  it('holds again at each start, and is kept encrypted', async () => {
    await exchange();
    expect(await accounts.seed({ baseUrl: `${amocrm.url}/`, integration }, secrets)).toBe(accountId);
    expect((await accounts.find(accountId))?.state).toBe('connected');
    const clientSecret = `new-${randomUUID()}`;
    await accounts.seed({ baseUrl: amocrm.url, integration: { ...integration, clientSecret } }, secrets);
    expect(await secrets.read(`account:${accountId}:client-secret`)).toBe(clientSecret);
    expect((await accounts.find(accountId))?.state).toBe('connected');
  });

  it('of another integration ends the connection', async () => {
    await exchange();
    await accounts.seed({ baseUrl: amocrm.url, integration: { ...integration, clientId: 'another' } }, secrets);
    expect((await accounts.find(accountId))?.state).toBe('pending');
    expect(await readTokenPair(secrets, accountId)).toBeUndefined();
  });

  it('of another address is the same account, by its integration', async () => {
    const { standing } = await exchange();
    const moved = 'https://renamed.amocrm.ru';
    expect(await accounts.seed({ baseUrl: moved, integration }, secrets)).toBe(accountId);
    expect(await accounts.find(accountId)).toMatchObject({ baseUrl: moved, state: 'connected' });
    expect((await activities.tokenStanding({ accountId })).standing?.version).toBe(standing?.version);
  });

  it('of a long-lived token needs no connecting', async () => {
    await accounts.seed({ baseUrl: amocrm.url, integration: undefined }, secrets);
    expect(await accounts.find(accountId)).toMatchObject({ state: 'connected', clientId: null, reason: '' });
  });
});
