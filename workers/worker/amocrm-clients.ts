import type { Redis } from 'ioredis';
import type { AmocrmAccess } from '../../activities/amocrm/access.ts';
import { type AmocrmClient, createAmocrmClient } from '../../activities/amocrm/client.ts';
import { createRequestLimiter } from '../../activities/amocrm/limiter.ts';

/** One client for each account and each user of its budget, made when it is needed first. */
export function createAmocrmClients(redis: Redis, accessOf: (accountId: string) => AmocrmAccess) {
  const of = (user: 'cards' | 'others') =>
    onceForEach((accountId): AmocrmClient => {
      const limiter = createRequestLimiter(redis, accountId, user);
      return createAmocrmClient({ access: accessOf(accountId), limiter });
    });
  return { clientOf: of('others'), cardClientOf: of('cards') };
}

/** The function made to give the same answer to the same question. */
export function onceForEach<T>(make: (accountId: string) => T): (accountId: string) => T {
  const made = new Map<string, T>();
  return (accountId) => {
    const known = made.get(accountId);
    if (known !== undefined) return known;
    const fresh = make(accountId);
    made.set(accountId, fresh);
    return fresh;
  };
}
