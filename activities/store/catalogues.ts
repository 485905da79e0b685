import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { AmocrmUser, Pipeline } from '../../proto/catalogue.ts';
import { readJson } from './ledger.ts';

export type Catalogues = ReturnType<typeof createCatalogues>;

export interface Catalogue {
  users: AmocrmUser[];
  /** null: never read yet. */
  pipelines: Pipeline[] | null;
  /** When amoCRM has last said who works there. */
  usersReadAtMs: number;
}

/** What each account had when amoCRM was last asked: calls and pages go on by it while amoCRM is away. */
export function createCatalogues(pool: Pool) {
  return {
    async read(accountId: string): Promise<Catalogue | undefined> {
      const sql = `SELECT users, pipelines, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', users_read_at) DIV 1000 AS at_ms
        FROM catalogues WHERE account_id = ?`;
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [accountId]);
      return (
        row && {
          users: readJson(row.users) as AmocrmUser[],
          pipelines: row.pipelines === null ? null : (readJson(row.pipelines) as Pipeline[]),
          usersReadAtMs: Number(row.at_ms),
        }
      );
    },

    async writeUsers(accountId: string, users: readonly AmocrmUser[]): Promise<void> {
      await pool.query(
        `INSERT INTO catalogues (account_id, users, users_read_at) VALUES (?, ?, UTC_TIMESTAMP(3))
         ON DUPLICATE KEY UPDATE users = VALUES(users), users_read_at = VALUES(users_read_at)`,
        [accountId, JSON.stringify(users)],
      );
    },

    /** Of an account whose users are known. */
    async writePipelines(accountId: string, pipelines: readonly Pipeline[]): Promise<void> {
      const sql = 'UPDATE catalogues SET pipelines = ? WHERE account_id = ?';
      await pool.query(sql, [JSON.stringify(pipelines), accountId]);
    },
  };
}
