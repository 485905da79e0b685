import type { Client } from '@temporalio/client';
import type { Losses } from '../../activities/store/losses.ts';
import { namespaceId } from '../../runtime/temporal.ts';
import type { TemporalSeen } from './tail.ts';

const lookEveryMs = 10_000;

/** Notes which Temporal the rows are brought to. A server that came back empty knows nothing of what was brought before. */
export async function seeTemporal(
  { workflowService, options: { namespace } }: Client,
  losses: Pick<Losses, 'noteTemporal'>,
): Promise<TemporalSeen> {
  const id = await namespaceId(workflowService, namespace);
  await losses.noteTemporal(namespace, id);
  let lookedAtMs = performance.now();
  return {
    id,
    async demandSame() {
      if (performance.now() - lookedAtMs < lookEveryMs) return;
      lookedAtMs = performance.now();
      // one that does not answer is noticed when rows are brought
      const now = await namespaceId(workflowService, namespace).catch(() => id);
      if (now !== id) throw new Error("Temporal's database is another one than before: reading begins anew.");
    },
  };
}
