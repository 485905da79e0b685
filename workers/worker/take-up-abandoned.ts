import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Journal } from '../../activities/store/journal.ts';
import type { KnownPbxs } from '../../activities/store/pbxs.ts';
import type { UnsettledCalls } from '../../activities/store/unsettled-calls.ts';
import type { CallActors } from '../../runtime/call-actors.ts';
import { sayOnce } from '../../runtime/say-once.ts';

interface Means {
  pbxs: Pick<KnownPbxs, 'list'>;
  unsettled: Pick<UnsettledCalls, 'list'>;
  journal: Pick<Journal, 'standings'>;
  actors: Pick<CallActors, 'takeUpAgain' | 'endedEarly' | 'succeed'>;
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
  /** Asked last: it may have been registered while others were looked at. */
  const isStillPending = async (pbxId: string, linkedid: string): Promise<boolean> => {
    const standing = (await journal.standings(pbxId, [linkedid])).get(linkedid);
    return standing !== undefined && 'registration' in standing && standing.registration === 'pending';
  };
  /** By PBX, up to when actors were looked for that were ended, ms UTC. */
  const lookedAtMs = new Map<string, number>();
  /** Whether it is registered or not by now, those that were never noted are told by nobody. */
  const succeedEnded = async (pbxId: string): Promise<void> => {
    const nowMs = Date.now();
    const sinceMs = (lookedAtMs.get(pbxId) ?? nowMs - lookBackMs) - lagMs;
    for await (const ended of actors.endedEarly(pbxId, sinceMs)) {
      if (stopping.aborted) return;
      const standing = (await journal.standings(pbxId, [ended.linkedid])).get(ended.linkedid);
      if (standing && !('registration' in standing && standing.registration === 'pending')) continue;
      if (await actors.succeed(pbxId, ended, 'Call whose actor was ended before its end'))
        logger.warn(
          { pbx: pbxId, linkedid: ended.linkedid },
          'nobody followed this call any more: it is taken up again',
        );
    }
    lookedAtMs.set(pbxId, nowMs);
  };
  const takeUp = async (pbxId: string): Promise<void> => {
    for (const { linkedid, workflowId } of await unsettled.list(pbxId, Date.now() - afterMs)) {
      if (stopping.aborted) return;
      if ((await isRunning(workflowId)) || !(await isStillPending(pbxId, linkedid))) continue;
      const summary = 'Call whose actor was ended before it was registered';
      const again = await actors.takeUpAgain({ pbxId, linkedid, rows: [], fresh: false, summary });
      if (again)
        logger.warn({ pbx: pbxId, linkedid }, 'nobody was registering this call any more: it is taken up again');
      else warn(`The call ${linkedid} of ${pbxId} was taken up too often: it is left alone.`);
    }
  };
  while (!stopping.aborted) {
    try {
      for (const { id } of await pbxs.list()) {
        await succeedEnded(id);
        await takeUp(id);
      }
    } catch (error) {
      warn(`Calls that nobody registers can't be looked for now (${(error as Error).message}): tried again.`);
    }
    await sleep(everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}
