import type { ResultSetHeader } from 'mysql2/promise';
import type { Queries } from './mysql.ts';

/** Somebody came with a key that is in use elsewhere. @returns whether it was for the first time */
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
  return affectedRows === 1; // a changed row counts as two
}
