import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import Postgrator from 'postgrator';
import { unfinishedRestore, unfinishedRestoreTable } from '../../proto/unfinished-restore.ts';
import { inUtc } from './mysql.ts';

const folder = join(import.meta.dirname, 'migrations');

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
 * @throws SchemaError if that can only be done by a newer Ringflow
 * @throws if a copy is being brought back there, see `migrateCopy`
 */
export async function migrate(mysqlUrl: string, version?: number): Promise<string[]> {
  return withConnection(mysqlUrl, async (connection) => {
    const [marks] = await connection.query<RowDataPacket[]>('SHOW TABLES LIKE ?', [unfinishedRestoreTable]);
    if (marks.length > 0) throw new Error(unfinishedRestore('bin/ringflow restore'));
    return apply(connection, version);
  });
}

/** The same for a copy that is just being brought back. */
export const migrateCopy = (mysqlUrl: string): Promise<string[]> => withConnection(mysqlUrl, apply);

async function apply(connection: mysql.Connection, version?: number): Promise<string[]> {
  const [rows] = await connection.query('SELECT DATABASE() AS name');
  const postgrator = new Postgrator({
    driver: 'mysql',
    database: (rows as { name: string }[])[0]?.name ?? '',
    schemaTable: 'schema_version',
    migrationPattern: join(folder, '*'),
    execQuery: async (query: string) => ({ rows: (await connection.query(query))[0] as unknown[] }),
  });
  await demandKnown(postgrator, version);
  return (await postgrator.migrate(version === undefined ? 'max' : String(version))).map((migration) => migration.name);
}

async function withConnection<T>(mysqlUrl: string, work: (connection: mysql.Connection) => Promise<T>): Promise<T> {
  const connection = await mysql.createConnection({ uri: mysqlUrl, multipleStatements: true });
  try {
    await connection.query(inUtc);
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** What an older Ringflow does not know it can neither work with nor take back. */
async function demandKnown(postgrator: Postgrator, version: number | undefined): Promise<void> {
  const [newest, found] = [newestVersion(), await postgrator.getDatabaseVersion()];
  if (found > newest) {
    throw new SchemaError(
      `The database was brought to schema ${found} by a newer Ringflow, and this one knows no more than ${newest}: ` +
        `start the newer one, or go back by it first: node activities/store/migrate-main.ts ${newest}`,
    );
  }
  if (version !== undefined && version > newest) {
    throw new SchemaError(`There is no migration ${version}: the newest is ${newest}.`);
  }
}
