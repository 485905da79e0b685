import type { Pool } from 'mysql2/promise';
import type { Queries } from './secrets.ts';

/** Does something in one transaction, which is undone if it fails. */
export async function inTransaction<T>(pool: Pool, work: (queries: Queries) => Promise<T>): Promise<T> {
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
