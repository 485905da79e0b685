import type { Account } from '../../activities/store/accounts.ts';
import { budgetKeyOf, createPauses, wordsOfPause } from '../../activities/store/pauses.ts';
import { BadInput } from './bad-input.ts';
import { withRedis } from './redis.ts';

/** Why nobody sends to these accounts just now, in words by their ids. Without Redis it says that nobody knows. */
export async function pausesOf(accounts: Account[], environment: NodeJS.ProcessEnv): Promise<Map<string, string>> {
  const pauses = new Map<string, string>();
  try {
    await withRedis(environment, async (redis) => {
      for (const account of accounts) {
        const pause = await createPauses(redis).standing(budgetKeyOf(account));
        if (pause) pauses.set(account.id, wordsOfPause(pause));
      }
    });
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    process.stderr.write(`Whether requests are paused is not known. ${error.message}\n`);
  }
  return pauses;
}

/** Lets requests go before their pause is over. */
export async function resume(account: Account, environment: NodeJS.ProcessEnv): Promise<void> {
  const pause = await withRedis(environment, async (redis) => {
    const [paused, key] = [createPauses(redis), budgetKeyOf(account)];
    const standing = await paused.standing(key);
    await paused.end(key);
    return standing;
  });
  process.stderr.write(
    pause
      ? `${account.id}: requests go again; what waits is tried within a minute.\n`
      : `${account.id}: no pause stands; see bin/ringflow account list.\n`,
  );
}
