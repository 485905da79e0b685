import type { Pool } from 'mysql2/promise';
import type { Queries } from './mysql.ts';

/** The server undoes one of two that wait for each other, or the other one was first; once more it goes well. */
const passing = ['ER_LOCK_DEADLOCK', 'ER_DUP_ENTRY'];
const tries = 4;

/**
 * Does something in one transaction, which is undone if it fails. It may be done several times over: let it change nothing
 * but the database.
 */
export async function inTransaction<T>(pool: Pool, work: (queries: Queries) => Promise<T>): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (left === 0 || !passing.includes((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

async function once<T>(pool: Pool, work: (queries: Queries) => Promise<T>): Promise<T> {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    const result = await work(connection);
    await connection.commit();
    return result;
  } catch (error) {
    await connection.rollback().catch(() => undefined); // the server does it if the connection is lost
    throw error;
  } finally {
    connection.release();
  }
}
