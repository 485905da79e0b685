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
     * have ended since, and what was known of clients. Reading goes back to before the copy.
     */
    async note(takenAtMs: number): Promise<void> {
      await inTransaction(pool, async (queries) => {
        for (const table of ['sessions', 'password_links', 'known_clients', 'known_client_entities']) {
          await queries.query(`DELETE FROM ${table}`);
        }
        const sql = "UPDATE cel_cursors SET cel_cursor = JSON_SET(cel_cursor, '$.rereadFromMs', ?)";
        await queries.query(sql, [takenAtMs - rereadMs]);
        const row = { taken_at: new Date(takenAtMs), restored_at: new Date() };
        await queries.query('INSERT INTO restores SET ?', [row]);
      });
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
