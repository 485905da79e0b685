import type { RowDataPacket } from 'mysql2/promise';
import { openMysql as openMysqlOfLicensing } from '../../licensing/store/mysql.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { startLongWay } from '../../tests/rig/long-way.ts';
import { openMysql } from './mysql.ts';
import type { Queries } from './secrets.ts';
import { inTransaction } from './transaction.ts';

jest.setTimeout(60_000);

let store: Database;

beforeAll(async () => {
  store = await createStoreDatabase();
});
afterAll(() => store.drop());

const pools = [
  ['our', openMysql],
  ["the licensing server's", openMysqlOfLicensing],
] as const;

it.each(pools)(
  'what the server takes for now is UTC on each of %s connections, in whatever zone it runs',
  async (_, open) => {
    const pool = open(store.url);
    const sql =
      'SELECT @@session.time_zone AS zone, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW()) AS apart, SLEEP(0.2)';
    const answers = await Promise.all([1, 2, 3].map(() => pool.query<RowDataPacket[]>(sql)));
    for (const [[row]] of answers) expect(row).toMatchObject({ zone: '+00:00', apart: 0 });
    await pool.end();
  },
);

it.each(pools)(
  'if the network has forgotten %s connections they are ended with their locks, and new ones made',
  async (_, open) => {
    const way = await startLongWay(store.url, 0);
    const pool = open(way.url);
    await store.pool.query('CREATE OR REPLACE TABLE locked (id INT PRIMARY KEY)');
    await store.pool.query('INSERT INTO locked VALUES (1)');
    const lock = (queries: Queries) => queries.query('SELECT id FROM locked WHERE id = 1 FOR UPDATE');
    const ask = () => Promise.allSettled(Array.from({ length: 9 }, () => pool.query('SELECT SLEEP(0.1)')));
    await inTransaction(pool, async (queries) => {
      await lock(queries);
      await ask(); // on so many connections
      way.lose();
      way.heal();
      const forgotten = await Promise.allSettled([queries.query('SELECT 1'), ask()]);
      expect(forgotten[0]).toMatchObject({ status: 'rejected', reason: { code: 'ETIMEDOUT' } });
    }).catch(() => undefined);
    await inTransaction(pool, lock);
    for (const { status } of await ask()) expect(status).toBe('fulfilled');
    await pool.end();
    way.close();
  },
);

it('a statement that takes its time is waited for, and so is a transaction that waits for something else', async () => {
  const pool = openMysql(store.url);
  const slow = pool.query('SELECT SLEEP(11)');
  await inTransaction(pool, async (queries) => {
    await slow;
    await queries.query('SELECT 1');
  });
  await pool.end();
});
