import type { Queries, Secrets } from './secrets.ts';
import { tokensOf } from './secrets.ts';

/** What amoCRM gave for a permission or for an earlier pair. Never leaves the process but encrypted. */
export interface TokenPair {
  /** Higher than that of any earlier pair of the account; by it others speak of a pair. */
  version: number;
  accessToken: string;
  refreshToken: string;
  issuedAtMs: number;
  expiresAtMs: number;
  /** Of the permission that this pair and those it follows from were given for. */
  permission: string;
}

/** So much of a pair's life passes before it is refreshed: hours are left to try again in. */
const refreshAfter = 0.75;

/** When a pair is to be refreshed, ms UTC. */
export function refreshAtMs({ issuedAtMs, expiresAtMs }: TokenPair): number {
  return issuedAtMs + (expiresAtMs - issuedAtMs) * refreshAfter;
}

/** @throws SecretKeyError */
export async function readTokenPair(
  secrets: Secrets,
  accountId: string,
  queries?: Queries,
): Promise<TokenPair | undefined> {
  const json = await secrets.read(tokensOf(accountId), queries);
  return json === undefined ? undefined : (JSON.parse(json) as TokenPair);
}

export async function writeTokenPair(
  secrets: Secrets,
  accountId: string,
  pair: TokenPair,
  queries?: Queries,
): Promise<void> {
  await secrets.write(tokensOf(accountId), JSON.stringify(pair), queries);
}
