import type { Redis } from 'ioredis';
import type { AmocrmAccess } from '../../activities/amocrm/access.ts';
import { createRequestBudget, type Lane, type RequestBudget } from '../../activities/amocrm/budget.ts';
import { type AmocrmClient, createAmocrmClient } from '../../activities/amocrm/client.ts';
import { createGathering } from '../../activities/amocrm/gathering/index.ts';
import { createRequestLimiter } from '../../activities/amocrm/limiter.ts';
import type { KnownPbxs } from '../../activities/store/pbxs.ts';
import { onceForEach } from '../../runtime/once-for-each.ts';
import type { AmocrmEars } from './hear-amocrm.ts';

/**
 * The ways into each account, made when they are needed first. Their lanes share the account's budget.
 *
 * @param integrationOf by which the account is connected now, as in `BudgetKey`
 */
export function createAmocrmClients(
  redis: Redis,
  integrationOf: (accountId: string) => Promise<string>,
  accessOf: (accountId: string) => AmocrmAccess,
  pbxs: Pick<KnownPbxs, 'list'>,
  { timed, hearOf }: AmocrmEars,
) {
  const doors = onceForEach((accountId) => {
    const budget = budgetOf(redis, accountId, integrationOf);
    const access = accessOf(accountId);
    const entranceBy = (lane: Lane) => ({
      access,
      limiter: timed(accountId, lane, createRequestLimiter(budget, lane)),
      hear: hearOf(accountId, lane),
    });
    const pbxIds = async () => (await pbxs.list()).filter((pbx) => pbx.accountId === accountId).map(({ id }) => id);
    const [cards, live, quiet] = [entranceBy('cards'), entranceBy('live'), entranceBy('backfill')];
    return {
      client: createAmocrmClient(live),
      gathering: createGathering({ cards, others: live, pbxIds }),
      quietClient: createAmocrmClient(quiet),
      quietGathering: createGathering({ cards: quiet, others: quiet, pbxIds }),
    };
  });
  return {
    clientOf: (accountId: string): AmocrmClient => doors(accountId).client,
    gatheringOf: (accountId: string) => doors(accountId).gathering,
    /** For what has time. */
    quietClientOf: (accountId: string): AmocrmClient => doors(accountId).quietClient,
    quietGatheringOf: (accountId: string) => doors(accountId).quietGathering,
  };
}

/** An account may be connected by another integration while we run. */
const integrationRememberedMs = 10_000;

/** The budget of whichever integration the account is connected by. */
function budgetOf(
  redis: Redis,
  accountId: string,
  integrationOf: (accountId: string) => Promise<string>,
): RequestBudget {
  let known: { budget: RequestBudget; untilMs: number } | undefined;
  const current = async (): Promise<RequestBudget> => {
    if (known && performance.now() < known.untilMs) return known.budget;
    const budget = createRequestBudget(redis, { integration: await integrationOf(accountId), accountId });
    known = { budget, untilMs: performance.now() + integrationRememberedMs };
    return budget;
  };
  return {
    take: async (lane, waitedMs) => (await current()).take(lane, waitedMs),
    pause: async (error) => (await current()).pause(error),
  };
}
