import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Call } from '../../proto/call.ts';
import type { HeldBack } from '../../proto/licence/gate.ts';
import type { CallPlace } from './call-search.ts';
import { readJson } from './ledger.ts';

/** A call that stands in the journal alone, for want of a licence. */
export interface HeldBackCall {
  call: Call;
  heldBack: HeldBack[];
  workflowId: string;
}

export type HeldBackCalls = ReturnType<typeof createHeldBackCalls>;

export function createHeldBackCalls(pool: Pool) {
  const ofPbxs = "pbx_id IN (?) AND registration_state = 'unlicensed'";
  return {
    async count(pbxIds: readonly string[]): Promise<number> {
      if (pbxIds.length === 0) return 0;
      const sql = `SELECT COUNT(*) AS n FROM calls WHERE ${ofPbxs}`;
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [pbxIds]);
      return Number(row?.n);
    },

    /** The oldest first: so they came. @param after the last of the page before. @param beforeMs when they began, ms UTC */
    async page(
      pbxIds: readonly string[],
      beforeMs: number,
      after: CallPlace | undefined,
      limit: number,
    ): Promise<HeldBackCall[]> {
      if (pbxIds.length === 0) return [];
      const { startedAtMs, pbxId, linkedid } = after ?? { startedAtMs: 0, pbxId: '', linkedid: '' };
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT workflow_id, \`call\`, registration FROM calls
         WHERE ${ofPbxs} AND started_at >= ? AND started_at < ? AND (started_at, pbx_id, linkedid) > (?, ?, ?)
         ORDER BY started_at, pbx_id, linkedid LIMIT ?`,
        [pbxIds, new Date(startedAtMs), new Date(beforeMs), new Date(startedAtMs), pbxId, linkedid, limit],
      );
      return rows.map((row) => ({
        call: readJson(row.call) as Call,
        heldBack: (readJson(row.registration) as { heldBack: HeldBack[] }).heldBack,
        workflowId: row.workflow_id,
      }));
    },
  };
}
