import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Queries } from './secrets.ts';
import { inTransaction } from './transaction.ts';
import { notOfBackfill } from './unsettled-calls.ts';

export interface Loss {
  /** When the copy was taken, ms UTC; of Temporal's database, when its loss was seen. */
  takenAtMs: number;
  restoredAtMs: number;
}

export interface WaitingCall {
  pbxId: string;
  linkedid: string;
  workflowId: string;
}

export type Losses = ReturnType<typeof createLosses>;

/**
 * So far before the copy rows are read again: a call may have ended that long ago and still have waited for amoCRM,
 * nowhere but in Temporal. Those that the journal knows are passed over. The same where Temporal's database was lost.
 */
export const rereadMs = 24 * 3_600_000;

/**
 * What has to be known once the database came back from a copy, or Temporal's own was lost; the table is called by the
 * first of these.
 */
export function createLosses(pool: Pool) {
  const latest = async (condition: string): Promise<Loss | undefined> => {
    const [[row]] = await pool.query<RowDataPacket[]>(
      `SELECT UNIX_TIMESTAMP(taken_at) AS taken, UNIX_TIMESTAMP(restored_at) AS restored FROM restores
       WHERE ${condition} ORDER BY id DESC LIMIT 1`,
    );
    return row && { takenAtMs: Math.round(row.taken * 1000), restoredAtMs: Math.round(row.restored * 1000) };
  };

  return {
    /** The last time that Temporal lost what it knew of calls, with our database or alone; undefined: never. */
    latest: () => latest('TRUE'),

    /** The last time that our database came back from a copy; undefined: never. */
    latestCopy: () => latest('NOT is_of_temporal'),

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
        await loseBackfills(queries, 'The database was brought back from a copy meanwhile');
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

    /**
     * Tells Temporal's database by its namespace. If it is another one than before, what was open has lost its workflow
     * there: calls that wait are to be taken up, and a backfill is lost.
     *
     * @param id of the namespace, made with it @returns whether it is another one
     */
    async noteTemporal(namespace: string, id: string): Promise<boolean> {
      const known = async (queries: Queries, lock = ''): Promise<string | null> => {
        const [rows] = await queries.query(`SELECT temporal_id FROM installation ${lock}`);
        return ((rows as RowDataPacket[])[0]?.temporal_id ?? null) as string | null;
      };
      if ((await known(pool)) === id) return false;
      return inTransaction(pool, async (queries) => {
        const before = await known(queries, 'FOR UPDATE');
        if (before === id) return false; // another process was first
        await queries.query('UPDATE installation SET temporal_namespace = ?, temporal_id = ?', [namespace, id]);
        if (before === null) return false;
        await loseBackfills(queries, "Temporal's database was lost meanwhile");
        const now = new Date();
        await queries.query('INSERT INTO restores SET ?', [{ taken_at: now, restored_at: now, is_of_temporal: true }]);
        return true;
      });
    },

    /** Whether somebody still has to take up what was open. */
    async areUntaken(): Promise<boolean> {
      const [rows] = await pool.query<RowDataPacket[]>('SELECT 1 FROM restores WHERE taken_up_at IS NULL LIMIT 1');
      return rows.length > 0;
    },

    /**
     * Calls that waited, for amoCRM or for a person, when the copy was taken; empty once they have actors again. Those of a
     * backfill, which may leave leads and tasks out, come with the next one.
     */
    async waiting(): Promise<WaitingCall[]> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT c.pbx_id, c.linkedid, c.workflow_id FROM calls c
         JOIN restores r ON r.taken_up_at IS NULL AND c.updated_at < r.restored_at
         WHERE c.registration_state IN ('pending', 'needs-attention') AND ${notOfBackfill}`,
      );
      return rows.map((row) => ({ pbxId: row.pbx_id, linkedid: row.linkedid, workflowId: row.workflow_id }));
    },

    async takenUp(): Promise<void> {
      await pool.query('UPDATE restores SET taken_up_at = ? WHERE taken_up_at IS NULL', [new Date()]);
    },
  };
}

async function loseBackfills(queries: Queries, why: string): Promise<void> {
  await queries.query(
    `UPDATE backfills SET state = 'lost', reason = ?, open_pbx_id = NULL, ended_at = CURRENT_TIMESTAMP(3)
     WHERE open_pbx_id IS NOT NULL`,
    [`${why}: ask for the same calls once more.`],
  );
}
