import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Queries } from './mysql.ts';

/** Whoever has a key can make up any number of machines: of a purchase the latest are kept. */
const mostOfPurchase = 100;

/** Somebody came with a key that is in use elsewhere. @returns whether that is news: of so many one more is none */
export async function noteRefusedAttempt(
  queries: Queries,
  attempt: { purchaseId: number; thumbprint: string; address: string; accounts: readonly string[] },
  nowMs: number,
): Promise<boolean> {
  const { purchaseId, thumbprint, address, accounts } = attempt;
  const now = new Date(nowMs);
  const [{ affectedRows }] = await queries.query<ResultSetHeader>(
    `INSERT INTO refused_attempts (purchase_id, thumbprint, first_at, last_at, times, address, accounts)
     VALUES (?, 1, ?, ?) ON DUPLICATE KEY UPDATE last_at = VALUES(last_at), times = times + 1,
       address = VALUES(address), accounts = VALUES(accounts)`,
    [[purchaseId, thumbprint, now, now], address.slice(0, 45), JSON.stringify(accounts)],
  );
  const isFirst = affectedRows === 1; // a changed row counts as two
  return isFirst && (await forgetOldest(queries, purchaseId)) === 0;
}

/** @returns how many were forgotten */
async function forgetOldest(queries: Queries, purchaseId: number): Promise<number> {
  const sql = 'SELECT COUNT(*) AS n FROM refused_attempts WHERE purchase_id = ?';
  const [[row]] = await queries.query<RowDataPacket[]>(sql, [purchaseId]);
  const beyond = Number(row?.n) - mostOfPurchase;
  if (beyond <= 0) return 0;
  const oldest = 'DELETE FROM refused_attempts WHERE purchase_id = ? ORDER BY last_at LIMIT ?';
  return (await queries.query<ResultSetHeader>(oldest, [purchaseId, beyond]))[0].affectedRows;
}
