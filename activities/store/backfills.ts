import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import {
  type BackfillChoice,
  type BackfillCounts,
  type BackfillFate,
  type BackfillMode,
  type BackfillOrder,
  type BackfillOutcome,
  type BackfillState,
  backfillOutcome,
  isOpen,
  noCounts,
  standsBehind,
} from '../../proto/backfill.ts';
import type { Registration } from '../../proto/journal.ts';
import type { BackfillFacts } from '../../proto/state/facts.ts';
import { readJson } from './ledger.ts';

export interface Backfill extends BackfillOrder {
  id: number;
  accountId: string;
  workflowId: string;
  askedBy: string;
  askedAtMs: number;
  state: BackfillState;
  /** In words, what it waits for or why it ended; often empty. */
  reason: string;
  /** How much of the PBX's rows is read, 0 to 1. */
  share: number;
  endedAtMs: number | null;
}

export interface BackfillCall {
  linkedid: string;
  startedAtMs: number;
  fate: BackfillFate;
  detail: string;
  /** As it stands in the journal now; null: it does not. */
  registration: Registration | null;
  /** How it stood there when it was let go after the time for which calls are kept; null: it was not. */
  letGoAs: Registration['state'] | null;
}

export interface CallFate {
  linkedid: string;
  fate: BackfillFate;
  detail: string;
}

/** In the order of the result: the last call of the page before. */
export type BackfillPlace = Pick<BackfillCall, 'linkedid' | 'startedAtMs'>;

export type Backfills = ReturnType<typeof createBackfills>;

const moves = 'moved_at = CURRENT_TIMESTAMP(3)';
/** So much of a reason or detail is kept. */
const mostDetail = 1_000;

