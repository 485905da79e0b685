import { Redis } from 'ioredis';
import type { RowDataPacket } from 'mysql2/promise';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { createPersonalData } from './personal-data.ts';

const redis = new Redis(servers.redisUrl);
let store: Database;

beforeAll(async () => {
  store = await createStoreDatabase();
});
afterAll(async () => {
  redis.disconnect();
  await store.drop();
});

const key = '9161234567';
/** Digits of the phone in an id and in a time, and in a longer number. */
const coincidence = { leadId: 9161234567, atMs: 1791612345678, reference: '119161234567000' };

const callRow = (linkedid: string, call: object, registration: object) => ({
  ...{ pbx_id: 'main', linkedid, workflow_id: `call:main:${linkedid}`, started_at: new Date(), direction: 'inbound' },
  ...{ external_number: '74950000000', registration_state: 'registered', call: JSON.stringify(call) },
  ...{ registration: JSON.stringify(registration), cel_row_ids: '[]' },
});
async function textsOf(sql: string): Promise<unknown[]> {
  const [rows] = await store.pool.query<RowDataPacket[]>(sql);
  return rows.map((row) => JSON.parse(row.text));
}

it('of a number that stands in rows of others only the number goes; what merely has the same digits stays', async () => {
  const { pool } = store;
  for (const row of [
    callRow('1.1', { transferredTo: '79161234567', ...coincidence }, coincidence),
    callRow('1.2', coincidence, coincidence),
  ]) {
    await pool.query('INSERT INTO calls SET ?', [row]);
  }
  const late = [
    { pbx_id: 'main', linkedid: '1.3', cel_row_id: 1, cel_row: JSON.stringify({ cidNum: '+79161234567' }) },
    { pbx_id: 'main', linkedid: '1.4', cel_row_id: 2, cel_row: JSON.stringify(coincidence) },
  ];
  for (const row of late) await pool.query('INSERT INTO late_rows SET ?', [row]);
  const effect = (effectKey: string, record: object) => ({
    ...{ effect_key: effectKey, state: 'done', deadline_at: new Date(), record: JSON.stringify(record) },
  });
  await pool.query('INSERT INTO side_effects SET ?', [
    effect('main:1.1:call', { phone: '79161234567', ...coincidence }),
  ]);
  await pool.query('INSERT INTO side_effects SET ?', [effect('main:1.2:call', coincidence)]);

  const data = createPersonalData(pool, redis, 'acme.amocrm.ru', ['main'], key);
  expect(await data.find([])).toMatchObject({ calls: 0, mentions: 1, lateRows: 1, effects: 1 });
  expect(await data.calls()).toEqual([
    ['main', '1.1'],
    ['main', '1.3'],
  ]);
  expect(await data.forget()).toMatchObject({ calls: 0, mentions: 1, lateRows: 1, effects: 1 });
  const hidden = '7••••••••••';
  expect(await textsOf('SELECT CAST(`call` AS CHAR) AS text FROM calls ORDER BY linkedid')).toEqual([
    { transferredTo: hidden, ...coincidence },
    coincidence,
  ]);
  expect(await textsOf('SELECT CAST(cel_row AS CHAR) AS text FROM late_rows')).toEqual([coincidence]);
  expect(await textsOf('SELECT CAST(record AS CHAR) AS text FROM side_effects ORDER BY effect_key')).toEqual([
    { phone: hidden, ...coincidence },
    coincidence,
  ]);
  expect(await data.find([])).toMatchObject({ mentions: 0, lateRows: 0, effects: 0 });
});

it('of the calls that go on only the person’s is forgotten, of their card everything', async () => {
  await redis.hset('ringflow:live:main', { '1.1': '{"number":"+79161234567"}', '1.2': '{"number":"+74950000000"}' });
  await redis.hset('ringflow:card:main:1.1', { phone: '79161234567', client: '{"name":"Anna"}' });
  const data = createPersonalData(store.pool, redis, 'acme.amocrm.ru', ['main'], key);
  expect(await data.forget()).toMatchObject({ marks: 2 });
  expect(await redis.hkeys('ringflow:live:main')).toEqual(['1.2']);
  expect(await redis.exists('ringflow:card:main:1.1')).toBe(0);
});
