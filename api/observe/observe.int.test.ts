import mysql, { type RowDataPacket } from 'mysql2/promise';
import { createSeenExtensions } from '../../activities/store/seen-extensions.ts';
import type { Comparison, OthersCall, Registration } from '../../proto/journal.ts';
import { startTestApi, type TestApi, type Visitor } from '../../tests/rig/api.ts';
import { conversationOf, journalEntry } from '../../tests/rig/journal-entry.ts';

jest.setTimeout(60_000);

let api: TestApi;
let admin: Visitor;
const shop = 'shop.example';
const noonMs = Date.UTC(2026, 10, 25, 9);
const hourMs = 3_600_000;

const found: OthersCall = {
  ...{ noteId: 34, entityType: 'contacts', entityId: 12, durationSeconds: 41, responsible: 504143, status: 4 },
  ...{ result: null, source: 'Another', link: null, createdAtSeconds: 1_795_417_935 },
};
const observed = (comparison?: Comparison): Registration => ({
  ...{ state: 'observed', intent: {} as never, ...(comparison && { comparison }) },
});

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.person({});
  await api.accounts.add(shop, `https://${shop}`);
  const pbx = { account_id: shop, cel_table: 'cel', cdr_table: 'cdr', timezone: 'Europe/Moscow' };
  await api.database.pool.query('INSERT INTO pbxs SET ?', [{ id: 'main', ...pbx }]);
  await api.database.pool.query('INSERT INTO pbxs SET ?', [{ id: 'theirs', ...pbx, account_id: 'house.example' }]);
  const calls: [string, Registration][] = [
    ['same', observed({ found, differences: [] })],
    ['differs', observed({ found, differences: [{ what: 'duration', thereSeconds: 41, hereSeconds: 50 }] })],
    ['told-before', observed({ found, differences: ['duration: 41 s there, 50 s here'] })],
    ['missing', observed({ found: null, differences: [{ what: 'missing-there' }] })],
    ['unread', observed({ unread: 'amoCRM is away.' })],
    ['waiting', observed()],
    ['acted', { state: 'not-sent', reason: 'An internal call.' }],
  ];
  for (const [index, [linkedid, registration]] of calls.entries()) {
    await api.journal.write(journalEntry({ ...of('101', noonMs + index * hourMs), linkedid }, registration));
  }
  const others = { ...of('102', noonMs), linkedid: 'of-102' };
  await api.journal.write(journalEntry(others, observed({ found, differences: [] })));
  await api.journal.write(journalEntry({ ...others, pbxId: 'theirs' }, observed()));
});
afterAll(() => api.close());

const of = (extension: string, startedAtMs: number) => ({
  ...{ startedAtMs, rang: [extension], conversations: [conversationOf(extension, startedAtMs)] },
});

const totals = async (who: Visitor, query = '') =>
  (await who.send('GET', `/api/accounts/${shop}/observed${query}`)).json();
const listed = async (who: Visitor, query: string) =>
  (await who.send('GET', `/api/accounts/${shop}/observed/calls?${query}`)).json() as {
    calls: { linkedid: string; comparison?: Comparison }[];
    olderCursor: string | null;
  };

describe('calls that were only observed', () => {
  it('are counted by how they compare, those of other accounts and those that were acted on not among them', async () => {
    expect(await totals(admin)).toEqual({ same: 2, differs: 2, missing: 1, unread: 1, waiting: 1 });
  });

  it('are counted for a period', async () => {
    const query = `?fromMs=${noonMs + hourMs}&toMs=${noonMs + 3 * hourMs}`;
    expect(await totals(admin, query)).toEqual({ same: 0, differs: 2, missing: 0, unread: 0, waiting: 0 });
  });

  it('are listed with what differs, newest first', async () => {
    const { calls } = await listed(admin, 'comparison=differs');
    expect(calls).toMatchObject([
      { linkedid: 'told-before', comparison: { differences: ['duration: 41 s there, 50 s here'] } },
      {
        linkedid: 'differs',
        comparison: { found, differences: [{ what: 'duration', thereSeconds: 41, hereSeconds: 50 }] },
      },
    ]);
    expect((await listed(admin, 'comparison=unread')).calls).toMatchObject([
      { comparison: { unread: 'amoCRM is away.' } },
    ]);
  });

  it('are those of their own people for a head', async () => {
    const head = await api.person({ role: 'head', extensions: ['102'] });
    expect(await totals(head)).toEqual({ same: 1, differs: 0, missing: 0, unread: 0, waiting: 0 });
    expect((await listed(head, 'comparison=same')).calls).toMatchObject([{ linkedid: 'of-102' }]);
    const nobodys = await api.person({ role: 'head', extensions: [] });
    expect(await totals(nobodys)).toMatchObject({ same: 0, differs: 0 });
  });
});

describe('extensions that calls have shown', () => {
  const seen = async (who: Visitor) => (await who.send('GET', `/api/accounts/${shop}/extensions`)).json();

  it('are told each once with its last call', async () => {
    expect(await seen(admin)).toEqual([
      { pbxId: 'main', extension: '101', lastCallAtMs: noonMs + 6 * hourMs },
      { pbxId: 'main', extension: '102', lastCallAtMs: noonMs },
    ]);
  });

  it('are those of their own people for a head', async () => {
    expect(await seen(await api.person({ role: 'head', extensions: ['102'] }))).toMatchObject([{ extension: '102' }]);
  });
});

it('of very many calls the extensions are told without reading each', async () => {
  const { pool, url } = api.database;
  await pool.query(`INSERT INTO calls (pbx_id, linkedid, workflow_id, started_at, direction, external_number, result,
      registration_state, \`call\`, registration, cel_row_ids, comparison)
    SELECT 'main', CONCAT('many-', seq), 'w', '2026-01-01' + INTERVAL seq SECOND, 'inbound', '79161234567', 'answered',
      'observed', '{}', '{}', '[]', IF(seq % 10 = 0, 'differs', 'same') FROM seq_1_to_20000`);
  await pool.query(`INSERT INTO call_extensions (pbx_id, linkedid, extension, started_at)
    SELECT 'main', CONCAT('many-', seq), 200 + seq % 100, '2026-01-01' + INTERVAL seq SECOND FROM seq_1_to_20000`);
  await pool.query('ANALYZE TABLE call_extensions');
  expect(await totals(admin)).toMatchObject({ same: 18_002, differs: 2_002 });
  const one = mysql.createPool({ uri: url, timezone: 'Z', connectionLimit: 1 }); // whose reads are counted
  await one.query('FLUSH STATUS');
  const seen = createSeenExtensions(one);
  expect(await seen.of('main')).toHaveLength(102);
  expect(await seen.pbxsOf(['250', 'nobody'], ['main', 'other'])).toEqual({ '250': ['main'] });
  const [rows] = await one.query<RowDataPacket[]>("SHOW STATUS LIKE 'Handler_read%'");
  await one.end();
  expect(rows.reduce((sum, { Value }) => sum + Number(Value), 0)).toBeLessThan(2_000);
});
