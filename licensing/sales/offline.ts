import type { SignedPermit } from '../../proto/licence/permit.ts';
import { ApiError } from '../errors.ts';
import { dueOfflinePermit, duePermit } from '../permits/due-permit.ts';
import { readRequest } from '../requests/read-request.ts';
import { Refusal } from '../requests/refusal.ts';
import { noteFile } from '../store/activations.ts';
import type { Language } from '../store/installations.ts';
import { holderOfKey } from '../store/licence-keys.ts';
import { inTransaction } from '../store/transaction.ts';
import { putOn } from '../talk/activate.ts';
import { issue, type TalkTools } from '../talk/talk.ts';
import type { By } from './by.ts';
import { readPurchase } from './purchase.ts';
import { note } from './sell.ts';

/**
 * For a machine that reaches nobody: its request, brought as a file, is answered by a permit to be carried back.
 *
 * @param token what the file of the request says (JWS, purpose `offline`)
 * @throws Refusal, ApiError, NoSigningKey
 */
export async function offlinePermit(
  tools: TalkTools,
  by: By,
  token: string,
  language: Language,
): Promise<SignedPermit> {
  const nowMs = tools.nowMs();
  const { signer, timing, silentSeconds, upSinceMs } = tools;
  const request = await readRequest(token, 'offline', nowMs);
  const outcome = await inTransaction(tools.pool, async (queries) => {
    const holder = request.key === undefined ? undefined : await holderOfKey(queries, request.key);
    if (!holder) return new Refusal('key-unknown');
    await readPurchase(queries, tools, by, holder.purchaseId).catch((error) => {
      throw error instanceof ApiError ? new Refusal('key-unknown') : error; // another's customer
    });
    const refusal = await putOn({ queries, request, nowMs, timing, silentSeconds, upSinceMs, address: 'file' }, true);
    if (refusal) return refusal;
    const issued = await issue(queries, signer, request, language, nowMs, (known) => ({
      ...(known.purchase
        ? dueOfflinePermit(known.purchase, nowMs, request.timezone, timing)
        : duePermit(known, nowMs, request.timezone, timing)),
      askedAt: Math.max(0, request.iat),
    }));
    if (issued instanceof Refusal) return issued;
    const untilMs = issued.claims.exp * 1_000;
    await noteFile(queries, holder.purchaseId, untilMs);
    const purchase = await readPurchase(queries, tools, by, holder.purchaseId);
    await note(queries, tools, by, 'offline-permit', purchase, { untilMs });
    return issued;
  });
  if (outcome instanceof Refusal) throw outcome;
  return signer.sign(outcome.trust, outcome.claims);
}
