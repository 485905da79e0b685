import type { Pool, RowDataPacket } from 'mysql2/promise';
import { inTransaction } from './transaction.ts';

export interface Restore {
  /** When the copy was taken, ms UTC. */
  takenAtMs: number;
  restoredAtMs: number;
}

export interface WaitingCall {
  pbxId: string;
  linkedid: string;
  workflowId: string;
}

export type Restores = ReturnType<typeof createRestores>;

/**
 * So far before the copy rows are read again: a call may have ended that long ago and still have waited for amoCRM,
 * nowhere but in Temporal. Those that the journal knows are passed over.
 */
const rereadMs = 24 * 3_600_000;

/** What has to be known once the database came back from a copy. */
export function createRestores(pool: Pool) {
  return {
    /** The last time; undefined: never. */
    async latest(): Promise<Restore | undefined> {
      const [[row]] = await pool.query<RowDataPacket[]>(
        `SELECT UNIX_TIMESTAMP(taken_at) AS taken, UNIX_TIMESTAMP(restored_at) AS restored FROM restores
         ORDER BY id DESC LIMIT 1`,
      );
      return row && { takenAtMs: Math.round(row.taken * 1000), restoredAtMs: Math.round(row.restored * 1000) };
    },

    /**
     * What was true when the copy was taken and is so no more goes: sessions and links for passwords, which somebody may
     * have ended since, what was known of clients, that a request had no effect, and where one was to go. Reading goes
     * back to before the copy; a backfill that was open has lost its workflow, or follows what is not here any more.
     */
    async note(takenAtMs: number): Promise<void> {
      await inTransaction(pool, async (queries) => {
        for (const table of ['sessions', 'password_links', 'known_clients', 'known_client_entities']) {
          await queries.query(`DELETE FROM ${table}`);
        }
        await queries.query("DELETE FROM side_effects WHERE state = 'idle'");
        await queries.query("UPDATE side_effects SET intention = NULL WHERE state = 'open'");
        await queries.query(
          `UPDATE backfills SET state = 'lost', reason = ?, open_pbx_id = NULL, ended_at = CURRENT_TIMESTAMP(3)
           WHERE open_pbx_id IS NOT NULL`,
          ['The database was brought back from a copy meanwhile: ask for the same calls once more.'],
        );
        const sql = "UPDATE cel_cursors SET cel_cursor = JSON_SET(cel_cursor, '$.rereadFromMs', ?)";
        await queries.query(sql, [takenAtMs - rereadMs]);
        const row = { taken_at: new Date(takenAtMs), restored_at: new Date() };
        await queries.query('INSERT INTO restores SET ?', [row]);
      });
      // workflows of the time after the copy may still be known by their numbers
      const unusedId = Math.floor(Date.now() / 1000);
      for (const table of ['backfills', 'forgettings'])
        await pool.query(`ALTER TABLE ${table} AUTO_INCREMENT = ${unusedId}`);
    },

    /** Calls that waited, for amoCRM or for a person, when the copy was taken; empty once they have actors again. */
    async waiting(): Promise<WaitingCall[]> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT c.pbx_id, c.linkedid, c.workflow_id FROM calls c
         JOIN restores r ON r.taken_up_at IS NULL AND c.updated_at < r.restored_at
         WHERE c.registration_state IN ('pending', 'needs-attention')`,
      );
      return rows.map((row) => ({ pbxId: row.pbx_id, linkedid: row.linkedid, workflowId: row.workflow_id }));
    },

    async takenUp(): Promise<void> {
      await pool.query('UPDATE restores SET taken_up_at = ? WHERE taken_up_at IS NULL', [new Date()]);
    },
  };
}
