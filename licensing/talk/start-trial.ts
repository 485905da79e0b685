import { Refusal } from '../requests/refusal.ts';
import { writeHistory } from '../store/history.ts';
import { findInstallation, findOrAddInstallation } from '../store/installations.ts';
import {
  accountName,
  addTrial,
  beginTrial,
  moveTrial,
  type Trial,
  trialOfAccount,
  trialOfInstallation,
} from '../store/trials.ts';
import type { Turn } from './talk.ts';

/** A trial is asked for by itself, so that a second machine of the account must not take it from one that works. */
const deadAfterMs = 86_400_000;

/**
 * A trial without a key: one for an amoCRM account, and one for an installation, ever. It follows its account to another
 * machine once the first is not heard of any more, and does not begin anew there.
 */
export async function startTrial(turn: Turn): Promise<Refusal | undefined> {
  const { queries, request, nowMs } = turn;
  const account = accountName(request.accounts[0] ?? '');
  if (account === '') return new Refusal('no-account');
  const ofAccount = await trialOfAccount(queries, account);
  const known = await findInstallation(queries, request.thumbprint);
  const own = known === undefined ? undefined : await trialOfInstallation(queries, known);
  if (own) return own.account === account ? undefined : new Refusal('trial-used');
  if (ofAccount && !mayFollow(turn, ofAccount)) return new Refusal('trial-used');
  const installationId = await findOrAddInstallation(queries, request.thumbprint, nowMs);
  if (!ofAccount) await addTrial(queries, account, { installationId, customerId: null }, nowMs);
  else if (ofAccount.installationId === null) await beginTrial(queries, ofAccount.id, installationId, nowMs);
  else await moveTrial(queries, ofAccount.id, installationId);
  const isMoved = ofAccount !== undefined && ofAccount.installationId !== null;
  const entry = { actor: 'installation', event: isMoved ? 'trial-moved' : 'trial-begun' } as const;
  const { thumbprint } = request;
  const customerId = ofAccount?.customerId ?? null;
  await writeHistory(queries, { ...entry, customerId, thumbprint, details: { account } }, nowMs);
  return undefined;
}

const mayFollow = ({ nowMs }: Turn, { lastHeardAtMs }: Trial): boolean =>
  lastHeardAtMs === null || nowMs - lastHeardAtMs >= deadAfterMs;
