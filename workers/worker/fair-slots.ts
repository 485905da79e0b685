import { Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { AmocrmError } from '../../activities/amocrm/errors.ts';

/** An account that has asked for nothing for so long needs no slots. */
const rememberedMs = 10 * 60_000;
const longestPauseMs = 30_000;

/**
 * Shares the slots of a queue among the accounts, so that one whose amoCRM is slow leaves slots to the others: of
 * several accounts each may take as many as are still free then. One that is alone has all.
 *
 * @param slots how many activities of the queue this process runs at a time, all of them: were it told fewer, an account that
 *   holds none could be refused
 */
export function fairSlots(slots: number): ActivityInterceptorsFactory {
  const share = createShares(slots, Date.now);
  return () => ({
    inbound: {
      async execute(input, next) {
        const { accountId } = input.args[0] as { accountId: string };
        if (!share.take(accountId)) throw noSlot(Context.current().info.attempt);
        try {
          return await next(input);
        } finally {
          share.free(accountId);
        }
      },
    },
  });
}

function noSlot(attempt: number): AmocrmError {
  const message = 'Many requests of this amoCRM account are waiting; leaving room for other accounts.';
  const retryAfterMs = Math.min(longestPauseMs, 500 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random());
  return new AmocrmError('RateLimited', message, { hadNoEffect: true, retryAfterMs });
}

/** @param now ms */
export function createShares(slots: number, now: () => number) {
  const running = new Map<string, number>();
  const seenAtMs = new Map<string, number>();
  return {
    /** True if the account may have another slot; to be freed then. */
    take(accountId: string): boolean {
      seenAtMs.set(accountId, now());
      for (const [each, atMs] of seenAtMs) if (now() - atMs > rememberedMs) seenAtMs.delete(each);
      const own = running.get(accountId) ?? 0;
      const all = [...running.values()].reduce((sum, count) => sum + count, 0);
      if (seenAtMs.size > 1 && own >= slots - all) return false;
      running.set(accountId, own + 1);
      return true;
    },
    free(accountId: string): void {
      const left = (running.get(accountId) ?? 1) - 1;
      if (left > 0) running.set(accountId, left);
      else running.delete(accountId);
    },
  };
}
