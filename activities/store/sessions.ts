import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { hashOfToken, newToken } from './users.ts';

/** Who is signed in, and by which browser. */
export type Sessions = ReturnType<typeof createSessions>;

export interface Session {
  id: number;
  userId: number;
  address: string;
  browser: string;
  beganAtMs: number;
  seenAtMs: number;
}

/** Not used for so long, it ends; however much it is used, it ends after so long. */
const idleDays = 14;
export const longestDays = 90;

const valid = `seen_at > UTC_TIMESTAMP(3) - INTERVAL ${idleDays} DAY AND began_at > UTC_TIMESTAMP(3) - INTERVAL ${longestDays} DAY`;

export function createSessions(pool: Pool) {
  return {
    /** @returns what the browser proves itself by; kept here is its hash */
    async begin(userId: number, address: string, browser: string): Promise<string> {
      const token = newToken();
      await pool.query(`DELETE FROM sessions WHERE NOT (${valid})`);
      await pool.query(
        `INSERT INTO sessions (token_hash, user_id, address, browser, began_at, seen_at)
         VALUES (?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
        [[hashOfToken(token), userId, address.slice(0, 45), browser.slice(0, 300)]],
      );
      return token;
    },

    async find(token: string): Promise<Session | undefined> {
      const sql = `SELECT * FROM sessions WHERE token_hash = ? AND ${valid}`;
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [hashOfToken(token)]);
      if (!row) return undefined;
      const minute = 'seen_at < UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE'; // not a write with each request
      await pool.query(`UPDATE sessions SET seen_at = UTC_TIMESTAMP(3) WHERE id = ? AND ${minute}`, [row.id]);
      return sessionOf(row);
    },

    async count(): Promise<number> {
      const [[row]] = await pool.query<RowDataPacket[]>(`SELECT COUNT(*) AS sessions FROM sessions WHERE ${valid}`);
      return Number(row?.sessions);
    },

    async list(userId: number): Promise<Session[]> {
      const sql = `SELECT * FROM sessions WHERE user_id = ? AND ${valid} ORDER BY seen_at DESC`;
      const [rows] = await pool.query<RowDataPacket[]>(sql, [userId]);
      return rows.map(sessionOf);
    },

    /** @returns false if this person has no such session */
    async end(userId: number, sessionId: number): Promise<boolean> {
      const sql = 'DELETE FROM sessions WHERE user_id = ? AND id = ?';
      const [result] = await pool.query<ResultSetHeader>(sql, [userId, sessionId]);
      return result.affectedRows > 0;
    },

    async endAllOf(userId: number): Promise<void> {
      await pool.query('DELETE FROM sessions WHERE user_id = ?', [userId]);
    },
  };
}

function sessionOf(row: RowDataPacket): Session {
  return {
    ...{ id: row.id, userId: row.user_id, address: row.address, browser: row.browser },
    beganAtMs: row.began_at.getTime(),
    seenAtMs: row.seen_at.getTime(),
  };
}
