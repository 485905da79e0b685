import { createReadings } from '../../activities/store/readings.ts';
import { monitoringToken, startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';

/** How everything stands, and who may learn of it. */

let api: TestApi;
const [acme, other] = ['acme.amocrm.ru', 'other.kommo.com'];
const noticedMs = Date.now() - 120_000;

beforeAll(async () => {
  api = await startTestApi();
  for (const id of [acme, other]) {
    await api.accounts.add(id, `https://${id}`);
    await api.accounts.enter(id, 'connected', '');
  }
  const pbx = { id: 'main', accountId: acme, celTable: 'cel', cdrTable: 'cdr', timezone: 'Europe/Moscow' };
  await api.pbxStore.add(pbx, 'mysql://a:b@c/d');
  const now = { toldAtMs: Date.now(), lookedAtMs: Date.now(), lastRowAtMs: noticedMs, trouble: null };
  await createReadings(api.redis).tell('main', {
    ...{ ...now, coveredUntilMs: noticedMs, ami: { state: 'up', sinceMs: noticedMs } },
  });
  const refused = journalEntry({ pbxId: 'main', linkedid: '1700000000.7' });
  await api.journal.write({ ...refused, registration: { state: 'needs-attention', reason: 'Refused.' } });
});
afterAll(() => api.close());

const withHeaders = (headers: Record<string, string>) =>
  api.app.inject({ url: '/status', headers, remoteAddress: `10.9.${Math.floor(Math.random() * 250)}.7` });
const ofOperator = async (language: string) =>
  (await withHeaders({ authorization: `Bearer ${monitoringToken}`, 'accept-language': language })).json();
const status = async (visitor: Visitor) => (await visitor.send('GET', '/status')).json();

it('tells the operator how all stands, in one word and for what reasons', async () => {
  const told = await ofOperator('en');
  expect(told).toMatchObject({ overall: 'error', queues: null, workerAskedAt: null, licence: { state: 'active' } });
  expect(told.reasons).toContainEqual({
    ...{ level: 'error', code: 'temporal-away', about: '', title: 'Temporal does not answer' },
    whatToDo: expect.stringContaining('TEMPORAL_ADDRESS'),
  });
  const [first, second] = told.accounts;
  expect([first.account, first.overall, second.account, second.overall]).toEqual([acme, 'warning', other, 'error']);
  expect(first.pbxs).toMatchObject([{ pbx: 'main', isReadable: true, ami: 'up', callsNeedingAttention: 1 }]);
  expect(first.pbxs[0].lagSeconds).toBeGreaterThanOrEqual(120);
  expect(first.amocrm).toMatchObject({ state: 'connected', budget: { used: 0, most: 6 }, tokenExpires: null });
  const codes = first.reasons.map(({ code }: { code: string }) => code);
  expect(codes).toEqual(expect.arrayContaining(['pbx-behind', 'needs-attention']));
  expect(codes).not.toContain('temporal-away'); // told once for all
});

it('in Russian for whoever reads Russian', async () => {
  const { accounts } = await ofOperator('ru-RU,ru;q=0.9');
  const titles = accounts[0].reasons.map(({ title }: { title: string }) => title).join('\n');
  expect(titles).toContain('Звонки АТС main читаются с задержкой: прочитано до');
});

it.each([
  ['nobody', {}],
  ['another token', { authorization: 'Bearer s3cret-of-monitorinG' }],
  ['no token', { authorization: 'Bearer ' }],
  ['a cookie that is none', { cookie: 'ringflow_session=abc' }],
])('says nothing to %s', async (_, headers) => {
  const refused = await withHeaders(headers as Record<string, string>);
  expect(refused.statusCode).toBe(401);
  for (const name of [acme, other, 'main', 'error']) expect(refused.body).not.toContain(`"${name}`);
});

it('whoever guesses tokens has to wait', async () => {
  const guess = (token: string) =>
    api.app.inject({ url: '/status', headers: { authorization: `Bearer ${token}` }, remoteAddress: '10.8.8.8' });
  const statuses = [];
  for (let i = 0; i < 31; i++) statuses.push((await guess(`guess-number-${i}`)).statusCode);
  expect([statuses.at(0), statuses.at(-1)]).toEqual([401, 429]);
  expect((await guess(monitoringToken)).statusCode).toBe(200); // who has it is never kept waiting
});

it('shows people the accounts that they may see, and heads not the calls of others', async () => {
  const viewer = await status(await api.person({ role: 'viewer', accounts: [other] }));
  expect(viewer.accounts.map(({ account }: { account: string }) => account)).toEqual([other]);
  expect(JSON.stringify(viewer)).not.toContain(acme);
  const head = await status(await api.person({ role: 'head', extensions: ['101'] }));
  expect(JSON.stringify(head.accounts)).not.toMatch(/needs-attention|callsNeedingAttention|callsToday/);
  const admin = await status(await api.person({ role: 'admin' }));
  expect(JSON.stringify(admin.accounts)).toContain('needs-attention');
});

it('tells also when its database is away, of the accounts that it knows', async () => {
  const other = await startTestApi();
  try {
    const ask = async () =>
      (await other.app.inject({ url: '/status', headers: { authorization: `Bearer ${monitoringToken}` } })).json();
    await other.database.pool.query('DROP TABLE accounts');
    const told = await ask();
    expect(told).toMatchObject({ overall: 'error', accounts: [] });
    expect(told.reasons.map(({ code }: { code: string }) => code)).toContain('mysql-away');
  } finally {
    await other.close();
  }
});
