import type { RowDataPacket } from 'mysql2/promise';
import { ApiError } from '../errors.ts';
import { beginActivation, endActivation, liveOfInstallation, liveOfPurchase } from '../store/activations.ts';
import { findInstallation, findOrAddInstallation } from '../store/installations.ts';
import type { Queries } from '../store/mysql.ts';
import { inTransaction } from '../store/transaction.ts';
import type { By, SalesTools } from './by.ts';
import { lockPurchase, type Purchase, readPurchase } from './purchase.ts';
import { note } from './sell.ts';

/**
 * Puts a purchase on another installation: one that is known, or that was refused with this purchase's key. The former one
 * is restricted from its next check on.
 *
 * @throws ApiError
 */
export function movePurchase(tools: SalesTools, by: By, id: number, thumbprint: string): Promise<Purchase> {
  const nowMs = tools.nowMs();
  return inTransaction(tools.pool, async (queries) => {
    const before = await lockPurchase(queries, tools, by, id);
    if (before.installation?.thumbprint === thumbprint) return before;
    const installationId = await target(queries, tools, by, id, thumbprint);
    if (await liveOfInstallation(queries, installationId)) throw new ApiError(409, 'target-busy');
    const present = await liveOfPurchase(queries, id);
    if (present) await endActivation(queries, present.id, 'moved', nowMs);
    await beginActivation(queries, { purchaseId: id, installationId, how: 'by-staff', isOffline: false }, nowMs);
    const after = await readPurchase(queries, tools, by, id);
    await note(queries, tools, by, 'moved', after, { from: before.installation?.thumbprint ?? null });
    return after;
  });
}

/** A partner's person knows of installations only by the attempts with a key of theirs. */
async function target(
  queries: Queries,
  tools: SalesTools,
  by: By,
  purchaseId: number,
  thumbprint: string,
): Promise<number> {
  const known = by.partnerId === null ? await findInstallation(queries, thumbprint) : undefined;
  if (known !== undefined) return known;
  const sql = 'SELECT 1 FROM refused_attempts WHERE purchase_id = ? AND thumbprint = ?';
  const [[attempt]] = await queries.query<RowDataPacket[]>(sql, [purchaseId, thumbprint]);
  if (!attempt) throw new ApiError(409, 'target-unknown');
  return findOrAddInstallation(queries, thumbprint, tools.nowMs());
}

/** Gives the key free: the next installation that comes with it gets it. @throws ApiError */
export function releasePurchase(tools: SalesTools, by: By, id: number): Promise<Purchase> {
  return inTransaction(tools.pool, async (queries) => {
    const before = await lockPurchase(queries, tools, by, id);
    const present = await liveOfPurchase(queries, id);
    if (!present) throw new ApiError(409, 'not-activated');
    await endActivation(queries, present.id, 'released', tools.nowMs());
    await note(queries, tools, by, 'released', before, {});
    return readPurchase(queries, tools, by, id);
  });
}
