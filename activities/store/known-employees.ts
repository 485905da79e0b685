import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Directory } from '../amocrm/employees.ts';
import { readJson } from './ledger.ts';

export type KnownEmployees = ReturnType<typeof createKnownEmployees>;

/** Who has which phone in each account, as amoCRM said last: calls go on by it while amoCRM is away. */
export function createKnownEmployees(pool: Pool) {
  return {
    async read(accountId: string): Promise<Directory | undefined> {
      const sql = 'SELECT directory FROM known_employees WHERE account_id = ?';
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [accountId]);
      return row && (readJson(row.directory) as Directory);
    },

    async write(accountId: string, directory: Directory): Promise<void> {
      const row = [accountId, JSON.stringify(directory)];
      await pool.query('REPLACE INTO known_employees (account_id, directory) VALUES (?)', [row]);
    },
  };
}
