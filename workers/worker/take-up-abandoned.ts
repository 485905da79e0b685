import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CallStanding, Journal } from '../../activities/store/journal.ts';
import type { KnownPbxs } from '../../activities/store/pbxs.ts';
import type { UnsettledCalls } from '../../activities/store/unsettled-calls.ts';
import type { CallActors, EndedActor } from '../../runtime/call-actors.ts';
import { sayOnce } from '../../runtime/say-once.ts';
import { mostTimesAgain, placeOfCall } from '../../workflows/call/contract.ts';

interface Means {
  pbxs: Pick<KnownPbxs, 'list'>;
  unsettled: Pick<UnsettledCalls, 'list'>;
  journal: Pick<Journal, 'standings'>;
  actors: Pick<CallActors, 'endedEarly' | 'succeed'>;
  isRunning(workflowId: string): Promise<boolean>;
}

/** Actors that were ended while no worker ran are found so long after it. */
const lookBackMs = 24 * 3_600_000;
/** By so much Temporal's index may lag. */
const lagMs = 600_000;

/**
 * Calls that nobody follows or registers get new actors, again and again until `stopping` is aborted: somebody has ended
 * theirs in the Temporal UI, or no worker could go on with it. Several workers may do so at a time.
 *
 * @param timing how often they are looked for, and how long a call must have been noted as being registered
 */
export async function takeUpAbandoned(
  { pbxs, unsettled, journal, actors, isRunning }: Means,
  { everyMs, afterMs }: { everyMs: number; afterMs: number },
  logger: Logger,
  stopping: AbortSignal,
): Promise<void> {
  const warn = sayOnce((message) => logger.warn(message));
  /** Those that Temporal knows as ended, and those that the journal knows as open, whose actors Temporal has forgotten. */
  const ended = async function* (sinceMs: number): AsyncGenerator<EndedActor> {
    const ids = (await pbxs.list()).map(({ id }) => id);
    for await (const actor of actors.endedEarly(sinceMs)) if (ids.includes(actor.pbxId)) yield actor;
    for (const pbxId of ids) {
      for (const { linkedid, workflowId } of await unsettled.list(pbxId, Date.now() - afterMs)) {
        const again = placeOfCall(workflowId)?.again ?? 0;
        if (!(await isRunning(workflowId))) yield { pbxId, linkedid, again, hasFailed: false };
      }
    }
  };
  const takeUp = async ({ pbxId, linkedid, again, hasFailed }: EndedActor): Promise<void> => {
    const standing = (await journal.standings(pbxId, [linkedid])).get(linkedid); // it may be registered by now
    if (!isOpen(standing, hasFailed)) return;
    if (again >= mostTimesAgain) warn(`The call ${linkedid} of ${pbxId} was taken up too often: it is left alone.`);
    else if (await actors.succeed({ pbxId, linkedid, again }, 'Call whose actor was ended before its end'))
      logger.warn({ pbx: pbxId, linkedid }, 'nobody saw to this call any more: it is taken up again');
  };
  let lookedAtMs = Date.now() - lookBackMs;
  while (!stopping.aborted) {
    try {
      const nowMs = Date.now();
      for await (const actor of ended(lookedAtMs - lagMs)) {
        if (stopping.aborted) return;
        await takeUp(actor);
      }
      lookedAtMs = nowMs;
    } catch (error) {
      warn(`Calls that nobody registers can't be looked for now (${(error as Error).message}): tried again.`);
    }
    await sleep(everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

/** One that waits for a person is left to them if somebody has ended it. */
function isOpen(standing: CallStanding | undefined, hasFailed: boolean): boolean {
  if (!standing) return true;
  if (!('registration' in standing)) return false; // another one tells it
  return standing.registration === 'pending' || (hasFailed && standing.registration === 'needs-attention');
}
