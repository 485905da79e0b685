import { setTimeout as sleep } from 'node:timers/promises';
import type { Feature } from '../../proto/licence/feature.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { ownAccountId, startTestApi, type TestApi } from '../../tests/rig/api.ts';
import { permitClaims, signPermit } from '../../tests/rig/permits.ts';
import { saveSettings } from '../../tests/rig/settings.ts';

jest.setTimeout(30_000);

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await api.accounts.add(ownAccountId, `https://${ownAccountId}`);
  const users = [7, 5, 9].map((id) => ({ id, name: `User ${id}`, phone: `10${id}`, isActive: true }));
  await api.catalogues.writeUsers(ownAccountId, users);
});
afterAll(() => api.close());

const admin = () => api.person({});
const read = async (who = admin()) => (await (await who).send('GET', '/api/licence')).json();

it('tells what is on, who has a seat, and what was bought, to whoever is signed in', async () => {
  await api.permit({ plan: 'Professional', customer: 'Acme', seats: 2, keyHint: '7QX' });
  expect(await read(api.person({ role: 'viewer' }))).toMatchObject({
    standing: { state: 'active', reason: null },
    permit: { plan: 'Professional', customer: 'Acme', keyHint: '7QX' },
    seats: { count: 2, used: 3 },
    ...{ hasServer: false, hasRootKey: true, nextCheckMs: null, clockBehindMs: 0 },
  });
  const { seats, features } = await read();
  const holders = seats.people.filter(({ hasSeat }: { hasSeat: boolean }) => hasSeat);
  expect(holders.map(({ userId }: { userId: number }) => userId).sort()).toEqual([5, 7]);
  expect(features.every(({ isOn }: { isOn: boolean }) => isOn)).toBe(true);
});

it('says why features are off', async () => {
  await api.permit({ kind: 'restricted', reason: 'revoked', seats: 0, features: [] });
  const { standing, features } = await read();
  expect(standing).toMatchObject({ state: 'restricted', reason: 'revoked', seats: 2 });
  expect(features).toContainEqual({ feature: 'routing', isOn: false, reason: 'revoked' });
  expect(features).toContainEqual({ feature: 'cards', isOn: true, reason: null });
});

it('shows a viewer nobody of an account that is not theirs, and lets them change nothing', async () => {
  const viewer = await api.person({ role: 'viewer', accounts: ['other.amocrm.ru'] });
  expect((await viewer.send('GET', '/api/licence')).json().seats.people).toEqual([]);
  for (const path of ['key', 'check', 'release', 'request', 'permit']) {
    expect((await viewer.send('POST', `/api/licence/${path}`, { key: 'x', permit: '', keys: '' })).statusCode).toBe(
      403,
    );
  }
});

it('takes a genuine permit as a file, and tells what is wrong with any other', async () => {
  const someone = await admin();
  const { installation } = await read();
  const file = (changes: object) => signPermit(permitClaims(installation, { serial: 100, ...changes }));
  const send = async (changes: object) =>
    (await someone.send('POST', '/api/licence/permit', await file(changes))).json()?.code;
  expect(await send({ sub: 'A'.repeat(43) })).toBe('permit-forged');
  expect(await send({ serial: 1 })).toBe('permit-replayed');
  expect(await send({ exp: 5 })).toBe('permit-over');
  expect((await read()).standing.state).toBe('restricted');
  expect((await someone.send('POST', '/api/licence/permit', await file({ plan: 'By file' }))).statusCode).toBe(204);
  expect(await read()).toMatchObject({ standing: { state: 'active' }, permit: { plan: 'By file', isOffline: true } });
});

it('signs a request for a file, with a key as people type it', async () => {
  const someone = await admin();
  const ask = (body: object) => someone.send('POST', '/api/licence/request', body);
  expect((await ask({})).json()).toMatchObject({ code: 'no-licence-key' });
  expect((await ask({ key: 'RF-1' })).json()).toMatchObject({ code: 'wrong-licence-key' });
  const { request } = (await ask({ key: 'rf abcde-0o1il-22222-33333' })).json();
  const [header, payload] = String(request)
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString());
  expect(JSON.parse(header ?? '')).toMatchObject({ alg: 'EdDSA', typ: 'ringflow-request', jwk: { crv: 'Ed25519' } });
  expect(header).not.toContain('"d"');
  expect(JSON.parse(payload ?? '')).toMatchObject({
    ...{ purpose: 'offline', key: 'RF-ABCDE-00111-22222-33333', aud: 'ringflow-licensing' },
    usage: { accounts: 0, pbxs: 0, employees: 3, callsOfMonth: 0 },
  });
});

