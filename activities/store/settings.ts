import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { readJson } from './ledger.ts';

/** The settings of each account, version by version. */
export type SettingsStore = ReturnType<typeof createSettingsStore>;

export interface SettingsVersion {
  version: number;
  settings: AccountSettings;
}

export function createSettingsStore(pool: Pool) {
  return {
    /** The version that holds; undefined while nothing was ever set. */
    async latest(accountId: string): Promise<SettingsVersion | undefined> {
      const sql = 'SELECT version, settings FROM settings WHERE account_id = ? ORDER BY version DESC LIMIT 1';
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [accountId]);
      return row && { version: row.version, settings: readJson(row.settings) as AccountSettings };
    },

    /** @returns the number of the new version. @throws if somebody else saved one at the same moment */
    async save(accountId: string, settings: AccountSettings, author: string): Promise<number> {
      const version = ((await this.latest(accountId))?.version ?? 0) + 1;
      const sql = 'INSERT INTO settings (account_id, version, settings, author) VALUES (?)';
      await pool.query(sql, [[accountId, version, JSON.stringify(settings), author]]);
      return version;
    },
  };
}
