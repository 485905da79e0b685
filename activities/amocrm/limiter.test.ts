import { setImmediate as turn } from 'node:timers/promises';
import type { Place, RequestBudget } from './budget.ts';
import { createRequestLimiter } from './limiter.ts';

type Verdict = Awaited<ReturnType<RequestBudget['take']>>;

/** A budget that gives a place whenever the test says so. */
function budgetOfTest() {
  const asked: ((verdict: Verdict) => void)[] = [];
  let isGivenBack = false;
  const place: Place = {
    grantedAtMs: 0,
    answered: () => undefined,
    giveBack: () => {
      isGivenBack = true;
    },
    renew: async () => undefined,
  };
  const take = () => new Promise<Verdict>((answer) => asked.push(answer));
  const budget = { take, pause: () => Promise.reject(new Error('nobody pauses here')) } as RequestBudget;
  return {
    limiter: createRequestLimiter(budget, 'live'),
    async grant() {
      while (asked.length === 0) await turn();
      asked.shift()?.({ place });
      await turn();
    },
    asked: () => asked.length,
    isGivenBack: () => isGivenBack,
  };
}

describe('the line before the budget', () => {
  it('gives the place to whom it has been waited for longest, taken together', async () => {
    const { limiter, grant } = budgetOfTest();
    const gone: string[] = [];
    const wait = (name: string, waitedMs: number) =>
      limiter.place(undefined, () => waitedMs).then(() => void gone.push(name));
    const all = [wait('one call', 9_000), wait('ten contacts', 20_000), wait('a late call', 100)];
    for (let i = 0; i < all.length; i++) await grant();
    await Promise.all(all);
    expect(gone).toEqual(['ten contacts', 'one call', 'a late call']);
  });

  it('gives it to the first of those that have waited equally long', async () => {
    const { limiter, grant } = budgetOfTest();
    const gone: number[] = [];
    const all = [1, 2, 3].map((name) => limiter.place(undefined, () => 0).then(() => void gone.push(name)));
    for (let i = 0; i < all.length; i++) await grant();
    await Promise.all(all);
    expect(gone).toEqual([1, 2, 3]);
  });

  it('asks once at a time, and gives back a place that nobody waits for any more', async () => {
    const { limiter, grant, asked, isGivenBack } = budgetOfTest();
    const stop = new AbortController();
    const all = [limiter.place(stop.signal), limiter.place(stop.signal)].map((one) => one.catch((error) => error.code));
    await turn();
    expect(asked()).toBe(1);
    stop.abort();
    expect(await Promise.all(all)).toEqual(['RateLimited', 'RateLimited']);
    await grant();
    expect(isGivenBack()).toBe(true);
  });
});
