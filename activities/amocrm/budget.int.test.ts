import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from '../../bin/stack/free-port.ts';
import { servers } from '../../tests/rig/servers.ts';
import { type BudgetKey, createPauses } from '../store/pauses.ts';
import { fixedAccess } from './access.ts';
import { createRequestBudget, hungryAfterMs, type Lane, type Place, type RequestBudget } from './budget.ts';
import { createAmocrmClient } from './client.ts';
import { AmocrmError } from './errors.ts';
import { createRequestLimiter } from './limiter.ts';

const connections = [new Redis(servers.redisUrl), new Redis(servers.redisUrl)] as const;
afterAll(() => Promise.all(connections.map((redis) => redis.quit())));

const [redis, othersRedis] = connections;
const newBudget = () => createRequestBudget(redis, { integration: 'token', accountId: randomUUID() });

/** The places among so many takes. */
async function take(budget: RequestBudget, lane: Lane, times = 1, waitedMs = 0): Promise<Place[]> {
  const verdicts = await Promise.all(Array.from({ length: times }, () => budget.take(lane, waitedMs)));
  return verdicts.flatMap((verdict) => ('place' in verdict ? [verdict.place] : []));
}

const tooFast = (retryAfterMs: number) =>
  new AmocrmError('RateLimited', 'amoCRM asks for fewer requests (429).', { hadNoEffect: true, retryAfterMs });
const blocked = new AmocrmError('Blocked', 'amoCRM has blocked the API.', { hadNoEffect: true, retryAfterMs: 900_000 });

describe('the budget of an integration in an account', () => {
  it('gives six places at once, however many processes ask', async () => {
    const key = { integration: 'token', accountId: randomUUID() };
    const both = connections.map((connection) => createRequestBudget(connection, key));
    const places = await Promise.all(both.map((budget) => take(budget, 'cards', 10)));
    expect(places.flat()).toHaveLength(6);
  });

  it.each([
    ['account', { integration: 'token', accountId: randomUUID() }],
    ['integration', { integration: randomUUID(), accountId: 'acme' }],
  ])('is another for another %s', async (_, key) => {
    await take(newBudget(), 'cards', 7);
    await take(createRequestBudget(redis, { integration: 'token', accountId: 'acme' }), 'cards', 7);
    expect(await take(createRequestBudget(redis, key), 'cards', 7)).toHaveLength(6);
  });

  it('holds a place for a second after the answer, and for longer while there is none', async () => {
    const budget = newBudget();
    const [first] = await take(budget, 'cards', 6);
    const before = await budget.take('cards', 0);
    first?.answered();
    const after = await budget.take('cards', 0);
    const waits = [before, after].map((verdict) => ('waitMs' in verdict ? verdict.waitMs : 0));
    expect(waits[0]).toBeGreaterThan(1_000);
    expect(waits[1]).toBeLessThanOrEqual(1_000);
    expect(waits[1]).toBeGreaterThan(0);
  });

  it('renews a place for a request that leaves late, unless it was lost', async () => {
    const budget = newBudget();
    const [first, second] = await take(budget, 'cards', 2);
    second?.giveBack();
    expect(await first?.renew()).toBeDefined();
    expect(await second?.renew()).toBeUndefined();
    expect(await take(budget, 'cards', 7)).toHaveLength(5);
  });

  it('keeps a place for cards when everything else wants more, and half for what happens now', async () => {
    const budget = newBudget();
    expect(await take(budget, 'backfill', 10)).toHaveLength(3);
    expect(await take(budget, 'live', 10)).toHaveLength(2);
    expect(await take(budget, 'cards', 10)).toHaveLength(1);
  });

  it('leaves half to cards while they wait', async () => {
    const budget = newBudget();
    const places = await take(budget, 'cards', 10);
    for (const place of places.slice(0, 4)) place.giveBack();
    expect(await take(budget, 'live', 10)).toHaveLength(1);
    expect(await take(budget, 'cards', 10)).toHaveLength(3);
  });

  it.each([
    [1, hungryAfterMs],
    [2, 2 * hungryAfterMs],
  ])('keeps %i of the next places for live requests that have waited for %i ms', async (kept, waitedMs) => {
    const budget = newBudget();
    const places = await take(budget, 'cards', 10);
    expect(await take(budget, 'live', 1, waitedMs)).toHaveLength(0);
    for (const place of places) place.giveBack();
    expect(await take(budget, 'cards', 10)).toHaveLength(6 - kept);
    expect(await take(budget, 'live', 10, waitedMs)).toHaveLength(kept);
  });

  it('gives backfill nothing while a live request waits, and goes on with it then', async () => {
    const budget = newBudget();
    const places = await take(budget, 'live', 10);
    for (const place of places) place.giveBack();
    expect(await take(budget, 'backfill', 10)).toHaveLength(0);
    while ((await take(budget, 'backfill')).length === 0) await sleep(50);
  });

  it('gives backfill that is hungry one place at a time, however many live requests and cards there are', async () => {
    const budget = newBudget();
    const places = [...(await take(budget, 'live', 10)), ...(await take(budget, 'cards', 10))];
    expect(await take(budget, 'backfill', 10, hungryAfterMs)).toHaveLength(0);
    for (const place of places) place.giveBack();
    expect(await take(budget, 'cards', 10)).toHaveLength(5);
    expect(await take(budget, 'live', 10, hungryAfterMs)).toHaveLength(0);
    expect(await take(budget, 'backfill', 10, hungryAfterMs)).toHaveLength(1);
  });
});

