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
  actors: Pick<CallActors, 'takeUpAgain'>;
  isRunning(workflowId: string): Promise<boolean>;
}

/**
 * Calls that are being registered by nobody get new actors, again and again until `stopping` is aborted: somebody has
 * ended theirs in the Temporal UI, or it has failed. Several workers may do so at a time.
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
      for (const { id } of await pbxs.list()) await takeUp(id);
    } catch (error) {
      warn(`Calls that nobody registers can't be looked for now (${(error as Error).message}): tried again.`);
    }
    await sleep(everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}
