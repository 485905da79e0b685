import type { BackfillOrder } from '../../proto/backfill.ts';
import { allFeatures } from '../../proto/licence/feature.ts';
import { startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';

jest.setTimeout(60_000);

let api: TestApi;
let admin: Visitor;
const [shop, other] = ['shop.example', 'other.example'];
const noonMs = Date.UTC(2026, 0, 15, 12);
const mode = { scope: 'records', leaveOthers: false } as const;
const choice = { period: { fromMs: noonMs, toMs: noonMs + 3_600_000 } };
const order: BackfillOrder = { pbxId: 'main', choice, mode };
const path = `/api/accounts/${shop}/backfills`;
const begin = (body: object, pbx = 'main', who = admin) =>
  who.send('POST', `/api/accounts/${shop}/pbxs/${pbx}/backfills`, body);

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.person({});
  for (const [account, pbx] of [
    [shop, 'main'],
    [other, 'theirs'],
  ] as const) {
    await api.accounts.add(account, `https://${account}`);
    const tables = { celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' };
    await api.pbxStore.add({ id: pbx, accountId: account, ...tables }, `mysql://a:b@${pbx}/d`);
  }
});
afterAll(() => api.close());

/** One that has ended, with calls of every kind. */
async function ended(accountId = shop): Promise<number> {
  const by = { accountId, workflowId: 'backfill:main:1', askedBy: 'anna' };
  const id = (await api.backfills.open(order, by)) as number;
  await api.backfills.enter(id, 'done', '');
  return id;
}

it.each<[string, object]>([
  ['that ends before it begins', { fromMs: noonMs, toMs: noonMs - 1 }],
  ['of tomorrow', { fromMs: Date.now() + 60_000, toMs: Date.now() + 120_000 }],
  ['of two years', { fromMs: noonMs - 731 * 86_400_000, toMs: noonMs }],
])('a period %s is refused in words', async (_, period) => {
  const answer = await begin({ choice: { period }, mode });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({
    code: 'backfill-period',
    whatToDo: expect.stringMatching(/end after it begins/),
  });
});

it.each<[string, object]>([
  ['no calls', { linkedids: [] }],
  ['one call twice', { linkedids: ['1.1', '1.1'] }],
  ['more calls than go at once', { linkedids: Array.from({ length: 1_001 }, (_, i) => `${i}.1`) }],
  ['a name that is none', { linkedids: ['__proto__'] }],
])('%s are refused', async (_, chosen) => {
  expect((await begin({ choice: chosen, mode })).json()).toMatchObject({ code: 'wrong-request' });
});

it('it is not begun without the licence, for a PBX that is only observed, or of somebody else', async () => {
  await api.permit({ features: allFeatures.filter((feature) => feature !== 'backfill') });
  expect((await begin({ choice, mode })).json()).toMatchObject({ code: 'feature-off' });
  await api.permit({});
  await api.tools.accountActors.change({
    ...{ accountId: shop, basedOn: 0, author: 'anna', sections: { observedPbxs: { main: { until: null } } } },
  });
  expect((await begin({ choice, mode })).json()).toMatchObject({ code: 'backfill-observed' });
  expect((await begin({ choice, mode }, 'theirs')).statusCode).toBe(404);
  const viewer = await api.person({ role: 'viewer' });
  expect((await begin({ choice, mode }, 'main', viewer)).statusCode).toBe(403);
  expect((await viewer.send('GET', path)).statusCode).toBe(403);
});

it('its calls are told by what became of them, a page at a time; those of another account are not there', async () => {
  const id = await ended();
  const calls = Array.from({ length: 60 }, (_, i) => ({ linkedid: `${i}.1`, startedAtMs: noonMs + i * 1_000 }));
  await api.backfills.take(id, calls);
  await api.backfills.note(
    id,
    calls.map(({ linkedid }, i) => ({ linkedid, fate: i === 59 ? 'joined' : 'told', detail: i === 59 ? '1.1' : '' })),
  );
  const told = journalEntry(
    { pbxId: 'main', linkedid: '7.1' },
    { state: 'needs-attention', reason: 'amoCRM refuses.' },
  );
  await api.journal.write(told);
  const get = async (url: string) => (await admin.send('GET', url)).json();
  expect(await get(`${path}/${id}`)).toMatchObject({
    ...{ id, state: 'done', askedBy: 'anna', counts: { calls: 60, needsAttention: 1, joined: 1, notTold: 58 } },
  });
  expect(await get(`${path}/${id}/calls?outcome=needsAttention`)).toMatchObject({
    ...{ laterCursor: null, calls: [{ linkedid: '7.1', registration: { reason: 'amoCRM refuses.' } }] },
  });
  const first = await get(`${path}/${id}/calls`);
  const second = await get(`${path}/${id}/calls?cursor=${encodeURIComponent(first.laterCursor)}`);
  const seen = [...first.calls, ...second.calls].map(({ linkedid }: { linkedid: string }) => linkedid);
  expect(seen).toEqual(calls.map(({ linkedid }) => linkedid));
  expect(second.laterCursor).toBeNull();
  const foreign = await ended(other);
  expect((await admin.send('GET', `${path}/${foreign}`)).statusCode).toBe(404);
  expect((await admin.send('POST', `${path}/${id}/command`, { command: 'pause' })).json()).toMatchObject({
    ...{ code: 'backfill-over' },
  });
  expect((await get(path)).map((one: { id: number }) => one.id)).toEqual([id]);
});

it('of chosen calls it tells which the PBX has not, once all are looked for', async () => {
  const linkedids = ['1.1', '2.2', '3.3'];
  const by = { accountId: shop, workflowId: 'backfill:main:2', askedBy: 'anna' };
  const id = (await api.backfills.open({ ...order, choice: { linkedids } }, by)) as number;
  await api.backfills.take(id, [{ linkedid: '2.2', startedAtMs: noonMs }]);
  const read = async () => (await admin.send('GET', `${path}/${id}`)).json();
  expect(await read()).toMatchObject({ state: 'running', notFound: [] });
  await api.backfills.enter(id, 'done', '');
  expect(await read()).toMatchObject({ state: 'done', notFound: ['1.1', '3.3'] });
});

it('the newest of a PBX is told in numbers and among what is not right', async () => {
  const id = await ended();
  await api.backfills.take(id, [{ linkedid: '900.1', startedAtMs: noonMs }]);
  await api.backfills.note(id, [{ linkedid: '900.1', fate: 'not-told', detail: 'No row of a channel was ever seen.' }]);
  const { accounts } = await api.tools.standings();
  const standing = accounts.find((one) => one.id === shop);
  expect(standing?.facts.kept?.pbxs[0]?.backfill).toMatchObject({
    id,
    state: 'done',
    counts: { calls: 1, notTold: 1 },
  });
  expect(standing?.findings).toContainEqual(
    expect.objectContaining({
      code: 'backfill-failures',
      about: 'main',
      values: expect.objectContaining({ count: '1' }),
    }),
  );
});
