import type { Pool, RowDataPacket } from 'mysql2/promise';

/** Of calls `c`: those that no backfill has brought, which has its own way to write them. */
export const notOfBackfill = `NOT EXISTS (
  SELECT 1 FROM backfills f JOIN backfill_calls b ON b.backfill_id = f.id
  WHERE f.pbx_id = c.pbx_id AND b.linkedid = c.linkedid AND b.fate <> 'under-way')`;

/** By which calls are found whose registration has been under way since before a moment, but for those of the past. */
const longPending = `c.pbx_id = ? AND c.registration_state = 'pending' AND c.updated_at < ? AND ${notOfBackfill}`;

interface UnsettledCall {
  linkedid: string;
  /** Of the actor that has last told of it. */
  workflowId: string;
}

export type UnsettledCalls = ReturnType<typeof createUnsettledCalls>;

/** Calls that are over and are still being registered; a backfill tells of its own, which may wait for long. */
export function createUnsettledCalls(pool: Pool) {
  return {
    /** @param sinceBeforeMs when they were noted, ms UTC. @returns since when the oldest waits; null: there is none */
    async count(pbxId: string, sinceBeforeMs: number): Promise<{ count: number; oldestSinceMs: number | null }> {
      const [[row]] = await pool.query<RowDataPacket[]>(
        `SELECT COUNT(*) AS n, UNIX_TIMESTAMP(MIN(c.updated_at)) AS oldest FROM calls c WHERE ${longPending}`,
        [pbxId, new Date(sinceBeforeMs)],
      );
      return { count: Number(row?.n), oldestSinceMs: row?.oldest == null ? null : Math.round(row.oldest * 1000) };
    },

    /** @param sinceBeforeMs when they were noted, ms UTC */
    async list(pbxId: string, sinceBeforeMs: number): Promise<UnsettledCall[]> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT c.linkedid, c.workflow_id FROM calls c WHERE ${longPending}`,
        [pbxId, new Date(sinceBeforeMs)],
      );
      return rows.map((row) => ({ linkedid: row.linkedid, workflowId: row.workflow_id }));
    },
  };
}
