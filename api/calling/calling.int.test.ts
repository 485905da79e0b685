import { randomUUID } from 'node:crypto';
import { createReadings } from '../../activities/store/readings.ts';
import type { AmiStanding } from '../../proto/state/facts.ts';
import { startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';

jest.setTimeout(30_000);

let api: TestApi;
let admin: Visitor;
const shop = 'shop.example';
const pbxId = `pbx-${randomUUID().slice(0, 8)}`;

beforeAll(async () => {
  api = await startTestApi('http://ringflow.example');
  admin = await api.person({});
  await api.accounts.add(shop, `https://${shop}`);
  const pbx = { account_id: shop, cel_table: 'cel', cdr_table: 'cdr', timezone: 'Europe/Moscow' };
  await api.database.pool.query('INSERT INTO pbxs SET ?', [{ id: pbxId, ...pbx }]);
});
afterAll(() => api.close());

const state = async () => (await admin.send('GET', `/api/accounts/${shop}/calling`)).json();
const tell = (toldAtMs: number, ami: AmiStanding) =>
  createReadings(api.redis).tell(pbxId, { toldAtMs, lookedAtMs: null, lastRowAtMs: null, trouble: null, ami });

it('tells how AMI stands, and nothing as up that nobody has told of late', async () => {
  const nowMs = Date.now();
  await tell(nowMs, { state: 'up', sinceMs: 5 });
  expect((await state()).pbxs).toEqual([{ id: pbxId, ami: { state: 'none', sinceMs: null } }]);
  await api.pbxStore.setAmi(pbxId, { host: '127.0.0.1', port: 5038, user: 'ringflow', secret: 'word' });
  expect((await state()).pbxs).toEqual([{ id: pbxId, ami: { state: 'up', sinceMs: 5 } }]);
  await tell(nowMs - 60_000, { state: 'up', sinceMs: 5 });
  expect((await state()).pbxs).toEqual([{ id: pbxId, ami: { state: 'unknown', sinceMs: null } }]);
});

it('tells whether the secret of the integration is known, and how many people have no phone', async () => {
  expect(await state()).toMatchObject({ isIntegrationKnown: false, people: { all: 0, withoutPhone: 0 } });
  const users = [
    { id: 1, name: 'Anna', isActive: true, phone: '101' },
    { id: 2, name: 'Boris', isActive: true, phone: null },
    { id: 3, name: 'Vera', isActive: false, phone: null },
  ];
  await api.catalogues.writeUsers(shop, users);
  expect(await state()).toMatchObject({ people: { all: 2, withoutPhone: 1 } });
});

it('gives no widget for an address at which pages of amoCRM may not ask, and says why', async () => {
  const answer = await admin.send('GET', `/api/accounts/${shop}/widget`);
  expect([answer.statusCode, answer.json()]).toEqual([
    409,
    expect.objectContaining({ code: 'widget-needs-https', whatToDo: expect.stringContaining('PUBLIC_URL') }),
  ]);
});
