import { setImmediate as turn } from 'node:timers/promises';
import { asyncLocalStorage, type Context } from '@temporalio/activity';
import type { Place, RequestBudget, Verdict } from './budget.ts';
import { createRequestLimiter } from './limiter.ts';

/** A budget that answers when the test says so. */
function budgetOfTest() {
  const asked: { waitedMs: number; answer(verdict: Verdict): void; fail(error: Error): void }[] = [];
  let isGivenBack = false;
  const place: Place = {
    grantedAtMs: 0,
    answered: () => undefined,
    giveBack: () => {
      isGivenBack = true;
    },
    renew: async () => undefined,
  };
  const take: RequestBudget['take'] = (_lane, waitedMs) =>
    new Promise((answer, fail) => asked.push({ waitedMs, answer, fail }));
  const next = async () => {
    while (asked.length === 0) await turn();
    return asked.shift() as (typeof asked)[number];
  };
  const budget: RequestBudget = { take, pause: () => Promise.reject(new Error('nobody pauses here')) };
  return {
    limiter: createRequestLimiter(budget, 'live'),
    next,
    async grant() {
      (await next()).answer({ place });
      await turn();
    },
    asked: () => asked.length,
    isGivenBack: () => isGivenBack,
  };
}

const codeOf = (place: Promise<Place>): Promise<string> =>
  place.then(
    () => 'a place',
    ({ code }) => code,
  );

/** As an activity that was scheduled so long ago. */
const asOf = <T>(agoMs: number, act: () => T): T =>
  asyncLocalStorage.run({ info: { scheduledTimestampMs: Date.now() - agoMs } } as Context, act);

describe('the line before the budget', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate'] }));
  afterEach(() => jest.useRealTimers());

  it('gives the place to whom it has been waited for longest, taken together', async () => {
    const { limiter, grant } = budgetOfTest();
    const gone: string[] = [];
    const wait = (name: string, ...waitsMs: number[]) =>
      limiter.place(undefined, () => waitsMs).then(() => void gone.push(name));
    const all = [wait('one call', 4_000), wait('three contacts', 2_000, 2_000, 1_000), wait('a late call', 100)];
    for (let i = 0; i < all.length; i++) await grant();
    await Promise.all(all);
    expect(gone).toEqual(['three contacts', 'one call', 'a late call']);
  });

  it('counts what an activity has waited before it came, so that whoever gave up is not the last again', async () => {
    const { limiter, grant } = budgetOfTest();
    const gone: string[] = [];
    const wait = (name: string, agoMs: number) => asOf(agoMs, () => limiter.place()).then(() => void gone.push(name));
    const all = [wait('new', 0), wait('tried three times', 50_000), wait('tried once', 16_000)];
    for (let i = 0; i < all.length; i++) await grant();
    await Promise.all(all);
    expect(gone).toEqual(['tried three times', 'tried once', 'new']);
  });

  it('lets nobody be passed by for ever by requests that are fuller: then the oldest goes first', async () => {
    const { limiter, grant } = budgetOfTest();
    const gone: string[] = [];
    const wait = (name: string, ...waitsMs: number[]) =>
      void limiter.place(undefined, () => waitsMs).then(() => void gone.push(name));
    wait('one call', 5_000);
    wait('an older call', 9_000);
    await jest.advanceTimersByTimeAsync(4_900);
    wait('fifty contacts', ...Array(50).fill(4_000));
    await grant();
    expect(gone).toEqual(['fifty contacts']);
    wait('fifty more', ...Array(50).fill(4_000));
    await jest.advanceTimersByTimeAsync(100);
    for (let i = 0; i < 3; i++) await grant();
    expect(gone.slice(1)).toEqual(['an older call', 'one call', 'fifty more']);
  });

  it('gives it to the first of those that have waited equally long', async () => {
    const { limiter, grant } = budgetOfTest();
    const gone: number[] = [];
    const all = [1, 2, 3].map((name) => limiter.place(undefined, () => [0]).then(() => void gone.push(name)));
    for (let i = 0; i < all.length; i++) await grant();
    await Promise.all(all);
    expect(gone).toEqual([1, 2, 3]);
  });

  it('asks once at a time, and gives back a place that nobody waits for any more', async () => {
    const { limiter, grant, asked, isGivenBack } = budgetOfTest();
    const stop = new AbortController();
    const all = [codeOf(limiter.place(stop.signal)), codeOf(limiter.place(stop.signal))];
    expect(asked()).toBe(1);
    stop.abort();
    expect(await Promise.all(all)).toEqual(['RateLimited', 'RateLimited']);
    await grant();
    expect(isGivenBack()).toBe(true);
  });

  it('tells all that wait when nobody can say how many requests may go, and goes on with who comes then', async () => {
    const { limiter, next, grant } = budgetOfTest();
    const all = [codeOf(limiter.place()), codeOf(limiter.place())];
    (await next()).fail(new Error('Redis is away'));
    expect(await Promise.all(all)).toEqual(['NoBudget', 'NoBudget']);
    const later = codeOf(limiter.place());
    await grant();
    expect(await later).toBe('a place');
  });

  it('tells the budget how long the first has waited, and lets nobody wait for longer than a quarter of a minute', async () => {
    const { limiter, next, grant } = budgetOfTest();
    const first = codeOf(limiter.place());
    await jest.advanceTimersByTimeAsync(14_950);
    const second = codeOf(limiter.place());
    (await next()).answer({ waitMs: 100 });
    expect(await first).toBe('RateLimited');
    await jest.advanceTimersByTimeAsync(100);
    const asked = await next();
    expect(asked.waitedMs).toBe(100); // the second is the first now
    asked.answer({ waitMs: 20 });
    await jest.advanceTimersByTimeAsync(20);
    await grant();
    expect(await second).toBe('a place');
  });
});
