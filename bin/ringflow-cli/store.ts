import type { Pool } from 'mysql2/promise';
import { SecretKeyError } from '../../activities/store/key-ring.ts';
import { openMysql } from '../../activities/store/mysql.ts';
import { BadInput } from './bad-input.ts';

/**
 * Does something with Ringflow's database, and closes it.
 *
 * @throws BadInput that says what to do if it can't be used
 */
export async function withStore<T>(mysqlUrl: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openMysql(mysqlUrl);
  try {
    return await work(pool);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    if (error instanceof SecretKeyError) throw new BadInput(error.message);
    const { code = '', message, path } = error as { code?: string; message: string; path?: string };
    if (path !== undefined) throw new BadInput(`${path}: can't be read or written (${code}).`);
    throw new BadInput(`Ringflow's database can't be used (${code || message}). Does it run? bin/up starts it.`);
  } finally {
    await pool.end();
  }
}