it('asks nobody where no licensing server is set', async () => {
  const someone = await admin();
  const key = 'RF-ABCDE-00111-22222-33333';
  for (const [path, body] of [
    ['key', { key }],
    ['check', undefined],
    ['release', undefined],
  ] as const) {
    expect((await someone.send('POST', `/api/licence/${path}`, body)).json()).toMatchObject({
      code: 'no-licensing-server',
      whatToDo: expect.stringContaining('LICENSING_URL'),
    });
  }
});

it('a further PBX and routing are refused in words while the licence lacks them, and what there is stays', async () => {
  const someone = await admin();
  const pbxs = `/api/accounts/${ownAccountId}/pbxs`;
  const add = (id: string) =>
    someone.send('POST', pbxs, {
      ...{ id, celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' },
      databaseUrl: `mysql://a:b@${id}.example/asteriskcdrdb`,
    });
  const { installation, permit } = await read();
  expect(permit).not.toBeNull();
  const give = (serial: number, features: Feature[]) =>
    signPermit(permitClaims(installation, { serial, features })).then((file) =>
      someone.send('POST', '/api/licence/permit', file),
    );
  await give(200, []);
  expect((await add('first')).statusCode).toBe(204);
  expect((await add('second')).json()).toMatchObject({
    ...{ code: 'feature-off', message: 'Switched off: several PBXs' },
    whatToDo: expect.stringContaining('Your licence does not have it'),
  });
  const question = { number: '79161234567', did: '' };
  const tried = () => someone.send('POST', `${pbxs}/first/routing/try`, question);
  expect((await tried()).json()).toMatchObject({ code: 'feature-off' });
  await give(201, ['several-pbxs', 'routing']);
  expect((await add('second')).statusCode).toBe(204);
  expect((await tried()).statusCode).toBe(200);
  await give(202, ['routing']);
  expect((await someone.send('GET', pbxs)).json()).toMatchObject([
    { id: 'first', isBeyondLicence: false },
    { id: 'second', isBeyondLicence: true },
  ]);
  expect((await tried()).statusCode).toBe(200);
  expect((await someone.send('POST', `${pbxs}/second/routing/try`, question)).json()).toMatchObject({
    ...{ code: 'feature-off', message: 'The PBX second is beyond the licence' },
  });
  const { findings } = (await someone.send('GET', `/api/accounts/${ownAccountId}/state`)).json();
  expect(findings).toContainEqual({ level: 'warning', code: 'pbx-beyond', about: 'second', values: {} });
});

it('the dialplan is sent its default way while the licence lacks routing', async () => {
  const { installation } = await read();
  const someone = await admin();
  await saveSettings(api.database.pool, ownAccountId, {
    ...untouchedSettings('en'),
    employees: { '101': 5 },
    routing: { first: { enabled: true } },
  });
  const client = { entityType: 'contacts' as const, entityId: 7, name: 'Anna', responsibleUserId: 5 };
  await api.knownClients.remember(ownAccountId, '79161234567', {
    client: { ...client, openLeadIds: [], hasCustomers: false },
    askedAtMs: Date.now(),
  });
  const access = await someone.send('POST', `/api/accounts/${ownAccountId}/pbxs/first/routing/key`);
  const { key } = access.json();
  const { body, statusCode } = await someone.send('GET', `/routing/first?key=${key}&number=79161234567`);
  expect([statusCode, body]).toEqual([200, '101|Anna']);
  const file = await signPermit(permitClaims(installation, { serial: 300, kind: 'restricted', reason: 'revoked' }));
  await someone.send('POST', '/api/licence/permit', file);
  const routed = async () => (await someone.send('GET', `/routing/first?key=${key}&number=79161234567`)).body;
  while ((await routed()) !== '') await sleep(200); // what was read a moment ago is used for seconds
});
