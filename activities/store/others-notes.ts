import type { Pool, RowDataPacket } from 'mysql2/promise';
import { displacedByAnother, isLeftToAnother } from '../../proto/others-words.ts';
import type { Queries } from './secrets.ts';
import { inTransaction } from './transaction.ts';

export interface CallOfAccount {
  accountId: string;
  pbxId: string;
  linkedid: string;
}

export interface FittingNote {
  noteId: number;
  /** How far apart note and call are; the less the better. */
  misfit: number;
}

export type OthersNotes = ReturnType<typeof createOthersNotes>;

/** Somebody else has matched the same notes at the same moment. */
const collisions = new Set(['ER_DUP_ENTRY', 'ER_LOCK_DEADLOCK']);
const mostTries = 5;

/** Which record of another product stands for which call: each note for one call at most, the one that it fits best. */
export function createOthersNotes(pool: Pool) {
  const matchOnce = ({ accountId, pbxId, linkedid }: CallOfAccount, notes: readonly FittingNote[]) =>
    inTransaction(pool, async (queries): Promise<number | undefined> => {
      const own = [pbxId, linkedid];
      await queries.query('DELETE FROM others_notes WHERE pbx_id = ? AND linkedid = ?', own);
      if (notes.length === 0) return undefined;
      const [taken] = (await queries.query(
        'SELECT pbx_id, linkedid, note_id, misfit FROM others_notes WHERE account_id = ? AND note_id IN (?) FOR UPDATE',
        [accountId, notes.map(({ noteId }) => noteId)],
      )) as [RowDataPacket[], unknown];
      for (const { noteId, misfit } of notes) {
        const holder = taken.find((row) => Number(row.note_id) === noteId);
        if (holder && Number(holder.misfit) <= misfit) continue;
        if (holder) {
          const sql = 'UPDATE others_notes SET note_id = NULL WHERE pbx_id = ? AND linkedid = ?';
          await queries.query(sql, [holder.pbx_id, holder.linkedid]);
          await tellIfDisplaced(queries, { pbxId: holder.pbx_id, linkedid: holder.linkedid });
        }
        const row = { account_id: accountId, pbx_id: pbxId, linkedid, note_id: noteId, misfit };
        await queries.query('INSERT INTO others_notes SET ?', [row]);
        return noteId;
      }
      return undefined;
    });

  return {
    /**
     * Finds the note that stands for a call, and keeps it for this call. One that stood for a call which it fits less is
     * taken from that, see `displaced`.
     *
     * @param notes the best first
     * @returns undefined if each of them stands for another call
     */
    async match(call: CallOfAccount, notes: readonly FittingNote[]): Promise<number | undefined> {
      for (let tries = 1; ; tries++) {
        try {
          return await matchOnce(call, notes);
        } catch (error) {
          if (!collisions.has((error as { code?: string }).code ?? '') || tries === mostTries) throw error;
        }
      }
    },

    /** Calls of this backfill that were left to a note which turned out to be another call's. @returns their linkedids */
    async displaced(backfillId: number, pbxId: string, limit: number): Promise<string[]> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT o.linkedid FROM others_notes o JOIN calls c ON c.pbx_id = o.pbx_id AND c.linkedid = o.linkedid
         JOIN backfill_calls b ON b.backfill_id = ? AND b.linkedid = o.linkedid
         WHERE o.pbx_id = ? AND o.note_id IS NULL AND c.registration_state = 'not-sent' ORDER BY o.linkedid LIMIT ?`,
        [backfillId, pbxId, limit],
      );
      return rows.map(({ linkedid }) => linkedid);
    },
  };
}

/**
 * The journal says no longer that a call stands in amoCRM by another product, if that record turned out to be another
 * call's: whatever is written first, the journal or that.
 */
export async function tellIfDisplaced(queries: Queries, { pbxId, linkedid }: Omit<CallOfAccount, 'accountId'>) {
  const ofCall = [pbxId, linkedid];
  const [[told]] = await queries.query<RowDataPacket[]>(
    `SELECT JSON_UNQUOTE(JSON_EXTRACT(c.registration, '$.reason')) AS reason FROM calls c
     JOIN others_notes o ON o.pbx_id = c.pbx_id AND o.linkedid = c.linkedid
     WHERE c.pbx_id = ? AND c.linkedid = ? AND c.registration_state = 'not-sent' AND o.note_id IS NULL FOR UPDATE`,
    ofCall,
  );
  if (!told || !isLeftToAnother(told.reason ?? '')) return;
  const sql = `UPDATE calls SET registration = JSON_SET(registration, '$.reason', ?) WHERE pbx_id = ? AND linkedid = ?`;
  await queries.query(sql, [displacedByAnother, ...ofCall]);
}
