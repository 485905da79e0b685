import type { Logger } from 'pino';
import type { Accounts } from '../activities/store/accounts.ts';
import type { Secrets } from '../activities/store/secrets.ts';
import { claimsOf } from '../proto/token-claims.ts';
import type { Configuration } from './configuration/configuration.ts';
import { onceStoreAnswers } from './once-store-answers.ts';

/**
 * Writes down the account that the environment names, if it names one, however long the database has to be waited for.
 *
 * @returns the account's id. @throws ConfigurationError if its secrets can't be opened
 */
export function seedAccount(
  { amocrmBaseUrl: baseUrl, amocrmIntegration: integration, amocrmAccessToken: token }: Configuration,
  accounts: Accounts,
  secrets: Secrets,
  logger: Logger,
  stopping: AbortSignal,
): Promise<string | undefined> {
  if (baseUrl === undefined) return Promise.resolve(undefined);
  const { accountNumber: amocrmId } = claimsOf(token ?? '');
  const seed = { baseUrl, integration, hasToken: token !== undefined, ...(amocrmId !== undefined && { amocrmId }) };
  return onceStoreAnswers(() => accounts.seed(seed, secrets), logger, stopping);
}
