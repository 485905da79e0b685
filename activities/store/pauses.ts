import type { Redis } from 'ioredis';
import type { AmocrmErrorCode } from '../amocrm/errors.ts';

/** Stands for the integration of a long-lived token, whose client id nobody tells us. */
export const longLivedIntegration = 'token';

/** amoCRM counts the requests of one integration in one account (contract 3). */
export interface BudgetKey {
  /** The integration's client id, or `longLivedIntegration`. */
  integration: string;
  accountId: string;
}

/** Nobody sends for a while. */
export interface Pause {
  code: AmocrmErrorCode;
  /** A sentence for people. */
  reason: string;
  untilMs: number;
}

/** Nobody sends, in words: why and until when. */
export function wordsOfPause({ code, reason, untilMs }: Pause): string {
  const until = `Nobody sends to amoCRM until ${new Date(untilMs).toISOString().slice(11, 19)} UTC`;
  const sooner = code === 'RateLimited' ? '' : ', or until `bin/ringflow account resume` is run once that is mended';
  return `${reason} ${until}${sooner}.`;
}

/** Where what is counted of an account's requests stands in Redis. */
export const budgetName = ({ integration, accountId }: BudgetKey): string =>
  `ringflow:budget:${integration}:${accountId}`;

export const budgetKeyOf = ({ id, clientId }: { id: string; clientId: string | null }): BudgetKey => ({
  integration: clientId ?? longLivedIntegration,
  accountId: id,
});

/** The wall is 7 requests in any second (contract 3); one is left for whoever else uses the integration. */
export const placesPerSecond = 6;

export type Pauses = ReturnType<typeof createPauses>;

/** What people see of pauses and may do about them; whoever sends begins and heeds them. */
export function createPauses(redis: Redis) {
  return {
    /** Why nobody sends just now. */
    async standing(key: BudgetKey): Promise<Pause | undefined> {
      const json = await redis.get(`${budgetName(key)}:pause`);
      return json === null ? undefined : (JSON.parse(json) as Pause);
    },

    /** How many places are taken of those that there are in a second. */
    async budget(key: BudgetKey): Promise<{ used: number; most: number }> {
      const used = await redis.zcount(`${budgetName(key)}:places`, Date.now(), '+inf');
      return { used: Math.min(used, placesPerSecond), most: placesPerSecond };
    },

    /** What people have mended need not be waited for; if amoCRM refuses all the same a pause begins anew. */
    async end(key: BudgetKey): Promise<void> {
      await redis.del(`${budgetName(key)}:pause`, `${budgetName(key)}:strikes`);
    },
  };
}
