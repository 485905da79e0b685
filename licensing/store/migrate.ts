import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import Postgrator from 'postgrator';

const folder = join(import.meta.dirname, '../migrations');

/** Number of the newest migration that there is. */
export const newestVersion = (): number => Math.max(...readdirSync(folder).map((name) => Number.parseInt(name, 10)));

/** Nothing was done; the message says what to do. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

/**
 * Brings the schema at `mysqlUrl` to a version.
 *
 * @param version number of a migration; the newest if left out
 * @returns names of the migrations that were applied now
 * @throws SchemaError if that can only be done by a newer licensing server
 */
export async function migrate(mysqlUrl: string, version?: number): Promise<string[]> {
  const connection = await mysql.createConnection({ uri: mysqlUrl, multipleStatements: true });
  try {
    const [rows] = await connection.query('SELECT DATABASE() AS name');
    const postgrator = new Postgrator({
      driver: 'mysql',
      database: (rows as { name: string }[])[0]?.name ?? '',
      schemaTable: 'schema_version',
      migrationPattern: join(folder, '*'),
      execQuery: async (query: string) => ({ rows: (await connection.query(query))[0] as unknown[] }),
    });
    await demandKnown(postgrator, version);
    return (await postgrator.migrate(version === undefined ? 'max' : String(version))).map(
      (migration) => migration.name,
    );
  } finally {
    await connection.end();
  }
}

/** What an older licensing server does not know it can neither work with nor take back. */
async function demandKnown(postgrator: Postgrator, version: number | undefined): Promise<void> {
  const [newest, found] = [newestVersion(), await postgrator.getDatabaseVersion()];
  if (found > newest) {
    throw new SchemaError(
      `The database was brought to schema ${found} by a newer licensing server, and this one knows no more than ${newest}: ` +
        'start the newer one, or bring back a copy of before.',
    );
  }
  if (version !== undefined && version > newest) {
    throw new SchemaError(`There is no migration ${version}: the newest is ${newest}.`);
  }
}
