import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from './secrets.ts';

const nameOf = (accountId: string): string => `account:${accountId}:webhook`;
const secretBytes = 24;

/** amoCRM signs no webhook: only who knows its address may send one (contract 8.4). */
const pathOf = (accountId: string, secret: string): string =>
  `/webhooks/amocrm/${encodeURIComponent(accountId)}/${secret}`;

/**
 * Where amoCRM is to send an account's changes.
 *
 * @param publicUrl of our API as amoCRM reaches it; undefined if it can't
 * @throws SecretKeyError
 */
export async function webhookAddress(
  secrets: Secrets,
  publicUrl: string | undefined,
  accountId: string,
): Promise<string | undefined> {
  if (publicUrl === undefined) return undefined;
  const name = nameOf(accountId);
  const fresh = () => secrets.writeOnce(name, randomBytes(secretBytes).toString('base64url'));
  const secret = (await secrets.read(name)) ?? (await fresh());
  return `${publicUrl}${pathOf(accountId, secret)}`;
}

/** Whether this is the secret in the account's address. */
export async function isWebhookSecret(secrets: Secrets, accountId: string, claimed: string): Promise<boolean> {
  const secret = await secrets.read(nameOf(accountId));
  if (secret === undefined) return false;
  const [own, other] = [Buffer.from(secret), Buffer.from(claimed)];
  return own.length === other.length && timingSafeEqual(own, other);
}
