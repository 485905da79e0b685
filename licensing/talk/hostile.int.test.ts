import type { RowDataPacket } from 'mysql2/promise';
import { shell } from '../../bin/licensing-cli/store.ts';
import { type LicensedMachine, makeMachine } from '../../tests/rig/licensed-machine.ts';
import { type Licensing, startLicensing } from '../../tests/rig/licensing.ts';
import { readPurchase } from '../sales/purchase.ts';
import { forgetOldRequests } from '../store/seen-requests.ts';

jest.setTimeout(60_000);

let server: Licensing;
const machine = (): Promise<LicensedMachine> => makeMachine(server);

beforeAll(async () => {
  server = await startLicensing();
});
afterAll(() => server.close());

const rows = async (table: string): Promise<number> => {
  const [[row]] = await server.database.pool.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM ${table}`);
  return Number(row?.n);
};

it('a request is answered once, however often it is sent', async () => {
  const [{ key }, own] = [await server.sell(), await machine()];
  const token = await own.request('activate', { key });
  const answers = await Promise.all(Array.from({ length: 8 }, () => own.send('/v1/activate', token)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ code }) => code === 'request-seen')).toHaveLength(7);
  expect((await own.ask('check')).permit?.kind).toBe('paid');
});

it('a request that was caught serves nobody: not at another address, not for another machine', async () => {
  const [{ key }, own, thief] = [await server.sell(), await machine(), await machine()];
  await own.ask('activate', { key });
  const caught = await own.request('check');
  expect((await thief.send('/v1/release', caught)).code).toBe('request-invalid');
  const [header] = (await thief.request('check')).split('.');
  const [, payload, signature] = caught.split('.');
  expect((await thief.send('/v1/check', `${header}.${payload}.${signature}`)).code).toBe('request-invalid');
  expect((await own.ask('check')).permit?.kind).toBe('paid');
});

it('what is no request is refused in words, and leaves nothing', async () => {
  const before = await rows('seen_requests');
  const own = await machine();
  for (const token of ['', 'x', '..', 'a.b.c', 'x'.repeat(20_001)]) {
    const answer = await own.send('/v1/check', token);
    expect(answer).toMatchObject({ status: 400, code: 'request-invalid', whatToDo: expect.stringMatching(/\w/) });
  }
  expect((await own.ask('check', { iat: 0 })).code).toBe('request-stale');
  expect(await rows('seen_requests')).toBe(before);
});

it.each([
  ['half a sign as its account', { accounts: ['\ud800'] }],
  ['an account that grows in small letters', { accounts: ['\u0130'.repeat(100)] }],
  ['what moves the cursor of whoever lists trials', { accounts: ['\u001b[2Jx\nforged\tline'] }],
  ['such a version', { version: '\u001b[31m' }],
  ['a time zone that is a path', { timezone: '..\\..\u0000' }],
])('%s is no request', async (_, changes) => {
  const own = await machine();
  expect(await own.ask('trial', { accounts: ['fine.amocrm.ru'], ...changes })).toMatchObject({
    ...{ status: 400, code: 'request-invalid' },
  });
  expect((await own.ask('check')).code).toBe('installation-unknown');
});

it('two machines of one identity are noticed, and told to both sides', async () => {
  const [{ key, purchaseId }, own] = [await server.sell(), await machine()];
  const serialOf = async (lastSerial: number) => {
    const { permit } = await own.ask('check', { lastSerial });
    return { serial: permit?.serial ?? 0, isTwin: permit?.isTwin === true };
  };
  let one = (await own.ask('activate', { key, lastSerial: 0 })).permit?.serial ?? 0;
  one = (await serialOf(one)).serial;
  let copy = one;
  const told: boolean[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const [first, second] = [await serialOf(one), await serialOf(copy)];
    [one, copy] = [first.serial, second.serial];
    told.push(first.isTwin, second.isTwin);
  }
  expect(told).toEqual([false, false, false, true, true, true]);
  const [[entry]] = await server.database.pool.query<RowDataPacket[]>(
    "SELECT * FROM history WHERE event = 'twin-noticed'",
  );
  expect(entry).toMatchObject({ purchase_id: purchaseId, thumbprint: own.thumbprint });
  const tools = { ...server.sales };
  expect((await readPurchase(tools.pool, tools, shell, purchaseId)).installation?.isTwin).toBe(true);
});

it('requests are forgotten once their age alone refuses them', async () => {
  const [{ key }, own] = [await server.sell(), await machine()];
  await own.ask('activate', { key });
  const token = await own.request('check');
  await own.send('/v1/check', token);
  await forgetOldRequests(server.sales.pool, Date.now());
  expect((await own.send('/v1/check', token)).code).toBe('request-seen');
  await forgetOldRequests(server.sales.pool, Date.now() + 700_000);
  expect(await rows('seen_requests')).toBe(0);
});

it('a check lets no table grow but that of the requests, which are forgotten', async () => {
  const tables = ['installations', 'activations', 'history', 'signing_keys', 'key_sets', 'refused_attempts', 'trials'];
  const [{ key }, own] = [await server.sell(), await machine()];
  await own.ask('activate', { key });
  const before = await Promise.all(tables.map(rows));
  for (let check = 0; check < 5; check++) expect((await own.ask('check')).status).toBe(200);
  expect(await Promise.all(tables.map(rows))).toEqual(before);
});

it('one address takes the trials of so many accounts within an hour, and no more', async () => {
  await server.stop();
  await server.start({ LICENSING_LIMIT_TRIALS_PER_ADDRESS: '3' });
  const codes = [];
  for (let time = 0; time < 4; time++) {
    codes.push((await (await machine()).ask('trial', { accounts: [`burnt-${time}.amocrm.ru`] })).code);
  }
  expect(codes).toEqual([undefined, undefined, undefined, 'too-many-requests']);
  await server.stop();
  await server.start();
});

it('whoever asks too often has to wait, an installation and an address each for itself', async () => {
  const strict = { LICENSING_LIMIT_PER_INSTALLATION: '5', LICENSING_LIMIT_PER_ADDRESS: '12' };
  const [{ key }, loud, quiet] = [await server.sell(), await machine(), await machine()];
  await server.stop();
  await server.start(strict);
  const codes = [];
  for (let time = 0; time < 7; time++) codes.push((await loud.ask('activate', { key })).code);
  expect(codes).toEqual([...Array(5).fill(undefined), ...Array(2).fill('too-many-requests')]);
  expect((await quiet.ask('check')).code).toBe('installation-unknown');
  for (let time = 0; time < 4; time++) await quiet.ask('check');
  expect((await (await machine()).ask('check')).code).toBe('too-many-requests');
  await server.stop();
  await server.start();
});

it('counts what came of the requests, without a word about whose they were', async () => {
  const own = await machine();
  await own.ask('check');
  const text = await own.read('/metrics');
  expect(text).toMatch(
    /ringflow_licensing_requests_total\{operation="check",outcome="installation-unknown",part="licensing"\} \d+/,
  );
  expect(text).not.toContain(own.thumbprint);
  const handedOn = { 'x-forwarded-for': '203.0.113.7' };
  for (const headers of [handedOn, { ...handedOn, authorization: 'Bearer s3cret-of-another' }]) {
    expect(await own.read('/metrics', headers)).not.toContain('ringflow_licensing');
  }
  await server.stop();
  await server.start({ LICENSING_MONITORING_TOKEN: 's3cret-of-monitoring' });
  const withToken = { ...handedOn, authorization: 'Bearer s3cret-of-monitoring' };
  expect(await own.read('/metrics', withToken)).toContain('ringflow_licensing_requests_total');
  expect(JSON.parse(await own.read('/healthz'))).toEqual({ status: 'ok' });
});

describe('the process', () => {
  beforeEach(() => server.stop());

  it('starts without its database, and says so', async () => {
    const away = { LICENSING_MYSQL_URL: 'mysql://nobody:s3cret@127.0.0.1:1/none' };
    const part = await server.start(away);
    const own = await machine();
    expect(JSON.parse(await own.read('/healthz'))).toMatchObject({ code: 'trouble', whatToDo: expect.any(String) });
    expect((await own.ask('check')).status).toBe(503);
    expect(part.log()).toMatch(/LICENSING_MYSQL_URL can't be used/);
    expect(part.log()).not.toContain('s3cret');
  });

  it('does not start with variables that it cannot use, and says which', async () => {
    const start = server.start({ LICENSING_PORT: 'https', LICENSING_SECRET_KEYS: '' });
    await expect(start).rejects.toThrow(/ended with 2.*LICENSING_PORT has a wrong form.*LICENSING_SECRET_KEYS/s);
  });

  it('does not start with keys by which its signing key cannot be opened', async () => {
    const start = server.start({ LICENSING_SECRET_KEYS: `other:${Buffer.alloc(32, 7).toString('base64')}` });
    await expect(start).rejects.toThrow(/ended with 2.*LICENSING_SECRET_KEYS lacks the key/s);
  });
});
