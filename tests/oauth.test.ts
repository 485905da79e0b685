import { createHmac, randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { account as amocrmAccount } from '../sandbox/amocrm/crm/seed.ts';
import { callsTaskQueue } from '../workflows/call/contract.ts';
import { clientsWorkflowId, clientsWorkflowType } from '../workflows/clients/contract.ts';
import type { AmocrmState } from './rig/amocrm.ts';
import { callsComeIn, type TestCall, timesRegistered } from './rig/calls.ts';
import { everythingInTemporal } from './rig/histories.ts';
import { type ConnectableInstallation, installConnectable, isTokenRequest, land } from './rig/oauth.ts';
import type { Part } from './rig/part.ts';
import { servers } from './rig/servers.ts';

jest.setTimeout(180_000);

let house: ConnectableInstallation;
let workers: Part[];
let api: Part;

beforeAll(async () => {
  house = await installConnectable();
  const starting = [house.startWorker(), house.startWorker(), house.startApi(), house.startConnector()] as const;
  const [one, two, third] = await Promise.all(starting);
  [workers, api] = [[one, two], third];
});
afterAll(() => house.remove());
afterEach(() => house.amocrm.clearFaults());

const comeIn = (count?: number) => callsComeIn(house, count);
const recordsOf = (calls: readonly TestCall[]) => timesRegistered(house, calls);

const tokenRequests = async () => (await house.amocrm.state()).requests.filter(isTokenRequest);

function landingUrl(query: Record<string, string>): string {
  return `${house.apiUrl}/oauth/amocrm?${new URLSearchParams(query)}`;
}

describe('an account that nobody has connected yet', () => {
  let waiting: TestCall[];

  it('lets calls wait, says so, and asks amoCRM for nothing', async () => {
    waiting = await comeIn();
    await Promise.race(workers.map((worker) => worker.said(/amoCRM is not connected yet: run `bin\/ringflow account/)));
    expect(await house.accountDetails()).toContain('not connected yet');
    expect((await house.amocrm.state()).requests).toEqual([]);
    expect((await house.ringflow(['account', 'list'])).output).toMatch(/pending\tamoCRM is not connected yet/);
  });

  it('stays so if the person refuses', async () => {
    const { status, page } = await house.connect('deny');
    expect({ status, page }).toEqual({ status: 200, page: expect.stringContaining('You did not allow it') });
    expect((await house.account()).state).toBe('pending');
  });

  it('is connected by the printed link and the consent in amoCRM; what waited is registered', async () => {
    const { status, page } = await house.connect();
    expect({ status, page }).toEqual({ status: 200, page: expect.stringContaining('amoCRM is connected') });
    expect(await house.account()).toMatchObject({ state: 'connected', reason: '', amocrmId: amocrmAccount.id });
    expect(await recordsOf(waiting)).toEqual([1]);
    expect(await house.accountDetails()).toMatch(/: connected.*to be refreshed 20/s);
  });
});

describe('access', () => {
  it('that ends while many calls come at once is renewed once, by two workers', async () => {
    const before = (await tokenRequests()).length;
    await house.amocrm.oauth.expire();
    expect(await recordsOf(await comeIn(8))).toEqual(Array(8).fill(1));
    expect((await tokenRequests()).length - before).toBe(1);
  });

  it('is renewed before it ends, without anybody asking for anything', async () => {
    await house.setIntegration(4);
    await house.connect();
    const before = (await tokenRequests()).length;
    await house.amocrm.until(({ requests }) => requests.filter(isTokenRequest).length >= before + 2, 'two renewals');
    await house.setIntegration();
    await house.amocrm.until(({ requests }) => requests.filter(isTokenRequest).length >= before + 3, 'a last one');
    const statuses = (await tokenRequests()).slice(before).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await recordsOf(await comeIn())).toEqual([1]);
  });

  it.each([
    ['is down', { kind: 'status', status: 503 }],
    ['breaks off before it has read the request', { kind: 'cut-before' }],
  ] as const)('is renewed a little later if amoCRM %s', async (_, fault) => {
    await house.amocrm.fault({ match: 'POST /oauth2/access_token', ...fault });
    await house.amocrm.oauth.expire();
    expect(await recordsOf(await comeIn())).toEqual([1]);
    expect((await house.account()).state).toBe('connected');
  });

  it('that was withdrawn is told with what to do; calls wait, and are registered once when it is given again', async () => {
    await house.amocrm.oauth.revoke();
    const waiting = await comeIn(2);
    const { reason } = await house.entered('reconnect-needed');
    expect(reason).toMatch(/Reconnect needed.*401: Token has been revoked.*bin\/ringflow account connect/);
    expect(await house.accountDetails()).toContain('reconnect needed');
    await house.connect();
    expect(await recordsOf(waiting)).toEqual([1, 1]);
  });
});

describe('a permission', () => {
  it('serves once: who comes back with it is refused, and nothing changes', async () => {
    const { url } = await house.connect();
    const again = await land(url);
    expect(again).toMatchObject({ status: 403, page: expect.stringContaining('permission is refused') });
    expect((await house.account()).state).toBe('connected');
  });

  it('with a state that was never issued is refused, in the language of the browser', async () => {
    const code = await house.amocrm.oauth.code(house.clientId);
    const url = landingUrl({ code, referer: house.accountId, state: 'made-up' });
    expect(await land(url, 'ru-RU,en;q=0.5')).toMatchObject({
      status: 403,
      page: expect.stringContaining('Разрешение не принято'),
    });
    const answer = await fetch(url);
    expect(await answer.json()).toEqual({
      code: 'wrong-state',
      message: expect.any(String),
      whatToDo: expect.stringContaining('bin/ringflow account connect'),
    });
  });

  it.each(['evil.example', 'acme.amocrm.ru.evil.example', '127.0.0.1:1', 'user@acme.amocrm.ru'])(
    'from %s is refused, and nothing is asked there',
    async (referer) => {
      const before = (await tokenRequests()).length;
      const { status } = await land(landingUrl({ code: 'c', referer, from_widget: '1' }));
      expect(status).toBe(400);
      expect((await tokenRequests()).length).toBe(before);
    },
  );

  it.each([
    ['no query', ''],
    ['an array in place of a text', '?state=a&state=b'],
    ['a code too long', `?from_widget=1&referer=acme.amocrm.ru&code=${'c'.repeat(9000)}`],
  ])('with %s is refused', async (_, query) => {
    const answer = await fetch(`${house.apiUrl}/oauth/amocrm${query}`);
    expect([400, 403]).toContain(answer.status);
    expect(Object.keys((await answer.json()) as object).sort()).toEqual(['code', 'message', 'whatToDo']);
  });
});

it('a link serves once', async () => {
  const link = (await house.ringflow(['account', 'connect'])).output.trim();
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(302);
  expect((await land(link)).status).toBe(403);
});

describe('the uninstall hook', () => {
  const hook = (query: Record<string, string>) =>
    fetch(`${house.apiUrl}/oauth/amocrm/disabled?${new URLSearchParams(query)}`);
  const accountId = String(amocrmAccount.id);
  const signed = (message: string, key = house.clientSecret) => createHmac('sha256', key).update(message).digest('hex');

  it.each<[string, () => Record<string, string>]>([
    ['another key', () => ({ client_uuid: house.clientId, signature: signed(`${house.clientId}|${accountId}`, 'x') })],
    ['another account', () => ({ client_uuid: house.clientId, signature: signed(`${house.clientId}|1`) })],
    ['another integration', () => ({ client_uuid: 'x', signature: signed(`x|${accountId}`) })],
    ['nothing', () => ({ client_uuid: house.clientId, signature: '' })],
  ])('signed with %s changes nothing', async (_, query) => {
    expect((await hook({ account_id: accountId, ...query() })).ok).toBe(false);
    expect((await house.account()).state).toBe('connected');
  });

  it('lets everything wait until the account is connected again', async () => {
    await house.amocrm.oauth.off();
    const { reason } = await house.entered('disconnected');
    expect(reason).toContain('switched off');
    const waiting = await comeIn();
    await Promise.race(workers.map((worker) => worker.said(/switched off in amoCRM; everything waits/)));
    await house.setIntegration();
    await house.connect();
    expect(await recordsOf(waiting)).toEqual([1]);
  });

  it('is known by the other name of the integration too', async () => {
    await house.amocrm.oauth.revoke();
    const signature = signed(`${house.clientId}|${accountId}`);
    expect((await hook({ account_id: accountId, client_id: house.clientId, signature })).status).toBe(200);
    await house.entered('disconnected');
  });
});

describe('an installation from the widget', () => {
  it('waits until an administrator accepts it', async () => {
    const before = (await tokenRequests()).length;
    await house.amocrm.oauth.install();
    const isExchanged = ({ requests }: AmocrmState) => requests.filter(isTokenRequest).length > before;
    await house.amocrm.until(isExchanged, 'the code');
    expect((await house.entered('pending')).reason).toContain(`bin/ringflow account accept ${house.accountId}`);
    const waiting = await comeIn();
    await Promise.race(workers.map((worker) => worker.said(/not accepted yet; everything waits/)));
    expect(await house.ringflow(['account', 'accept', house.accountId])).toMatchObject({ code: 0 });
    expect(await recordsOf(waiting)).toEqual([1]);
  });

  it('that amoCRM does not confirm is not said to wait for anybody, and its refusal is told', async () => {
    const landing = await land(landingUrl({ code: 'made-up', referer: house.accountId, from_widget: '1' }));
    expect(landing).toMatchObject({ status: 200, page: expect.stringContaining('is being checked') });
    await api.said(/An installation from http:.* was not taken \(.*does not take the code/);
  });

  it('of an account that is connected leaves it so', async () => {
    const before = (await tokenRequests()).length;
    await house.amocrm.oauth.install();
    const isExchanged = ({ requests }: AmocrmState) => requests.filter(isTokenRequest).length > before;
    await house.amocrm.until(isExchanged, 'the code');
    expect(await recordsOf(await comeIn())).toEqual([1]);
    expect((await house.account()).state).toBe('connected');
  });
});

describe('keys', () => {
  const newKey = () => `new:${randomBytes(32).toString('base64')}`;

  it('that are not the right ones are told at the start, by the name of their variable', async () => {
    const wrong = newKey();
    const start = house.startWorker({ RINGFLOW_SECRET_KEYS: wrong });
    await expect(start).rejects.toThrow(/ended with 2:[\s\S]*RINGFLOW_SECRET_KEYS lacks the key "test"/);
    await expect(start).rejects.not.toThrow(wrong.slice(4));
  });

  it('can be changed: after a rotation the old one is not needed', async () => {
    const young = newKey();
    const both = { RINGFLOW_SECRET_KEYS: `${young},${house.environment.RINGFLOW_SECRET_KEYS}` };
    await Promise.all(workers.map((worker) => worker.stop()));
    workers = [await house.startWorker(both)]; // writes with the new key from now on
    const rotated = await house.ringflow(['secrets', 'rotate'], both);
    expect(rotated).toMatchObject({ code: 0, errors: expect.stringContaining('encrypted with the newest key') });
    await workers[0]?.stop();
    workers = [await house.startWorker({ RINGFLOW_SECRET_KEYS: young })];
    await house.amocrm.oauth.expire();
    expect(await recordsOf(await comeIn())).toEqual([1]);
  });
});

it('no token, code or secret is to be found in Temporal, Redis, logs or the journal', async () => {
  const { codes, refreshTokens, accessTokens } = await house.amocrm.oauth.issued();
  await house.temporal.workflow.start(clientsWorkflowType, {
    workflowId: clientsWorkflowId(house.accountId),
    workflowIdConflictPolicy: 'TERMINATE_EXISTING', // the worker's own rests for minutes before it subscribes
    taskQueue: callsTaskQueue,
    args: [{ accountId: house.accountId, longestPauseMs: 300 }],
  });
  const { webhooks } = await house.amocrm.until((now) => now.webhooks.length > 0, 'a subscription');
  const webhookSecrets = webhooks.map(({ destination }) => destination.split('/').at(-1) as string);
  const { PBX_DATABASE_URL: pbxUrl = '' } = house.environment;
  const secrets = [
    ...[...codes, ...refreshTokens, ...accessTokens, house.clientSecret],
    ...[...webhookSecrets, pbxUrl, new URL(pbxUrl).password],
  ];
  expect(secrets.every((secret) => secret.length > 10)).toBe(true);
  expect(Math.min(codes.length, refreshTokens.length, accessTokens.length)).toBeGreaterThan(4);
  const places = {
    temporal: await everythingInTemporal(house.temporal),
    redis: await everythingInRedis(),
    logs: house.parts.map((part) => part.log()).join('\n'),
    database: await everythingInMysql(),
  };
  expect(places.temporal).toContain('exchangeCode');
  expect(places.temporal).toContain(house.accountId); // stands in payloads alone
  expect(places.redis).toContain('ringflow:oauth:');
  expect(places.logs).toContain('listening');
  expect(places.database).toContain(house.accountId);
  for (const [place, text] of Object.entries(places)) {
    const found = secrets.filter((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)));
    expect({ place, found }).toEqual({ place, found: [] });
  }
});

async function everythingInRedis(): Promise<string> {
  const redis = new Redis(servers.redisUrl);
  const readers: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => redis.get(key),
    hash: (key) => redis.hgetall(key),
    zset: (key) => redis.zrange(key, '0', '-1'),
    list: (key) => redis.lrange(key, '0', '-1'),
    set: (key) => redis.smembers(key),
  };
  const entries = (await redis.keys('*')).map(async (key) => [key, await readers[await redis.type(key)]?.(key)]);
  const all = await Promise.all(entries);
  await redis.quit();
  return JSON.stringify(all);
}

async function everythingInMysql(): Promise<string> {
  const [tables] = (await house.store.pool.query('SHOW TABLES')) as unknown as [Record<string, string>[]];
  const texts = [];
  for (const table of tables.flatMap((row) => Object.values(row))) {
    const [rows] = (await house.store.pool.query(`SELECT * FROM \`${table}\``)) as unknown as [object[]];
    const asText = (_: string, value: { type?: string; data?: number[] } | null) =>
      value?.type === 'Buffer' ? Buffer.from(value.data ?? []).toString('latin1') : value;
    texts.push(JSON.stringify(rows, asText));
  }
  return texts.join('\n');
}
