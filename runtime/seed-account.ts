import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Accounts } from '../activities/store/accounts.ts';
import { SecretKeyError } from '../activities/store/key-ring.ts';
import type { Secrets } from '../activities/store/secrets.ts';
import { type Configuration, ConfigurationError } from './configuration.ts';

const tryAgainMs = 2_000;

/**
 * Writes down the account that the environment names, however long the database has to be waited for.
 *
 * @returns the account's id. @throws ConfigurationError if its secrets can't be opened
 */
export async function seedAccount(
  { amocrmBaseUrl: baseUrl, amocrmIntegration: integration }: Configuration,
  accounts: Accounts,
  secrets: Secrets,
  logger: Logger,
  stopping: AbortSignal,
): Promise<string> {
  for (;;) {
    stopping.throwIfAborted();
    try {
      return await accounts.seed({ baseUrl, integration }, secrets);
    } catch (error) {
      if (error instanceof SecretKeyError) throw new ConfigurationError([error.message]);
      const { code, message } = error as { code?: string; message: string };
      logger.warn(`Ringflow's database can't be used (${code ?? message}): check MYSQL_URL and that it runs.`);
      await sleep(tryAgainMs, undefined, { signal: stopping });
    }
  }
}
