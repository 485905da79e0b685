import type { RowDataPacket } from 'mysql2/promise';
import { openMysql as openMysqlOfLicensing } from '../../licensing/store/mysql.ts';
import { createStoreDatabase } from '../../tests/rig/databases.ts';
import { openMysql } from './mysql.ts';

it.each([
  ['our', openMysql],
  ["the licensing server's", openMysqlOfLicensing],
])('what the server takes for now is UTC on each of %s connections, in whatever zone it runs', async (_, open) => {
  const store = await createStoreDatabase();
  const pool = open(store.url);
  const sql = 'SELECT @@session.time_zone AS zone, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW()) AS apart, SLEEP(0.2)';
  const answers = await Promise.all([1, 2, 3].map(() => pool.query<RowDataPacket[]>(sql)));
  for (const [[row]] of answers) expect(row).toMatchObject({ zone: '+00:00', apart: 0 });
  await pool.end();
  await store.drop();
});
