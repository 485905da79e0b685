import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { uniqueidToUtcMs } from '../../proto/pbx-time.ts';
import { createLosses, type Loss } from './losses.ts';

/** How an attempt at an effect may begin. */
export type LedgerBegin<R> =
  /** No request can have had an effect: send. */
  | { state: 'fresh'; attempt: number }
  /**
   * A request was sent and its fate is unknown, its deadline is over: look in amoCRM before sending. For so long a look
   * that finds nothing proves nothing. The intention is that of the request that left last, if it said one.
   */
  | { state: 'unknown-fate'; attempt: number; mayShowForMs: number; intention: unknown }
  /** A request may still be under way: come back later. */
  | { state: 'in-flight'; retryAfterMs: number }
  | { state: 'done'; record: R };

/** How an effect stands; `none`: nobody has brought it about, and nobody is at it. */
export type LedgerStanding<R> = Exclude<LedgerBegin<R>, { attempt: number }> | { state: 'none' };

/** An effect as people look at it. */
export interface LedgerRow {
  key: string;
  state: 'open' | 'idle' | 'done';
  attempts: number;
  /** What stands in the outside world; of an effect that is not done, what its request was to do. */
  record: unknown;
  beganAtMs: number;
  changedAtMs: number;
}

/** Of a request, ms from now. */
export interface RequestTerm {
  /** By when it is over, whatever becomes of it. */
  deadlineMs: number;
  /** So long after that amoCRM may not yet show what it did. */
  showsWithinMs: number;
}

const inTime = 'UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND';
const setTerm = `deadline_at = ${inTime}, shows_by = ${inTime}`;
const termOf = ({ deadlineMs, showsWithinMs }: RequestTerm) => [deadlineMs * 1000, (deadlineMs + showsWithinMs) * 1000];
const setIdle = "state = 'idle', intention = NULL";
const leftMs = (column: string) => `GREATEST(TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), ${column}), 0) DIV 1000`;

/** What a client has one of may be asked for by calls of before the copy so long. */
const ofClientsMs = 30 * 24 * 3_600_000;

/** When the call of a key began, ms UTC; undefined: it is no key of a call. */
function callTimeOf(key: string): number | undefined {
  for (const part of key.split(':')) {
    const beganAtMs = uniqueidToUtcMs(part);
    if (beganAtMs !== undefined) return beganAtMs;
  }
  return undefined;
}

/**
 * The ledger of effects in the outside world: a row is written before the request and closed after it, so that
 * whoever tries again, after whatever crash, knows what may have happened. All clocks are the database's.
 */
export type Ledger = ReturnType<typeof createLedger>;

/**
 * @param looksBeforeBeginning calls of before this database began may stand in amoCRM all the same, brought there by an
 * installation whose database was lost: so they are looked for before anything is sent
 */
