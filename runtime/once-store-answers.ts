import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { SecretKeyError } from '../activities/store/key-ring.ts';
import { ConfigurationError } from './configuration/configuration.ts';

const tryAgainMs = 2_000;

/**
 * What our own database answers, however long it has to be waited for.
 *
 * @throws ConfigurationError if secrets can't be opened or kept
 */
export async function onceStoreAnswers<T>(ask: () => Promise<T>, logger: Logger, stopping: AbortSignal): Promise<T> {
  for (;;) {
    stopping.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (error instanceof SecretKeyError) throw new ConfigurationError([error.message]);
      const { code, message } = error as { code?: string; message: string };
      logger.warn(`Ringflow's database can't be used (${code ?? message}): check MYSQL_URL and that it runs.`);
      await sleep(tryAgainMs, undefined, { signal: stopping });
    }
  }
}
