import type { Pool, RowDataPacket } from 'mysql2/promise';

/** What proves a click, and when it is no longer taken. */
export interface UsedToken {
  accountId: string;
  jti: string;
  expiresAtMs: number;
}

export type UsedTokens = ReturnType<typeof createUsedTokens>;

/** amoCRM's one-time tokens by which something was begun. */
export function createUsedTokens(pool: Pool) {
  return {
    /** @returns the request that the token has served first: this one, unless it was used before */
    async use({ accountId, jti, expiresAtMs }: UsedToken, requestId: string): Promise<string> {
      await pool.query('DELETE FROM used_tokens WHERE expires_at < UTC_TIMESTAMP(3) - INTERVAL 1 HOUR LIMIT 100');
      await pool.query('INSERT IGNORE INTO used_tokens (account_id, jti, request_id, expires_at) VALUES (?)', [
        [accountId, jti, requestId, new Date(expiresAtMs)],
      ]);
      const sql = 'SELECT request_id FROM used_tokens WHERE account_id = ? AND jti = ?';
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [accountId, jti]);
      return row?.request_id ?? requestId;
    },
  };
}
