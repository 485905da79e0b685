import { endOfTerm, isOver } from '../permits/due-permit.ts';
import { Refusal } from '../requests/refusal.ts';
import {
  type Activation,
  beginActivation,
  endActivation,
  liveOfInstallation,
  liveOfPurchase,
  replacementsOfYear,
  setOffline,
} from '../store/activations.ts';
import { writeHistory } from '../store/history.ts';
import { findOrAddInstallation } from '../store/installations.ts';
import { holderOfKey, type KeyHolder } from '../store/licence-keys.ts';
import { noteRefusedAttempt } from '../store/refused-attempts.ts';
import { accountName } from '../store/trials.ts';
import type { Turn } from './talk.ts';

/** So often within a year a customer's machine is replaced by another of theirs without asking anybody. */
const replacementsAllowed = 2;

/** Puts what the key was given for on the installation that asks. */
export function activate(turn: Turn): Promise<Refusal | undefined> {
  return putOn(turn, false);
}

/** @param isOffline its permit will be a file */
export async function putOn(turn: Turn, isOffline: boolean): Promise<Refusal | undefined> {
  const { queries, request, nowMs } = turn;
  if (request.key === undefined) return new Refusal('request-invalid');
  const holder = await holderOfKey(queries, request.key);
  if (!holder) return new Refusal('key-unknown');
  if (holder.isRevoked) return new Refusal('key-revoked');
  if (isOver(endOfTerm(holder), nowMs, request.timezone, turn.timing)) return new Refusal('key-over');
  const present = await liveOfPurchase(queries, holder.purchaseId);
  if (present?.thumbprint === request.thumbprint) {
    if (present.isOffline !== isOffline) await setOffline(queries, present.id, isOffline);
    return undefined;
  }
  if (present && !(await mayReplace(turn, present))) return refuseForeign(turn, holder);
  if (present) await endActivation(queries, present.id, 'replaced', nowMs);
  const installationId = await findOrAddInstallation(queries, request.thumbprint, nowMs);
  await leaveFormer(turn, installationId);
  const how = present ? 'replacement' : 'by-key';
  await beginActivation(queries, { purchaseId: holder.purchaseId, installationId, how, isOffline }, nowMs);
  await writeHistory(
    queries,
    {
      ...{ actor: 'installation', event: present ? 'replaced' : 'activated' },
      ...{ purchaseId: holder.purchaseId, customerId: holder.customerId },
      ...{ thumbprint: request.thumbprint, details: { isOffline, ...(present && { from: present.thumbprint }) } },
    },
    nowMs,
  );
  return undefined;
}

/**
 * It serves an amoCRM account of the present one, whose check is overdue, and was not replaced too often already. Silence alone says
 * nothing: a network may be down, one that works by a file is always silent, and while this server was away all were.
 */
async function mayReplace(
  { queries, request, nowMs, timing, silentSeconds, upSinceMs }: Turn,
  present: Pick<Activation, 'purchaseId' | 'isOffline' | 'lastHeardAtMs' | 'accounts'>,
): Promise<boolean> {
  const dueAtMs = Math.max(present.lastHeardAtMs + timing.checkEverySeconds * 1_000, upSinceMs);
  if (present.isOffline || nowMs < dueAtMs + silentSeconds * 1_000) return false;
  const theirs = new Set(present.accounts.map(accountName));
  if (!request.accounts.some((account) => theirs.has(accountName(account)))) return false;
  return (await replacementsOfYear(queries, present.purchaseId, nowMs)) < replacementsAllowed;
}

async function refuseForeign(turn: Turn, { purchaseId, customerId }: KeyHolder): Promise<Refusal> {
  const { queries, request, address, nowMs } = turn;
  const { thumbprint, accounts } = request;
  const isFirst = await noteRefusedAttempt(queries, { purchaseId, thumbprint, address, accounts }, nowMs);
  if (isFirst) {
    const details = { address, accounts };
    const entry = { actor: 'installation', event: 'foreign-key-refused', purchaseId, customerId, thumbprint } as const;
    await writeHistory(queries, { ...entry, details }, nowMs);
  }
  return new Refusal('key-in-use');
}

/** An installation that gets another key gives its former one back. */
async function leaveFormer({ queries, request, nowMs }: Turn, installationId: number): Promise<void> {
  const former = await liveOfInstallation(queries, installationId);
  if (!former) return;
  await endActivation(queries, former.id, 'released', nowMs);
  const { purchaseId, customerId } = former;
  const { thumbprint } = request;
  await writeHistory(queries, { actor: 'installation', event: 'released', purchaseId, customerId, thumbprint }, nowMs);
}
