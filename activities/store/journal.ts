import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { CelRow } from '../../proto/cel.ts';
import type { CallJournalEntry } from '../../proto/journal.ts';
import { readJson } from './ledger.ts';

/** The journal of calls: what must last of each, and what came after its close. */
export type Journal = ReturnType<typeof createJournal>;

export interface JoinedCalls {
  pbxId: string;
  /** Each younger than `into`. */
  linkedids: string[];
  into: string;
}

export function createJournal(pool: Pool) {
  return {
    /** Writes the call's entry, in place of an earlier one. */
    async write({ call, registration, workflowId, celRowIds }: CallJournalEntry): Promise<void> {
      await pool.query(
        `REPLACE INTO calls (pbx_id, linkedid, workflow_id, started_at, ended_at, direction, external_number, result,
           registration_state, \`call\`, registration, cel_row_ids) VALUES (?)`,
        [
          [
            call.pbxId,
            call.linkedid,
            workflowId,
            new Date(call.startedAtMs),
            call.endedAtMs === null ? null : new Date(call.endedAtMs),
            call.direction,
            call.externalNumber,
            call.result,
            registration.state,
            JSON.stringify(call),
            JSON.stringify(registration),
            JSON.stringify(celRowIds),
          ],
        ],
      );
    },

    /** The call's entry, or undefined if it has none (yet). */
    async read(pbxId: string, linkedid: string): Promise<CallJournalEntry | undefined> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT workflow_id, \`call\`, registration, cel_row_ids FROM calls WHERE pbx_id = ? AND linkedid = ?`,
        [pbxId, linkedid],
      );
      const row = rows[0];
      return (
        row &&
        ({
          workflowId: row.workflow_id,
          call: readJson(row.call),
          registration: readJson(row.registration),
          celRowIds: readJson(row.cel_row_ids),
        } as CallJournalEntry)
      );
    },

    /** From now on the actor of `into` tells these calls; an entry in which one told itself as unfit for amoCRM goes. */
    async noteJoined({ pbxId, linkedids, into }: JoinedCalls): Promise<void> {
      await pool.query(
        `INSERT INTO joined_calls (pbx_id, linkedid, into_linkedid) VALUES ?
         ON DUPLICATE KEY UPDATE into_linkedid = VALUES(into_linkedid)`,
        [linkedids.map((linkedid) => [pbxId, linkedid, into])],
      );
      await pool.query(`DELETE FROM calls WHERE pbx_id = ? AND linkedid IN (?) AND registration_state = 'not-sent'`, [
        pbxId,
        linkedids,
      ]);
    },

    /** The linkedid whose actor tells this call, or undefined if it is told by its own. */
    async joinedInto(pbxId: string, linkedid: string): Promise<string | undefined> {
      const [rows] = await pool.query<RowDataPacket[]>(
        'SELECT into_linkedid FROM joined_calls WHERE pbx_id = ? AND linkedid = ?',
        [pbxId, linkedid],
      );
      return rows[0]?.into_linkedid;
    },

    /** Whether this call stands in the journal, by itself or in the call that it was joined to. */
    async knows(pbxId: string, linkedid: string): Promise<boolean> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT 1 FROM calls WHERE pbx_id = ? AND linkedid = ?
         UNION ALL SELECT 1 FROM joined_calls WHERE pbx_id = ? AND linkedid = ? LIMIT 1`,
        [pbxId, linkedid, pbxId, linkedid],
      );
      return rows.length > 0;
    },

    /**
     * Whether a call with this client on one of these PBXs that began after that moment was answered.
     *
     * @param phone digits
     */
    async hasTalkedSince(pbxIds: readonly string[], phone: string, sinceMs: number): Promise<boolean> {
      if (pbxIds.length === 0) return false;
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT 1 FROM calls
         WHERE pbx_id IN (?) AND external_number = ? AND started_at > ? AND result = 'answered' LIMIT 1`,
        [pbxIds, phone, new Date(sinceMs)],
      );
      return rows.length > 0;
    },

    /** Keeps rows that a closed call could not take any more. */
    keepLateRows: (pbxId: string, rows: readonly CelRow[]): Promise<void> =>
      keepRows(rows.map((row) => [pbxId, row.linkedid, row.id, JSON.stringify(row)])),

    /** Keeps rows as the database gave them, of which nobody knows what they mean. */
    keepUnreadableRows: (pbxId: string, raws: readonly { id: number; linkedid?: unknown }[]): Promise<void> =>
      keepRows(raws.map((raw) => [pbxId, String(raw.linkedid ?? '').slice(0, 150), raw.id, JSON.stringify(raw)])),
  };

  async function keepRows(values: unknown[][]): Promise<void> {
    await pool.query('INSERT IGNORE INTO late_rows (pbx_id, linkedid, cel_row_id, cel_row) VALUES ?', [values]);
  }
}
