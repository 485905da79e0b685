import type { Account, Accounts, Integration } from '../activities/store/accounts.ts';
import type { Permissions } from '../activities/store/permissions.ts';
import { type Secrets, tokensOf } from '../activities/store/secrets.ts';
import { readTokenPair } from '../activities/store/token-pair.ts';
import { accountUrl, isLoopback } from '../proto/amocrm-address.ts';

/** What an administrator does to amoCRM accounts, by the command line or in the browser. */

/** Where amoCRM sends browsers back to, and where it tells that an integration was switched off. */
export const redirectUriAt = (publicUrl: string): string => `${publicUrl}/oauth/amocrm`;

/**
 * The link that leads an administrator of amoCRM to its page of permission; good once, for 20 minutes.
 *
 * @param from where the person is told what comes of it
 */
export async function connectingLink(
  publicUrl: string,
  permissions: Permissions,
  accountId: string,
  from: 'command' | 'page',
): Promise<string> {
  const key = await permissions.issue('link', { accountId, from });
  return `${redirectUriAt(publicUrl)}/start?${new URLSearchParams({ account: accountId, key })}`;
}

/**
 * An account that was installed from the widget may be used from now on.
 *
 * @returns false if it has not allowed the integration. @throws SecretKeyError
 */
export async function acceptAccount(id: string, accounts: Accounts, secrets: Secrets): Promise<boolean> {
  return accounts.alone(id, async (queries) => {
    if (!(await readTokenPair(secrets, id, queries))) return false;
    await accounts.enter(id, 'connected', '', queries);
    return true;
  });
}

/** Nothing is asked of the account any more; its tokens are forgotten. amoCRM itself goes on to show the integration. */
export async function disconnectAccount(id: string, accounts: Accounts, secrets: Secrets): Promise<void> {
  await accounts.alone(id, async (queries) => {
    await secrets.forget(tokensOf(id), queries);
    await accounts.enter(id, 'disconnected', disconnectedByHand, queries);
  });
}

const disconnectedByHand =
  'An administrator of Ringflow has disconnected it; everything waits until it is connected again.';

/** The address of an account as people give it, or copy it from where they look at it; undefined for any other. */
export function accountAddress(text: string): string | undefined {
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || url.username || url.password) return undefined;
  if (isLoopback(url.origin) && text.startsWith('http')) return url.origin;
  return url.protocol === 'https:' ? accountUrl(url.host) : undefined;
}

/**
 * Makes an account, to be connected. One that is there already gets the integration named now.
 *
 * @throws SecretKeyError; then nothing was written
 */
export async function addAccount(
  baseUrl: string,
  integration: Integration,
  accounts: Accounts,
  secrets: Secrets,
): Promise<Account['id']> {
  const id = await accounts.idAt(baseUrl);
  await accounts.alone(id, async (queries) => {
    await accounts.add(id, baseUrl, queries);
    await accounts.takeIntegration(id, integration, secrets, queries);
  });
  return id;
}
