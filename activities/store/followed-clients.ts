import type { Pool, RowDataPacket } from 'mysql2/promise';

export interface Following {
  /** Changes up to this moment are known, unix seconds of amoCRM's clock. */
  changesUntil: number;
  /** Page of clients to be read next; null: all were read. */
  nextPage: number | null;
}

export type FollowedClients = ReturnType<typeof createFollowedClients>;

/** How far the clients of each account are known: it survives restarts, so that no account is walked through twice. */
export function createFollowedClients(pool: Pool) {
  return {
    async read(accountId: string): Promise<Following | undefined> {
      const sql = 'SELECT changes_until, next_page FROM followed_clients WHERE account_id = ?';
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [accountId]);
      return row && { changesUntil: Number(row.changes_until), nextPage: row.next_page };
    },

    async write(accountId: string, { changesUntil, nextPage }: Following): Promise<void> {
      await pool.query('REPLACE INTO followed_clients (account_id, changes_until, next_page) VALUES (?)', [
        [accountId, changesUntil, nextPage],
      ]);
    },
  };
}