/** What was asked for, how far it is, and what became of each call. */
export function createBackfills(pool: Pool) {
  const where = async (condition: string, values: unknown[]): Promise<Backfill[]> => {
    const [rows] = await pool.query<RowDataPacket[]>(`SELECT * FROM backfills WHERE ${condition}`, values);
    return rows.map(backfillOf);
  };

  return {
    /** @returns its id; undefined if another one of this PBX is open */
    async open(order: BackfillOrder, by: Pick<Backfill, 'accountId' | 'workflowId' | 'askedBy'>) {
      const { pbxId, choice, mode } = order;
      try {
        const [{ insertId }] = await pool.query<ResultSetHeader>('INSERT INTO backfills SET ?', [
          {
            ...{ account_id: by.accountId, pbx_id: pbxId, open_pbx_id: pbxId, workflow_id: by.workflowId },
            ...{ choice: JSON.stringify(choice), mode: JSON.stringify(mode), asked_by: by.askedBy },
            ...{ asked_at: new Date(), state: 'running', reason: '', share: 0 },
          },
        ]);
        return insertId;
      } catch (error) {
        if ((error as { code?: string }).code === 'ER_DUP_ENTRY') return undefined;
        throw error;
      }
    },

    /** The one that is open, of a PBX. */
    openOf: async (pbxId: string): Promise<Backfill | undefined> => (await where('open_pbx_id = ?', [pbxId]))[0],

    find: async (id: number): Promise<Backfill | undefined> => (await where('id = ?', [id]))[0],

    /** Newest first. */
    list: (accountId: string, limit: number): Promise<Backfill[]> =>
      where('account_id = ? ORDER BY id DESC LIMIT ?', [accountId, limit]),

    /** How the newest of a PBX stands. @param toldAfterMs of one that ended before nothing is counted */
    async latestOf(pbxId: string, toldAfterMs: number): Promise<BackfillFacts | undefined> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT id, state, share, UNIX_TIMESTAMP(moved_at) AS moved, UNIX_TIMESTAMP(ended_at) AS ended FROM backfills
         WHERE pbx_id = ? ORDER BY id DESC LIMIT 1`,
        [pbxId],
      );
      const [row] = rows;
      if (!row) return undefined;
      const endedAtMs = row.ended === null ? null : Math.round(row.ended * 1000);
      const counts = endedAtMs === null || endedAtMs >= toldAfterMs ? await this.counts(row.id) : noCounts;
      const { id, state, share } = row;
      return { id, state, share, counts, movedAtMs: Math.round(row.moved * 1000), endedAtMs };
    },

    /** One that has ended stays as it is. */
    async enter(id: number, state: BackfillState, reason: string): Promise<void> {
      const ended = isOpen(state) ? '' : ', open_pbx_id = NULL, ended_at = CURRENT_TIMESTAMP(3)';
      const resumed = state === 'running' ? `, moved_at = IF(state = 'paused', CURRENT_TIMESTAMP(3), moved_at)` : '';
      const sql = `UPDATE backfills SET reason = ?${resumed}, state = ?${ended} WHERE id = ? AND open_pbx_id IS NOT NULL`;
      await pool.query(sql, [reason.slice(0, mostDetail), state, id]);
    },

    async progressed(id: number, share: number): Promise<void> {
      await pool.query(`UPDATE backfills SET share = ?, ${moves} WHERE id = ?`, [share, id]);
    },

    /** From now on these belong to it. Once more is harmless: what became of one stays. */
    async take(id: number, calls: readonly BackfillPlace[]): Promise<void> {
      if (calls.length === 0) return;
      const rows = calls.map(({ linkedid, startedAtMs }) => [id, linkedid, new Date(startedAtMs), 'in-hand', '']);
      const sql = 'INSERT IGNORE INTO backfill_calls (backfill_id, linkedid, started_at, fate, detail) VALUES ?';
      await pool.query(sql, [rows]);
    },

    /** Those of these that were told are in hand once more. */
    async takeAgain(id: number, linkedids: readonly string[]): Promise<void> {
      if (linkedids.length === 0) return;
      const sql = `UPDATE backfill_calls SET fate = 'in-hand' WHERE backfill_id = ? AND fate = 'told' AND linkedid IN (?)`;
      await pool.query(sql, [id, linkedids]);
    },

    async note(id: number, fates: readonly CallFate[]): Promise<void> {
      for (const { linkedid, fate, detail } of fates) {
        const sql = 'UPDATE backfill_calls SET fate = ?, detail = ? WHERE backfill_id = ? AND linkedid = ?';
        await pool.query(sql, [fate, detail.slice(0, mostDetail), id, linkedid]);
      }
      if (fates.length > 0) await pool.query(`UPDATE backfills SET ${moves} WHERE id = ?`, [id]);
    },

    /** Those of these calls that are in hand. */
    async inHand(id: number, linkedids: readonly string[]): Promise<string[]> {
      if (linkedids.length === 0) return [];
      const [rows] = await pool.query<RowDataPacket[]>(
        "SELECT linkedid FROM backfill_calls WHERE backfill_id = ? AND fate = 'in-hand' AND linkedid IN (?)",
        [id, linkedids],
      );
      return rows.map(({ linkedid }) => linkedid);
    },

    /** Calls that these were joined to, which do not belong to it yet. */
    async strangersJoined(id: number, linkedids: readonly string[]): Promise<string[]> {
      if (linkedids.length === 0) return [];
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT DISTINCT b.detail AS teller FROM backfill_calls b
         LEFT JOIN backfill_calls t ON t.backfill_id = b.backfill_id AND t.linkedid = b.detail
         WHERE b.backfill_id = ? AND b.fate = 'joined' AND b.linkedid IN (?) AND t.linkedid IS NULL`,
        [id, linkedids],
      );
      return rows.map(({ teller }) => teller);
    },

    /** They were not begun, and belong to it no more. */
    async drop(id: number, linkedids: readonly string[]): Promise<void> {
      if (linkedids.length === 0) return;
      const sql = "DELETE FROM backfill_calls WHERE backfill_id = ? AND fate = 'in-hand' AND linkedid IN (?)";
      await pool.query(sql, [id, linkedids]);
    },

    /** The chosen calls of one that is done which the PBX has not; of a period there are none. @returns their linkedids */
    async notFound({ id, choice, state }: Backfill): Promise<string[]> {
      if (!('linkedids' in choice) || state !== 'done') return [];
      const sql = 'SELECT linkedid FROM backfill_calls WHERE backfill_id = ? AND linkedid IN (?)';
      const [rows] = await pool.query<RowDataPacket[]>(sql, [id, choice.linkedids]);
      const found = new Set(rows.map(({ linkedid }) => linkedid));
      return choice.linkedids.filter((linkedid) => !found.has(linkedid));
    },

    async counts(id: number): Promise<BackfillCounts> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT b.fate, ${standing} AS registration, COUNT(*) AS calls FROM ${withJournal}
         WHERE b.backfill_id = ? GROUP BY b.fate, ${standing}`,
        [id],
      );
      const counts = { ...noCounts };
      for (const { fate, registration, calls } of rows) {
        counts.calls += Number(calls);
        counts[backfillOutcome(fate, registration)] += Number(calls);
      }
      return counts;
    },

    /** Its calls, oldest first. @param outcome only those; undefined: all */
    async calls(
      id: number,
      outcome: BackfillOutcome | undefined,
      after: BackfillPlace | undefined,
      limit: number,
    ): Promise<BackfillCall[]> {
      const pairs = outcome && standsBehind(outcome).map(([fate, registration]) => [fate, registration ?? '']);
      const conditions = [
        { sql: 'b.backfill_id = ?', values: [id] as unknown[] },
        ...(pairs ? [{ sql: `(b.fate, COALESCE(${standing}, '')) IN (?)`, values: [pairs] }] : []),
        ...(after
          ? [{ sql: '(b.started_at, b.linkedid) > (?, ?)', values: [new Date(after.startedAtMs), after.linkedid] }]
          : []),
      ];
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT b.linkedid, b.started_at, b.fate, b.detail, b.let_go_as, c.registration FROM ${withJournal}
         WHERE ${conditions.map(({ sql }) => sql).join(' AND ')} ORDER BY b.started_at, b.linkedid LIMIT ?`,
        [...conditions.flatMap(({ values }) => values), limit],
      );
      return rows.map(({ linkedid, started_at, fate, detail, registration, let_go_as }) => ({
        ...{ linkedid, startedAtMs: started_at.getTime(), fate, detail },
        registration: registration === null ? null : (readJson(registration) as Registration),
        letGoAs: registration === null ? let_go_as : null,
      }));
    },
  };
}

/** In the journal now, or when it was let go there. */
const standing = 'COALESCE(c.registration_state, b.let_go_as)';
const withJournal = `backfill_calls b JOIN backfills f ON f.id = b.backfill_id
  LEFT JOIN calls c ON c.pbx_id = f.pbx_id AND c.linkedid = b.linkedid`;

function backfillOf(row: RowDataPacket): Backfill {
  return {
    ...{ id: row.id, accountId: row.account_id, pbxId: row.pbx_id, workflowId: row.workflow_id },
    choice: readJson(row.choice) as BackfillChoice,
    mode: readJson(row.mode) as BackfillMode,
    ...{ askedBy: row.asked_by, askedAtMs: row.asked_at.getTime(), state: row.state, reason: row.reason },
    ...{ share: row.share, endedAtMs: row.ended_at?.getTime() ?? null },
  };
}
