import type { Redis } from 'ioredis';

/** Stands for the integration of a long-lived token, whose client id nobody tells us. */
export const longLivedIntegration = 'token';

/** amoCRM counts the requests of one integration in one account (contract 3). */
export interface BudgetKey {
  /** The integration's client id, or `longLivedIntegration`. */
  integration: string;
  /** The account's address, as it names it in the ledger too. */
  accountId: string;
}

/** Nobody sends to amoCRM for a while. */
export interface Pause {
  /** Of the AmocrmError that began it. */
  code: string;
  /** A sentence for people. */
  reason: string;
  untilMs: number;
}

export const budgetNameOf = ({ integration, accountId }: BudgetKey): string =>
  `ringflow:budget:${integration}:${accountId}`;

export const pauseKeyOf = (key: BudgetKey): string => `${budgetNameOf(key)}:pause`;

/** Why nobody sends just now; undefined: requests go. */
export async function readPause(redis: Redis, key: BudgetKey): Promise<Pause | undefined> {
  const json = await redis.get(pauseKeyOf(key));
  return json === null ? undefined : (JSON.parse(json) as Pause);
}
