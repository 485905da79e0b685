import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { sayOnce } from '../../runtime/say-once.ts';
import { compareVersions, type WorkerVersions } from '../../runtime/worker-versions.ts';

const tryAgainMs = 500;

/**
 * A worker that has just begun to ask for work gets it, unless a newer version has it: then this one waits until somebody
 * goes back to it.
 *
 * @param own undefined: this worker tells no version
 */
export async function takeOver(
  versions: WorkerVersions,
  own: string | undefined,
  logger: Logger,
  stopping: AbortSignal,
): Promise<void> {
  const say = sayOnce((message) => logger.info(message));
  while (!stopping.aborted) {
    try {
      const standing = await versions.standing();
      if (standing.current === own) return;
      if (isOlder(own, standing.current)) {
        const goBack = `bin/ringflow worker-version set ${own}`;
        logger.warn(
          `version ${standing.current} has the work and this worker is of ${own}: it gets none; to go back: ${goBack}`,
        );
        return;
      }
      await versions.makeCurrent(own, { unlessChanged: standing, ignoreMissingTaskQueues: own === undefined });
      logger.info({ before: standing.current ?? null }, `workers of ${own ?? 'no told version'} have the work now`);
      return;
    } catch (error) {
      say(`the work can't be taken over yet (${(error as Error).message})`); // Temporal learns of new workers by and by
    }
    await sleep(tryAgainMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

const isOlder = (own: string | undefined, current: string | undefined): boolean =>
  own !== undefined && current !== undefined && compareVersions(own, current) < 0;
