import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { servers } from '../../tests/rig/servers.ts';
import { createRequestLimiter } from './limiter.ts';

const connections = [new Redis(servers.redisUrl), new Redis(servers.redisUrl)];
afterAll(() => Promise.all(connections.map((redis) => redis.quit())));

describe('the budget of an account', () => {
  it('lets six requests go at once, however many processes ask, and tells the others when to ask again', async () => {
    const account = randomUUID();
    const limiters = connections.map((redis) => createRequestLimiter(redis, account, 'cards'));
    const waits = await Promise.all(Array.from({ length: 20 }, (_, i) => limiters[i % 2]?.take()));
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(6);
    for (const waitMs of waits) expect(waitMs).toBeLessThanOrEqual(1000);
  });

  it('is another for another account', async () => {
    const [redis] = connections as [Redis, Redis];
    const full = createRequestLimiter(redis, randomUUID(), 'cards');
    for (let i = 0; i < 7; i++) await full.take();
    expect(await full.take()).toBeGreaterThan(0);
    expect(await createRequestLimiter(redis, randomUUID(), 'cards').take()).toBe(0);
  });

  it('is closed to everybody while amoCRM asks for a pause', async () => {
    const account = randomUUID();
    const [mine, others] = connections.map((redis) => createRequestLimiter(redis, account, 'cards'));
    await mine?.pause(60_000);
    expect(await others?.take()).toBeGreaterThan(50_000);
  });

  it('keeps a place for cards when everything else wants more', async () => {
    const account = randomUUID();
    const [redis] = connections as [Redis, Redis];
    const [others, cards] = (['others', 'cards'] as const).map((user) => createRequestLimiter(redis, account, user));
    for (let i = 0; i < 10; i++) await others?.take();
    expect(await others?.take()).toBeGreaterThan(0);
    expect(await cards?.take()).toBe(0);
  });

  it('stays closed as long as the longest pause says', async () => {
    const [redis] = connections as [Redis, Redis];
    const limiter = createRequestLimiter(redis, randomUUID(), 'cards');
    await limiter.pause(60_000);
    await limiter.pause(1_000);
    expect(await limiter.take()).toBeGreaterThan(50_000);
  });
});
