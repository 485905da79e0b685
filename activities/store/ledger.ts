import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';

/** How an attempt at an effect may begin. */
export type LedgerBegin<R> =
  /** No request can have had an effect: send. */
  | { state: 'fresh'; attempt: number }
  /** A request was sent and its fate is unknown, its deadline is over: look in amoCRM before sending. */
  | { state: 'unknown-fate'; attempt: number }
  /** A request may still be under way: come back later. */
  | { state: 'in-flight'; retryAfterMs: number }
  | { state: 'done'; record: R };

/** How an effect stands; `none`: nobody has brought it about, and nobody is at it. */
export type LedgerStanding<R> = Exclude<LedgerBegin<R>, { attempt: number }> | { state: 'none' };

/**
 * The ledger of effects in the outside world: a row is written before the request and closed after it, so that
 * whoever tries again, after whatever crash, knows what may have happened. All clocks are the database's.
 */
export type Ledger = ReturnType<typeof createLedger>;

export function createLedger(pool: Pool) {
  const changed = async (sql: string, values: unknown[]): Promise<boolean> => {
    const [result] = await pool.query<ResultSetHeader>(sql, values);
    return result.affectedRows > 0;
  };

  return {
    /** @param deadlineMs by when the request that follows is over, whatever becomes of it */
    async begin<R>(key: string, deadlineMs: number): Promise<LedgerBegin<R>> {
      const deadline = 'UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND';
      const inserted = await changed(
        `INSERT IGNORE INTO side_effects (effect_key, state, deadline_at) VALUES (?, 'open', ${deadline})`,
        [key, deadlineMs * 1000],
      );
      if (inserted) return { state: 'fresh', attempt: 1 };
      const take = async (condition: string): Promise<number> => {
        const [result] = await pool.query<ResultSetHeader>(
          `UPDATE side_effects SET state = 'open', deadline_at = ${deadline}, attempts = LAST_INSERT_ID(attempts + 1)
           WHERE effect_key = ? AND ${condition}`,
          [deadlineMs * 1000, key],
        );
        return result.affectedRows > 0 ? result.insertId : 0;
      };
      const idleTaken = await take("state = 'idle'");
      if (idleTaken) return { state: 'fresh', attempt: idleTaken };
      const overdueTaken = await take("state = 'open' AND deadline_at <= UTC_TIMESTAMP(3)");
      if (overdueTaken) return { state: 'unknown-fate', attempt: overdueTaken };
      const standing = await this.standing<R>(key);
      return standing.state === 'none' ? { state: 'in-flight', retryAfterMs: 50 } : standing; // it changed just now
    },

    /** Without touching it. */
    async standing<R>(key: string): Promise<LedgerStanding<R>> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT state, record, GREATEST(TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), deadline_at), 0) DIV 1000 AS leftMs
         FROM side_effects WHERE effect_key = ?`,
        [key],
      );
      const row = rows[0];
      if (!row || row.state === 'idle') return { state: 'none' };
      if (row.state === 'done') return { state: 'done', record: readJson(row.record) as R };
      return { state: 'in-flight', retryAfterMs: Number(row.leftMs) + 50 };
    },

    /** What the request that is about to leave will do, and where: whoever looks for it later must look there. */
    async intend(key: string, intention: object): Promise<void> {
      const sql = "UPDATE side_effects SET record = ? WHERE effect_key = ? AND state = 'open'";
      await changed(sql, [JSON.stringify(intention), key]);
    },

    /** Of an effect that is not done. */
    async intention<I>(key: string): Promise<I | undefined> {
      const sql = "SELECT record FROM side_effects WHERE effect_key = ? AND state = 'open'";
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [key]);
      return row?.record == null ? undefined : (readJson(row.record) as I);
    },

    /** A person has looked: what was of unknown fate stands there. */
    async settle(key: string, record: unknown): Promise<void> {
      const sql = "UPDATE side_effects SET state = 'done', record = ? WHERE effect_key = ? AND state = 'open'";
      await changed(sql, [JSON.stringify(record), key]);
    },

    /** A person has looked: it is not there. */
    async resend(key: string): Promise<void> {
      await changed("UPDATE side_effects SET state = 'idle' WHERE effect_key = ? AND state = 'open'", [key]);
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
      const sql = "UPDATE side_effects SET state = 'idle' WHERE effect_key = ? AND state = 'open' AND attempts = ?";
      await changed(sql, [key, attempt]);
    },

    /** The request's fate is unknown: the next attempt looks after that time, by when amoCRM must show what it did. */
    async unknownFate(key: string, attempt: number, graceMs: number): Promise<void> {
      await changed(
        `UPDATE side_effects SET deadline_at = UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND
         WHERE effect_key = ? AND state = 'open' AND attempts = ?`,
        [graceMs * 1000, key, attempt],
      );
    },

    /**
     * The request is sent only now: its deadline counts from here.
     *
     * @returns false if a later attempt has taken over; then nothing may be sent
     */
    async extend(key: string, attempt: number, deadlineMs: number): Promise<boolean> {
      const deadline = 'UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND';
      return changed(
        `UPDATE side_effects SET deadline_at = ${deadline} WHERE effect_key = ? AND state = 'open' AND attempts = ?`,
        [deadlineMs * 1000, key, attempt],
      );
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
