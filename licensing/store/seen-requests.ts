import { createHash } from 'node:crypto';
import type { Pool, ResultSetHeader } from 'mysql2/promise';
import { requestLifeSeconds } from '../../proto/licence/wire.ts';
import { isDuplicate, type Queries } from './mysql.ts';

/** Before a request may be forgotten: it could be sent a life before its time, and a life after. */
const keptSeconds = 2 * requestLifeSeconds + 60;
const atOnce = 5_000;

/** In the transaction that answers it. @returns false if the same was answered before */
export async function noteRequest(
  queries: Queries,
  { thumbprint, jti }: { thumbprint: string; jti: string },
  nowMs: number,
): Promise<boolean> {
  const hash = createHash('sha256').update(`${thumbprint} ${jti}`).digest().subarray(0, 16);
  try {
    await queries.query('INSERT INTO seen_requests (hash, seen_at) VALUES (?)', [[hash, new Date(nowMs)]]);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Forgets those that are refused for their age alone. */
export async function forgetOldRequests(pool: Pool, nowMs: number): Promise<void> {
  const before = new Date(nowMs - keptSeconds * 1_000);
  let forgotten = atOnce;
  while (forgotten === atOnce) {
    const sql = `DELETE FROM seen_requests WHERE seen_at < ? LIMIT ${atOnce}`;
    forgotten = (await pool.query<ResultSetHeader>(sql, [before]))[0].affectedRows;
  }
}
