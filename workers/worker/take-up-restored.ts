import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Restores } from '../../activities/store/restores.ts';
import type { CallActors } from '../../runtime/call-actors.ts';
import { sayOnce } from '../../runtime/say-once.ts';

const tryAgainMs = 5_000;

interface Means {
  restores: Restores;
  actors: CallActors;
  isRunning(workflowId: string): Promise<boolean>;
}

/** Calls that waited when a copy of the database was taken have lost their actors with Temporal's: they get others. */
export async function takeUpRestored(means: Means, logger: Logger, stopping: AbortSignal): Promise<void> {
  const say = sayOnce((message) => logger.warn(message));
  while (!stopping.aborted) {
    try {
      const count = await takeUp(means);
      if (count > 0) logger.info({ calls: count }, 'calls that waited when the copy was taken are taken up again');
      return;
    } catch (error) {
      say(
        `Calls of before the copy of the database can't be taken up yet (${(error as Error).message}): trying again.`,
      );
      await sleep(tryAgainMs, undefined, { signal: stopping }).catch(() => undefined);
    }
  }
}

async function takeUp({ restores, actors, isRunning }: Means): Promise<number> {
  let count = 0;
  for (const { pbxId, linkedid, workflowId } of await restores.waiting()) {
    if (await isRunning(workflowId)) continue;
    await actors.takeUpAgain({
      pbxId,
      linkedid,
      rows: [],
      fresh: false,
      summary: 'Call that waited before the restore',
    });
    count++;
  }
  await restores.takenUp();
  return count;
}
