import type { RowDataPacket } from 'mysql2/promise';
import { createDatabase, type Database } from '../../tests/rig/databases.ts';
import { migrate, newestVersion } from './migrate.ts';

let database: Database;
beforeAll(async () => {
  database = await createDatabase('licensing');
  await migrate(database.url);
});
afterAll(() => database.drop());

it('an older licensing server is told that it can not work with the schema of a newer one', async () => {
  await expect(migrate(database.url, newestVersion() + 1)).rejects.toThrow('There is no migration');
  const newer = newestVersion() + 2;
  await database.pool.query('INSERT INTO schema_version SET ?', [{ version: newer, name: 'of-the-newer' }]);
  for (const version of [undefined, newestVersion() - 1]) {
    await expect(migrate(database.url, version)).rejects.toThrow(`schema ${newer} by a newer licensing server`);
  }
  const [[row]] = await database.pool.query<RowDataPacket[]>('SELECT MAX(version) AS version FROM schema_version');
  expect(row?.version).toBe(newer);
});
