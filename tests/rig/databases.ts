import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mysql, { type Pool } from 'mysql2/promise';
import { migrate } from '../../activities/store/migrate.ts';
import { servers } from './servers.ts';

export interface Database {
  name: string;
  url: string;
  /** With all rights. */
  pool: Pool;
  drop(): Promise<void>;
}

/** A new empty database on the tests' MariaDB. */
export async function createDatabase(prefix: string): Promise<Database> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  const admin = await mysql.createConnection(servers.mysqlAdminUrl);
  await admin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = Object.assign(new URL(servers.mysqlAdminUrl), { pathname: `/${name}` }).href;
  const pool = mysql.createPool({ uri: url, timezone: 'Z', dateStrings: true, multipleStatements: true });
  return {
    name,
    url,
    pool,
    async drop() {
      await pool.end();
      await admin.query(`DROP DATABASE ${name}`);
      await admin.end();
    },
  };
}

/** Asterisk's database with its tables, empty. */
export async function createPbxDatabase(): Promise<Database> {
  const database = await createDatabase('pbx');
  await database.pool.query(readFileSync(join(import.meta.dirname, '../../sandbox/pbx/schema.sql'), 'utf8'));
  return database;
}

/** Ringflow's own database with its newest schema, empty. */
export async function createStoreDatabase(): Promise<Database> {
  const database = await createDatabase('ringflow');
  await migrate(database.url);
  return database;
}
