import type { Client } from '../../proto/client.ts';
import type { LiveCall } from '../../proto/live-call.ts';
import type { PbxRouting } from '../../proto/routing/settings.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';
import { saveSettings } from '../../tests/rig/settings.ts';
import { startGatedWay } from '../../tests/rig/slow-way.ts';

jest.setTimeout(30_000);

type Gate = Awaited<ReturnType<typeof startGatedWay>>;
let api: TestApi;
let admin: Visitor;
let mysqlGate: Gate;
let redisGate: Gate;
/** Redis is shared with other tests. */
const account = 'routed.example';
const ivan: Client = {
  ...{ entityType: 'contacts', entityId: 7, name: 'Иван "Ваня"', responsibleUserId: 1 },
  ...{ openLeadIds: [], hasCustomers: false },
};
const phone = '79161234567';
const keys: Record<string, string> = {};

const pathOf = (pbxId: string) =>
  `/api/accounts/${pbxId === 'theirs' ? 'unrouted.example' : account}/pbxs/${pbxId}/routing`;
const route = (changes: Partial<PbxRouting> = {}) =>
  saveSettings(api.database.pool, account, {
    ...untouchedSettings('en'),
    employees: { '101': 1, '102': 2 },
    pbxs: { routed: { mobiles: { '79160000102': '102' } } },
    routing: { routed: { enabled: true, ...changes } },
  });
/** As a dialplan asks. */
async function ask(query: Record<string, string>, pbxId = 'routed', who = api.visitor()) {
  const asked = new URLSearchParams({ key: keys[pbxId] ?? '', did: '74951230001', ...query });
  const { statusCode, body, headers } = await who.send('GET', `/routing/${pbxId}?${asked}`);
  return { status: statusCode, body, type: headers['content-type'] };
}
const told = async (query: Record<string, string>, pbxId = 'routed', who = api.visitor()) => {
  const { status, body } = await ask(query, pbxId, who);
  return `${status} ${body}`;
};

