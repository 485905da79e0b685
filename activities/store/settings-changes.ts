import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { AccountSettings } from '../../proto/account-settings.ts';
import { faultsOfSettings } from '../../proto/account-settings.ts';
import {
  type ChangeOutcome,
  differingSections,
  type SettingsSections,
  withSections,
} from '../../proto/settings-change.ts';
import { unknownPbxs } from '../../proto/settings-sense.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { readJson } from './ledger.ts';
import type { Pbx } from './pbxs.ts';
import type { Queries } from './secrets.ts';
import { inTransaction } from './transaction.ts';

export interface SettingsChange {
  accountId: string;
  /** The version that its author has seen; 0: none was ever saved. */
  basedOn: number;
  sections: SettingsSections;
  author: string;
}

/** Changes of settings wait here for the account's actor: number lists make them too big for a history of Temporal. */
export type SettingsChanges = ReturnType<typeof createSettingsChanges>;

/** @param language of an account for which nothing was ever set */
export function createSettingsChanges(pool: Pool, language: AccountSettings['language']) {
  return {
    /** @returns by what the actor finds it */
    async propose({ accountId, basedOn, sections, author }: SettingsChange): Promise<string> {
      const id = randomUUID();
      await pool.query('INSERT INTO settings_changes (id, account_id, based_on, sections, author) VALUES (?)', [
        [id, accountId, basedOn, JSON.stringify(sections), author],
      ]);
      return id;
    },

    /**
     * Makes a version of it, once; who asks again gets the same outcome. To be called by the account's actor alone.
     *
     * @param pbxs all that there are
     * @throws ApplicationFailure, not to be tried again, if the change is gone
     */
    adopt(changeId: string, pbxs: readonly Pbx[]): Promise<ChangeOutcome> {
      return inTransaction(pool, async (queries) => {
        const sql = 'SELECT * FROM settings_changes WHERE id = ? FOR UPDATE';
        const [[row]] = await queries.query<RowDataPacket[]>(sql, [changeId]);
        if (!row) throw changeGone(changeId);
        if (row.outcome !== null) return readJson(row.outcome) as ChangeOutcome;
        const change = {
          ...{ accountId: row.account_id, basedOn: row.based_on, author: row.author },
          sections: readJson(row.sections) as SettingsSections,
        };
        const own = pbxs.filter(({ accountId }) => accountId === change.accountId).map(({ id }) => id);
        const outcome = await adopt(queries, change, own);
        await queries.query(`UPDATE settings_changes SET outcome = ?, sections = '{}' WHERE id = ?`, [
          JSON.stringify(outcome),
          changeId,
        ]);
        return outcome;
      });
    },
  };

  async function adopt(queries: Queries, change: SettingsChange, ownPbxs: readonly string[]): Promise<ChangeOutcome> {
    const { accountId, basedOn, sections, author } = change;
    const latest = await newest(queries, accountId);
    const settings = withSections(latest.settings, sections);
    const changed = differingSections(latest.settings, settings);
    if (changed.length === 0) return { outcome: 'saved', version: latest.version };
    if (latest.version !== basedOn) {
      const others = differingSections(await settingsOf(queries, accountId, basedOn), latest.settings);
      const both = changed.filter((name) => others.includes(name));
      if (both.length > 0) {
        return { outcome: 'conflict', version: latest.version, author: latest.author, sections: both };
      }
    }
    const faults = [...faultsOfSettings(settings), ...unknownPbxs(settings, latest.settings, ownPbxs)];
    if (faults.length > 0) return { outcome: 'faulty', faults };
    const version = latest.version + 1;
    await queries.query('INSERT INTO settings (account_id, version, settings, sections, author) VALUES (?)', [
      [accountId, version, JSON.stringify(settings), JSON.stringify(changed), author],
    ]);
    return { outcome: 'saved', version };
  }

  async function newest(queries: Queries, accountId: string) {
    const sql = `SELECT version, settings, author FROM settings
      WHERE account_id = ? ORDER BY version DESC LIMIT 1 FOR UPDATE`;
    const [[row]] = await queries.query<RowDataPacket[]>(sql, [accountId]);
    if (!row) return { version: 0, author: '', settings: untouchedSettings(language) };
    return {
      version: row.version as number,
      author: String(row.author),
      settings: readJson(row.settings) as AccountSettings,
    };
  }

  async function settingsOf(queries: Queries, accountId: string, version: number): Promise<AccountSettings> {
    const sql = 'SELECT settings FROM settings WHERE account_id = ? AND version = ?';
    const [[row]] = await queries.query<RowDataPacket[]>(sql, [accountId, version]);
    return row ? (readJson(row.settings) as AccountSettings) : untouchedSettings(language);
  }
}

/** Those that come after it need not wait for what no repetition brings back. */
function changeGone(changeId: string): ApplicationFailure {
  const message = `There is no change ${changeId} of the settings any more: Ringflow's database was emptied or restored meanwhile. Save the settings again.`;
  return ApplicationFailure.nonRetryable(message, 'ChangeGone');
}
