import type { Redis } from 'ioredis';
import type { AmocrmAccess } from '../../activities/amocrm/access.ts';
import { createRequestBudget, type Lane } from '../../activities/amocrm/budget.ts';
import { type AmocrmClient, createAmocrmClient } from '../../activities/amocrm/client.ts';
import { createGathering } from '../../activities/amocrm/gathering/index.ts';
import { createRequestLimiter } from '../../activities/amocrm/limiter.ts';
import { onceForEach } from '../../runtime/once-for-each.ts';

/** The ways into each account, made when they are needed first. Their lanes share the account's budget. */
export function createAmocrmClients(
  redis: Redis,
  integrationOf: (accountId: string) => string,
  accessOf: (accountId: string) => AmocrmAccess,
) {
  const doors = onceForEach((accountId) => {
    const budget = createRequestBudget(redis, { integration: integrationOf(accountId), accountId });
    const access = accessOf(accountId);
    const entranceBy = (lane: Lane) => ({ access, limiter: createRequestLimiter(budget, lane) });
    const [cards, live] = [entranceBy('cards'), entranceBy('live')];
    return {
      client: createAmocrmClient(live),
      gathering: createGathering({ cards, others: live }),
      quietClient: createAmocrmClient(entranceBy('backfill')),
    };
  });
  return {
    clientOf: (accountId: string): AmocrmClient => doors(accountId).client,
    gatheringOf: (accountId: string) => doors(accountId).gathering,
    /** For what has time. */
    quietClientOf: (accountId: string): AmocrmClient => doors(accountId).quietClient,
  };
}