describe('a pause', () => {
  let key: BudgetKey;
  beforeEach(() => {
    key = { integration: 'token', accountId: randomUUID() };
  });
  const standing = () => createPauses(redis).standing(key);

  it('closes every lane in every process and says why and until when', async () => {
    await createRequestBudget(redis, key).pause(blocked);
    const others = createRequestBudget(othersRedis, key);
    expect(await others.take('cards', 0)).toMatchObject({ pause: { code: 'Blocked', reason: blocked.message } });
    const pause = await createPauses(othersRedis).standing(key);
    expect(pause?.untilMs).toBeGreaterThan(Date.now() + 890_000);
    const error = await createRequestLimiter(others, 'live')
      .place()
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'Blocked', hadNoEffect: true, isHopeless: false });
    const until = new Date(pause?.untilMs ?? 0).toISOString().slice(11, 19);
    expect(String(error)).toContain(`amoCRM has blocked the API. Nobody sends to amoCRM until ${until} UTC, or until`);
  });

  it('lasts as long as the longest says', async () => {
    const budget = createRequestBudget(redis, key);
    await budget.pause(blocked);
    await budget.pause(tooFast(1_000));
    expect(await standing()).toMatchObject({ code: 'Blocked' });
  });

  it('is longer each time that amoCRM refuses anew, but not for requests that were already on their way', async () => {
    const budget = createRequestBudget(redis, key);
    const beganAtMs = Date.now();
    for (let i = 0; i < 6; i++) await budget.pause(tooFast(1_000));
    const first = await standing();
    expect(first?.untilMs).toBeLessThan(beganAtMs + 2_000);
    while (await standing()) await sleep(50);
    await budget.pause(tooFast(1_000));
    const second = await standing();
    expect((second?.untilMs ?? 0) - (first?.untilMs ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  it('is waited out by whoever has the time', async () => {
    const budget = createRequestBudget(redis, key);
    await budget.pause(tooFast(300));
    const place = await createRequestLimiter(budget, 'live').place();
    expect(place.grantedAtMs).toBeGreaterThan(0);
    expect(await standing()).toBeUndefined();
  });
});

describe('the line before the budget', () => {
  it('is left by whoever gives up, and goes on for the others', async () => {
    const limiter = createRequestLimiter(newBudget(), 'cards');
    for (let i = 0; i < 6; i++) await limiter.place();
    const stop = new AbortController();
    const given = limiter.place(stop.signal).catch((e: unknown) => e);
    const next = limiter.place();
    stop.abort();
    expect(await given).toMatchObject({ code: 'RateLimited', hadNoEffect: true });
    await next;
  });

  it('is one for each account: a full one holds up nobody else', async () => {
    const [full, other] = [createRequestLimiter(newBudget(), 'live'), createRequestLimiter(newBudget(), 'live')];
    let waiting = 20;
    const all = Promise.all(Array.from({ length: waiting }, () => full.place().then(() => waiting--)));
    await other.place();
    expect(waiting).toBeGreaterThanOrEqual(15);
    await all;
  });
});

describe('without Redis', () => {
  let away: Redis;
  beforeAll(async () => {
    away = new Redis({ host: '127.0.0.1', port: await freePort(), maxRetriesPerRequest: 0 });
    away.on('error', () => undefined);
  });
  afterAll(() => away.disconnect());
  const limiter = () =>
    createRequestLimiter(createRequestBudget(away, { integration: 'token', accountId: 'acme' }), 'live');

  it('nothing is sent, and it is told that nothing was, and why', async () => {
    const access = fixedAccess({ baseUrl: 'http://127.0.0.1:1', token: 'token' });
    await expect(createAmocrmClient({ access, limiter: limiter() }).GET('/api/v4/account')).rejects.toMatchObject({
      code: 'NoBudget',
      hadNoEffect: true,
      isHopeless: false,
      message: expect.stringMatching(/Redis.*retries/),
    });
  });

  it("amoCRM's wish for a pause is still its own, for whoever heard it", async () => {
    expect(await limiter().pause(blocked)).toBe(blocked);
  });
});
