import { Refusal } from '../requests/refusal.ts';
import { endActivation, liveOfInstallation } from '../store/activations.ts';
import { writeHistory } from '../store/history.ts';
import { findInstallation } from '../store/installations.ts';
import type { Turn } from './talk.ts';

/** Gives the key free for another machine; without one there is nothing to do. */
export async function release({ queries, request, nowMs }: Turn): Promise<Refusal | undefined> {
  const { thumbprint } = request;
  const installationId = await findInstallation(queries, thumbprint);
  if (installationId === undefined) return new Refusal('installation-unknown');
  const present = await liveOfInstallation(queries, installationId);
  if (!present) return undefined;
  await endActivation(queries, present.id, 'released', nowMs);
  const { purchaseId, customerId } = present;
  await writeHistory(queries, { actor: 'installation', event: 'released', purchaseId, customerId, thumbprint }, nowMs);
  return undefined;
}
