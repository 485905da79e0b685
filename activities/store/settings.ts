import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { readJson } from './ledger.ts';

/** The settings of each account, version by version. */
export type SettingsStore = ReturnType<typeof createSettingsStore>;

export interface SettingsVersion {
  version: number;
  settings: AccountSettings;
}

export interface VersionDescription {
  version: number;
  author: string;
  atMs: number;
  /** What it changed in the one before it; null if that is not known. */
  sections: string[] | null;
}

export function createSettingsStore(pool: Pool) {
  /** Of each account the newest version that was read: number lists make it megabytes, and every call asks for it. */
  const newest = new Map<string, { version: number; reading: Promise<AccountSettings> }>();

  const newestVersion = async (accountId: string): Promise<number | undefined> => {
    const sql = 'SELECT MAX(version) AS version FROM settings WHERE account_id = ?';
    const [[row]] = await pool.query<RowDataPacket[]>(sql, [accountId]);
    return row?.version ?? undefined;
  };

  const find = async (accountId: string, version: number): Promise<AccountSettings | undefined> => {
    const sql = 'SELECT settings FROM settings WHERE account_id = ? AND version = ?';
    const [[row]] = await pool.query<RowDataPacket[]>(sql, [accountId, version]);
    return row && (readJson(row.settings) as AccountSettings);
  };

  return {
    find,

    /** The newest first, at most so many. */
    async versions(accountId: string, most: number): Promise<VersionDescription[]> {
      const sql = `SELECT version, author, UNIX_TIMESTAMP(created_at) AS saved_at, sections FROM settings
        WHERE account_id = ? ORDER BY version DESC LIMIT ?`;
      const [rows] = await pool.query<RowDataPacket[]>(sql, [accountId, most]);
      return rows.map((row) => ({
        ...{ version: row.version, author: row.author, atMs: Math.round(Number(row.saved_at) * 1000) },
        sections: row.sections === null ? null : (readJson(row.sections) as string[]),
      }));
    },

    /** The version that holds, for all who ask the same object: not to be changed; undefined while nothing was ever set. */
    async latest(accountId: string): Promise<SettingsVersion | undefined> {
      const version = await newestVersion(accountId);
      if (version === undefined) return undefined;
      const known = newest.get(accountId);
      if (known?.version === version) return { version, settings: await known.reading };
      const reading = find(accountId, version) as Promise<AccountSettings>;
      newest.set(accountId, { version, reading });
      reading.catch(() => newest.delete(accountId)); // whoever waits is told; the next one asks again
      return { version, settings: await reading };
    },
  };
}
