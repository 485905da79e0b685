import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Forgettings } from '../../activities/store/forgettings.ts';
import type { Losses } from '../../activities/store/losses.ts';
import type { CallActors } from '../../runtime/call-actors.ts';
import type { ForgetActors } from '../../runtime/forget-actors.ts';
import { sayOnce } from '../../runtime/say-once.ts';

interface Means {
  losses: Losses;
  forgettings: Pick<Forgettings, 'open'>;
  actors: CallActors;
  forgetActors: Pick<ForgetActors, 'resume'>;
  isRunning(workflowId: string): Promise<boolean>;
  namespace: string;
  /** As it is in Temporal now, whatever became of its data. */
  namespaceId(): Promise<string>;
  /** Asks the Temporal that was just seen for the first time to give this worker its work. */
  takeOver(): void;
}

/**
 * What waited when a copy of the database was taken has lost its actors with Temporal's: it gets others. So it does when
 * Temporal's own database was lost, which is looked for again and again: a server may come back empty at any time.
 */
export async function takeUpAfterLoss(
  means: Means,
  everyMs: number,
  logger: Logger,
  stopping: AbortSignal,
): Promise<void> {
  const { losses, namespace } = means;
  const say = sayOnce((message) => logger.warn(message));
  let seenId = '';
  while (!stopping.aborted) {
    try {
      const id = await means.namespaceId();
      if (id !== seenId) means.takeOver(); // each worker for itself, whoever of them notes the loss
      seenId = id;
      if (await losses.noteTemporal(namespace, id))
        logger.warn({ namespace }, "Temporal's database is another one than before: what was open is taken up again");
      if (await losses.areUntaken()) {
        logger.info(await takeUp(means), 'what waited before the loss is taken up again');
      }
    } catch (error) {
      say(`What was open before a loss can't be taken up yet (${(error as Error).message}): trying again.`);
    }
    await sleep(everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

async function takeUp({ losses, forgettings, actors, forgetActors, isRunning }: Means) {
  let calls = 0;
  for (const { pbxId, linkedid, workflowId } of await losses.waiting()) {
    if (await isRunning(workflowId)) continue;
    await actors.takeUpAgain({
      pbxId,
      linkedid,
      rows: [],
      fresh: false,
      summary: 'Call that waited before the loss',
    });
    calls++;
  }
  const people = await forgettings.open();
  for (const { id, accountId } of people) await forgetActors.resume(accountId, id);
  await losses.takenUp();
  return { calls, forgettings: people.length };
}