export function createLedger(pool: Pool, { looksBeforeBeginning = false }: { looksBeforeBeginning?: boolean } = {}) {
  const losses = createLosses(pool);
  let known: Promise<Loss | undefined> | undefined; // nothing runs while it is restored
  const lastRestore = (): Promise<Loss | undefined> => {
    known ??= losses.latestCopy();
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
  const changed = async (sql: string, values: unknown[]): Promise<boolean> => {
    const [result] = await pool.query<ResultSetHeader>(sql, values);
    return result.affectedRows > 0;
  };
  const lastRequest = async (key: string): Promise<{ mayShowForMs: number; intention: unknown }> => {
    const sql = `SELECT ${leftMs('shows_by')} AS forMs, intention FROM side_effects WHERE effect_key = ?`;
    const [[row]] = await pool.query<RowDataPacket[]>(sql, [key]);
    return { mayShowForMs: Number(row?.forMs ?? 0), intention: readJson(row?.intention) ?? undefined };
  };

  let beganAt: Promise<number> | undefined;
  const beganAtMs = (): Promise<number> => {
    beganAt ??= pool
      .query<RowDataPacket[]>('SELECT UNIX_TIMESTAMP(began_at) AS began FROM installation')
      .then(([[row]]) => Number(row?.began ?? 0) * 1000);
    beganAt.catch(() => {
      beganAt = undefined;
    });
    return beganAt;
  };

  /** Whether this may have been done without this database: after the copy that it came back from, or before it began. */
  const mayStandUnknown = async (key: string): Promise<boolean> => {
    const calledAtMs = callTimeOf(key);
    if (looksBeforeBeginning && calledAtMs !== undefined && calledAtMs < (await beganAtMs())) return true;
    const restore = await lastRestore();
    if (!restore) return false;
    return calledAtMs === undefined
      ? Date.now() < restore.restoredAtMs + ofClientsMs
      : calledAtMs < restore.restoredAtMs;
  };

  return {
    /** @param leaseMs so long nobody else begins, unless a request leaves before, see `leave` */
    async begin<R>(key: string, leaseMs: number): Promise<LedgerBegin<R>> {
      const lease = termOf({ deadlineMs: leaseMs, showsWithinMs: 0 });
      const inserted = await changed(
        `INSERT IGNORE INTO side_effects (effect_key, state, deadline_at, shows_by) VALUES (?, 'open', ${inTime}, ${inTime})`,
        [key, ...lease],
      );
      if (inserted) {
        const mayStand = await mayStandUnknown(key);
        return mayStand
          ? { state: 'unknown-fate', attempt: 1, mayShowForMs: 0, intention: undefined }
          : { state: 'fresh', attempt: 1 };
      }
      const take = async (change: string, values: number[], condition: string): Promise<number> => {
        const [result] = await pool.query<ResultSetHeader>(
          `UPDATE side_effects SET state = 'open', ${change}, attempts = LAST_INSERT_ID(attempts + 1)
           WHERE effect_key = ? AND ${condition}`,
          [...values, key],
        );
        return result.affectedRows > 0 ? result.insertId : 0;
      };
      const idleTaken = await take(setTerm, lease, "state = 'idle'");
      if (idleTaken) return { state: 'fresh', attempt: idleTaken };
      const overdue = "state = 'open' AND deadline_at <= UTC_TIMESTAMP(3)";
      const overdueTaken = await take(`deadline_at = ${inTime}`, [leaseMs * 1000], overdue);
      if (overdueTaken) return { state: 'unknown-fate', attempt: overdueTaken, ...(await lastRequest(key)) };
      const standing = await this.standing<R>(key);
      return standing.state === 'none' ? { state: 'in-flight', retryAfterMs: 50 } : standing; // it changed just now
    },

    /** Without touching it. */
    async standing<R>(key: string): Promise<LedgerStanding<R>> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT state, record, ${leftMs('deadline_at')} AS leftMs FROM side_effects WHERE effect_key = ?`,
        [key],
      );
      const row = rows[0];
      if (!row || row.state === 'idle') return { state: 'none' };
      if (row.state === 'done') return { state: 'done', record: readJson(row.record) as R };
      return { state: 'in-flight', retryAfterMs: Number(row.leftMs) + 50 };
    },

    /** All effects whose keys begin so, in the order in which they were begun. */
    async beginningWith(beginning: string): Promise<LedgerRow[]> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT effect_key, state, attempts, record, UNIX_TIMESTAMP(created_at) AS began, UNIX_TIMESTAMP(updated_at) AS changed
         FROM side_effects WHERE effect_key LIKE ? ORDER BY created_at, effect_key`,
        [`${beginning.replaceAll(/[\\%_]/g, '\\$&')}%`],
      );
      return rows.map(({ effect_key: key, state, attempts, record, began, changed }) => ({
        ...{ key, state, attempts, record: readJson(record) },
        ...{ beganAtMs: Math.round(Number(began) * 1000), changedAtMs: Math.round(Number(changed) * 1000) },
      }));
    },

    /** A person has looked: what was of unknown fate stands there. */
    async settle(key: string, record: unknown): Promise<void> {
      const sql = "UPDATE side_effects SET state = 'done', record = ? WHERE effect_key = ? AND state = 'open'";
      await changed(sql, [JSON.stringify(record), key]);
    },

    /** A person has looked: it is not there. */
    async resend(key: string): Promise<void> {
      await changed(`UPDATE side_effects SET ${setIdle} WHERE effect_key = ? AND state = 'open'`, [key]);
    },

    /** The effect stands in amoCRM. */
    async done(key: string, record: unknown): Promise<void> {
      await changed("UPDATE side_effects SET state = 'done', record = ? WHERE effect_key = ?", [
        JSON.stringify(record),
        key,
      ]);
    },

    /** The request certainly had no effect: the next attempt may simply send. */
    async idle(key: string, attempt: number): Promise<void> {
      const sql = `UPDATE side_effects SET ${setIdle} WHERE effect_key = ? AND state = 'open' AND attempts = ?`;
      await changed(sql, [key, attempt]);
    },

    /**
     * Nobody else begins for so long; what is known of its fate stays as it is.
     *
     * @returns false if a later attempt has taken over
     */
    async hold(key: string, attempt: number, leaseMs: number): Promise<boolean> {
      const sql = `UPDATE side_effects SET deadline_at = ${inTime} WHERE effect_key = ? AND state = 'open' AND attempts = ?`;
      return changed(sql, [leaseMs * 1000, key, attempt]);
    },

    /**
     * A request leaves now: its term counts from here.
     *
     * @param intention what it will do, and where: whoever looks for it later must look there
     * @returns false if a later attempt has taken over; then nothing may be sent
     */
    async leave(key: string, attempt: number, term: RequestTerm, intention?: object): Promise<boolean> {
      const sql = `UPDATE side_effects SET ${setTerm}, intention = ? WHERE effect_key = ? AND state = 'open' AND attempts = ?`;
      return changed(sql, [...termOf(term), intention ? JSON.stringify(intention) : null, key, attempt]);
    },

    /** The request was cut off; if it is still at work, then for that term. */
    async cutOff(key: string, attempt: number, term: RequestTerm): Promise<void> {
      const sql = `UPDATE side_effects SET ${setTerm} WHERE effect_key = ? AND state = 'open' AND attempts = ?`;
      await changed(sql, [...termOf(term), key, attempt]);
    },

    /** What stood in amoCRM was deleted there: the effect may be brought about again. */
    async forget(key: string, record: unknown): Promise<void> {
      const json = JSON.stringify(record);
      await changed(
        `DELETE FROM side_effects WHERE effect_key = ? AND state = 'done'
         AND JSON_CONTAINS(record, ?) AND JSON_CONTAINS(?, record)`, // MySQL spells JSON its own way: = compares text
        [key, json, json],
      );
    },
  };
}

/** MariaDB gives JSON columns as text, MySQL as values. */
export function readJson(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