beforeAll(async () => {
  api = await startTestApi('https://ringflow.example', {
    async mysql(url) {
      mysqlGate = await startGatedWay(url);
      return mysqlGate.url;
    },
    async redis(url) {
      redisGate = await startGatedWay(url);
      return redisGate.url;
    },
  });
  admin = await api.person({});
  for (const [id, accountId] of [
    ['routed', account],
    ['branch', account],
    ['theirs', 'unrouted.example'],
  ] as const) {
    await api.accounts.add(accountId, `https://${accountId}`);
    await api.pbxStore.add({ id, accountId, celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' }, `mysql://a:b@c/${id}`);
    keys[id] = (await admin.send('POST', `${pathOf(id)}/key`)).json().key;
  }
  await route();
  await api.knownClients.remember(account, phone, { client: ivan, askedAtMs: Date.now() });
});
afterAll(async () => {
  for (const gate of [mysqlGate, redisGate]) gate.open();
  await api.close();
  for (const gate of [mysqlGate, redisGate]) gate.close();
});

describe('the answer', () => {
  it('is the extension of the responsible and the name for the display', async () => {
    expect(await ask({ number: phone })).toEqual({
      ...{ status: 200, body: '101|Иван Ваня', type: 'text/plain; charset=utf-8' },
    });
    expect(await told({ number: '+7 (916) 123-45-67' })).toBe('200 101|Иван Ваня');
    expect((await api.visitor().send('GET', `/routing/routed?key=${keys.routed}&number=+${phone}`)).body).toMatch(
      /^101/,
    );
  });

  it('is nothing for whom amoCRM does not know, or nobody has asked about, and for a PBX that routes nothing', async () => {
    await api.knownClients.remember(account, '79160000001', { client: null, askedAtMs: Date.now() });
    expect(await told({ number: '79160000001' })).toBe('200 ');
    expect(await told({ number: '79160000002' })).toBe('200 ');
    expect(await told({ number: '79160000102' })).toBe('200 ');
    expect(await told({ number: phone }, 'branch')).toBe('200 ');
    expect(await told({ number: phone }, 'theirs')).toBe('200 ');
  });

  it('goes by what amoCRM said long ago, as long as no change was heard of', async () => {
    const monthAgoMs = Date.now() - 30 * 86_400_000;
    await api.knownClients.remember(account, '79160000003', { client: ivan, askedAtMs: monthAgoMs });
    expect(await told({ number: '79160000003' })).toBe('200 ');
    await api.knownClients.follow(account, 60_000);
    expect(await told({ number: '79160000003' })).toBe('200 101|Иван Ваня');
    await api.knownClients.forgetEntities(account, [ivan]);
    expect(await told({ number: '79160000003' })).toBe('200 ');
    await api.knownClients.remember(account, phone, { client: ivan, askedAtMs: Date.now() + 1 });
  });

  it.each([
    ['a word', 'anonymous'],
    ['an extension', '101'],
    ['nothing', ''],
    ['a line break', `${phone}\r\nAction: Originate`],
    ['channels', `${phone}&PJSIP/900`],
    ['SQL', `${phone}' OR '1'='1`],
    ['a zero byte', `${phone}\0`],
    ['a dialplan function', '\u0024{SHELL(id)}'],
    ['a SIP address', '<sip:101@pbx>'],
    ['5,000 digits', '7'.repeat(5_000)],
    ["another script's digits", '٧٩١٦١٢٣٤٥٦٧'],
  ])('is nothing for what is no number: %s', async (_, number) => {
    expect(await told({ number })).toBe('200 ');
  });

  it('is nothing where the question is not as it should be', async () => {
    const at = (query: string) => api.visitor().send('GET', `/routing/routed?key=${keys.routed}&${query}`);
    for (const query of [
      '',
      'number',
      `number=${phone}&number=${phone}`,
      `number[]=${phone}`,
      `number=${phone}&did=1&did=2`,
    ]) {
      const { statusCode, body } = await at(query);
      expect([query, statusCode, body]).toEqual([query, 200, '']);
    }
    expect((await at(`number=${phone}&else=1`)).body).toMatch(/^101/);
    expect((await api.visitor().send('POST', `/routing/routed?key=${keys.routed}&number=${phone}`)).statusCode).toBe(
      404,
    );
  });

  it('heeds who is in a call', async () => {
    const call: LiveCall = {
      ...{ pbxId: 'routed', linkedid: '1.1', direction: 'inbound', externalNumber: null, client: null, did: null },
      ...{ callerExtension: null, calledExtension: null, startedAtMs: 0, queue: null, transfer: null, extensions: [] },
      parts: [{ extension: '101', doing: 'rings', sinceMs: 0 }],
    };
    await route({ deputies: { '1': '102' } });
    await api.liveCalls.tell(call, { teller: 'test', atMs: 1, isOwn: true });
    const trial = () => admin.send('POST', `${pathOf('routed')}/try`, { number: phone, did: '' });
    await until(async () => (await trial()).json().reason === 'busy');
    expect((await trial()).json()).toEqual({
      ...{ reason: 'busy', rung: 'deputy', extension: '102', name: 'Иван Ваня', answer: '102|Иван Ваня' },
    });
    expect(
      (
        await admin.send('POST', `${pathOf('routed')}/try`, { number: phone, did: '', routing: { enabled: false } })
      ).json(),
    ).toMatchObject({ reason: 'off', answer: '' });
    await api.liveCalls.over('routed', '1.1', false);
    await until(async () => (await trial()).json().reason === 'free');
    await route();
  });
});

describe('the key', () => {
  it('is asked for, and nothing is told to whoever has another', async () => {
    const wrong = { status: 403, body: '', type: 'text/plain; charset=utf-8' };
    for (const key of [
      '',
      'x',
      `${keys.routed}x`,
      String(keys.routed).slice(1),
      String(keys.branch),
      String(keys.theirs),
    ]) {
      expect([key, await ask({ number: phone, key })]).toEqual([key, wrong]);
    }
    expect(await ask({ number: phone }, 'nowhere')).toEqual(wrong);
    expect(await ask({ number: phone, key: String(keys.routed) }, '..%2Frouted')).toMatchObject(wrong);
    const twice = `/routing/routed?number=${phone}&key=${keys.routed}&key=${keys.routed}`;
    expect((await api.visitor().send('GET', twice)).statusCode).toBe(403);
    expect((await api.visitor().send('GET', '/routing/routed')).statusCode).toBe(403);
  });

  it('is seen and renewed by administrators of the account alone; then the one before holds no more', async () => {
    const viewer = await api.person({ role: 'viewer' });
    const elsewhere = await api.person({ role: 'viewer', accounts: ['unrouted.example'] });
    expect((await viewer.send('GET', pathOf('routed'))).statusCode).toBe(403);
    expect((await viewer.send('POST', `${pathOf('routed')}/key`)).statusCode).toBe(403);
    expect((await elsewhere.send('GET', pathOf('routed'))).statusCode).toBe(404);
    expect((await admin.send('POST', `/api/accounts/unrouted.example/pbxs/routed/routing/key`)).statusCode).toBe(404);
    expect((await admin.send('GET', pathOf('routed'))).json()).toEqual({
      ...{ url: 'https://ringflow.example/routing/routed', key: keys.routed },
    });
    const renewed = (await admin.send('POST', `${pathOf('routed')}/key`)).json();
    expect(Buffer.from(renewed.key, 'base64url')).toHaveLength(32);
    expect(await told({ number: phone })).toBe('403 ');
    keys.routed = renewed.key;
    expect(await told({ number: phone })).toMatch('200 101');
  });

  it('goes with the PBX', async () => {
    await api.pbxStore.remove('branch');
    await api.pbxStore.add(
      { id: 'branch', accountId: account, celTable: 'c', cdrTable: 'd', timezone: 'UTC' },
      'mysql://a:b@c/x',
    );
    expect((await admin.send('GET', pathOf('branch'))).json().key).toBeNull();
  });

  it('whoever guesses is stopped, whoever has it is never', async () => {
    const [guesser, pbx] = [api.visitor(), api.visitor()];
    const guesses = [];
    for (let guess = 0; guess < 31; guess++)
      guesses.push((await ask({ number: phone, key: `guess${guess}` }, 'routed', guesser)).status);
    expect(guesses).toEqual([...Array(30).fill(403), 429]);
    for (let call = 0; call < 200; call++) expect(await told({ number: phone }, 'routed', pbx)).toMatch(/^200 101/);
    expect(await ask({ number: phone }, 'routed', guesser)).toMatchObject({ status: 200, body: '101|Иван Ваня' });
  });
});

describe('what is slow keeps no caller waiting', () => {
  it('nothing is answered while Redis is silent, and again the truth when it is back', async () => {
    redisGate.shut();
    expect(await told({ number: phone })).toBe('200 ');
    expect(await told({ number: phone, key: 'wrong' })).toMatch(/^(200|403) $/);
    redisGate.open();
    await until(async () => (await told({ number: phone })) === '200 101|Иван Ваня');
  });

  it('what is in Redis and was read a moment ago is answered while MySQL is silent; all else is not waited for', async () => {
    expect(await told({ number: phone })).toMatch('200 101');
    mysqlGate.shut();
    expect(await told({ number: phone })).toMatch('200 101');
    expect(await told({ number: '79160000009' })).toBe('200 ');
    expect(await told({ number: phone, key: String(keys.theirs) }, 'theirs')).toBe('200 ');
    mysqlGate.open();
    await until(async () => (await told({ number: phone })) === '200 101|Иван Ваня');
  });

  it('is told in the log, without key and number', () => {
    const said = api.said.join('\n');
    expect(said).toContain('PBXs take their default route');
    for (const secret of [phone, ...Object.values(keys)]) expect(said).not.toContain(secret);
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
