import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { inTransaction } from './transaction.ts';

export type RetentionStore = ReturnType<typeof createRetention>;

/** Few enough that whoever writes a call meanwhile waits for a moment at most. */
const atOnce = 200;

/**
 * Lets go of what was told of calls a long time ago. Of the ledger the keys of calls stay, which hold no phone: by them a
 * call that is brought once more, by late rows or a backfill, is known to stand in amoCRM. What their requests were to do
 * goes, and so do the keys of clients, for amoCRM is asked before anything is made anyway; but for what amoCRM can't tell:
 * contacts without a phone, incoming leads that nobody has accepted.
 */
export function createRetention(pool: Pool) {
  const forgetMany = async (sql: string, values: unknown[]): Promise<void> => {
    for (;;) {
      const [{ affectedRows }] = await pool.query<ResultSetHeader>(`${sql} LIMIT ${atOnce}`, values);
      if (affectedRows < atOnce) return;
    }
  };

  const letGoCalls = async (pbxId: string, before: Date): Promise<number> => {
    const [rows] = await pool.query<RowDataPacket[]>(
      `SELECT linkedid, external_number FROM calls
       WHERE pbx_id = ? AND started_at < ? AND registration_state NOT IN ('pending', 'needs-attention')
       ORDER BY started_at LIMIT ?`,
      [pbxId, before, atOnce],
    );
    if (rows.length === 0) return 0;
    const linkedids = rows.map(({ linkedid }) => linkedid as string);
    const keys = linkedids.map(() => 'effect_key LIKE ?').join(' OR ');
    const beginnings = linkedids.map((linkedid) => `${pbxId}:${linkedid}:%`);
    await inTransaction(pool, async (queries) => {
      await queries.query(`UPDATE side_effects SET intention = NULL WHERE state = 'done' AND (${keys})`, beginnings);
      await queries.query(
        `UPDATE backfill_calls b JOIN backfills f ON f.id = b.backfill_id
         JOIN calls c ON c.pbx_id = f.pbx_id AND c.linkedid = b.linkedid
         SET b.let_go_as = c.registration_state WHERE f.pbx_id = ? AND b.linkedid IN (?)`,
        [pbxId, linkedids],
      );
      for (const table of ['recording_listens', 'late_rows', 'clicks', 'others_notes', 'calls']) {
        await queries.query(`DELETE FROM ${table} WHERE pbx_id = ? AND linkedid IN (?)`, [pbxId, linkedids]);
      }
      await queries.query('DELETE FROM joined_calls WHERE pbx_id = ? AND into_linkedid IN (?)', [pbxId, linkedids]);
    });
    await letGoEndings(pbxId, [...new Set(rows.map(({ external_number: number }) => number as string | null))]);
    return rows.length;
  };

  /** Of numbers that no call has any more. */
  const letGoEndings = async (pbxId: string, numbers: readonly (string | null)[]): Promise<void> => {
    for (const number of numbers) {
      if (number === null) continue;
      const endings = Array.from(number, (_, place) => number.slice(place));
      await pool.query(
        `DELETE FROM phone_endings WHERE pbx_id = ? AND ending IN (?) AND external_number = ?
         AND NOT EXISTS (SELECT 1 FROM calls WHERE calls.pbx_id = ? AND calls.external_number = ?)`,
        [pbxId, endings, number, pbxId, number],
      );
    }
  };

  return {
    /** Of calls of this PBX that began before. @returns how many */
    async letGoBefore(pbxId: string, beforeMs: number): Promise<number> {
      const before = new Date(beforeMs);
      let count = 0;
      for (;;) {
        const gone = await letGoCalls(pbxId, before);
        count += gone;
        if (gone < atOnce) break;
      }
      await forgetMany('DELETE FROM late_rows WHERE pbx_id = ? AND seen_at < ?', [pbxId, before]);
      return count;
    },

    /** Of this account's clients of whom nothing was brought about since. */
    async letGoClientsBefore(accountId: string, beforeMs: number): Promise<void> {
      const before = new Date(beforeMs);
      const isKnownHereAlone = `JSON_EXISTS(record, '$.hasNoPhone') OR JSON_VALUE(record, '$.uid') IS NOT NULL`;
      for (const kind of ['contact', 'lead', 'call-back']) {
        await forgetMany(
          `DELETE FROM side_effects WHERE effect_key LIKE ? AND state <> 'open' AND updated_at < ?
           AND (record IS NULL OR NOT (${isKnownHereAlone}))`,
          [`${kind}:${accountId.replaceAll(/[\\%_]/g, '\\$&')}:%`, before],
        );
      }
    },
  };
}
