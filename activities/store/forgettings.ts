import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Forgotten } from '../../proto/forgetting.ts';
import { readJson } from './ledger.ts';

/** A call by where it stands: PBX, linkedid. */
export type CallPlace = [pbxId: string, linkedid: string];

export interface Forgetting {
  accountId: string;
  /** As it was written; null once it is done. */
  phone: string | null;
  result: Forgotten | null;
}

export type Forgettings = ReturnType<typeof createForgettings>;

/** What people have asked to be deleted. */
export function createForgettings(pool: Pool) {
  return {
    /** @returns its id */
    async ask(accountId: string, phone: string, askedBy: string): Promise<number> {
      const [{ insertId }] = await pool.query<ResultSetHeader>('INSERT INTO forgettings SET ?', [
        { account_id: accountId, phone, asked_by: askedBy, asked_at: new Date() },
      ]);
      return insertId;
    },

    async drop(id: number): Promise<void> {
      await pool.query('DELETE FROM forgettings WHERE id = ?', [id]);
    },

    async find(id: number): Promise<Forgetting | undefined> {
      const sql = 'SELECT account_id, phone, result FROM forgettings WHERE id = ?';
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [id]);
      if (!row) return undefined;
      const told = (readJson(row.result) ?? null) as Forgotten | null;
      const result = told && { ...told, unsettled: told.unsettled ?? [] }; // not told before
      return { accountId: row.account_id, phone: row.phone, result };
    },

    /** Those that are not done. */
    async open(): Promise<{ id: number; accountId: string }[]> {
      const sql = 'SELECT id, account_id FROM forgettings WHERE phone IS NOT NULL';
      const [rows] = await pool.query<RowDataPacket[]>(sql);
      return rows.map(({ id, account_id }) => ({ id, accountId: account_id }));
    },

    /** Which calls it is about, also after they are gone. @param find asked once */
    async callsOf(id: number, find: () => Promise<CallPlace[]>): Promise<CallPlace[]> {
      const [[row]] = await pool.query<RowDataPacket[]>('SELECT calls FROM forgettings WHERE id = ?', [id]);
      const known = readJson(row?.calls) as CallPlace[] | null;
      if (known) return known;
      const calls = await find();
      await pool.query('UPDATE forgettings SET calls = ? WHERE id = ?', [JSON.stringify(calls), id]);
      return calls;
    },

    /** The phone goes too, and which calls it was about. */
    async close(id: number, result: Forgotten): Promise<void> {
      await pool.query('UPDATE forgettings SET phone = NULL, calls = NULL, result = ? WHERE id = ?', [
        JSON.stringify(result),
        id,
      ]);
    },
  };
}
