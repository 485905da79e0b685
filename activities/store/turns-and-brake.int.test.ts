import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { servers } from '../../tests/rig/servers.ts';
import { createBrake } from './brake.ts';
import { createClicks } from './clicks.ts';

/** What many workers count together, some of whose clocks are wrong. */

const redis = new Redis(servers.redisUrl);
afterAll(() => redis.disconnect());

const accountId = randomUUID();
const hourMs = 3_600_000;
const rightMs = Date.now;

async function atWrongClock<T>(stepMs: number, ask: () => Promise<T>): Promise<T> {
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => rightMs() + stepMs);
  try {
    return await ask();
  } finally {
    clock.mockRestore();
  }
}

it.each([
  ['is ahead', 2 * hourMs],
  ['is behind', -2 * hourMs],
])('a clock that %s counts clicks and what is made as any other does', async (_, stepMs) => {
  const { takeTurn } = createClicks(undefined as never, redis);
  const { allows } = createBrake(redis, () => undefined);
  const place = String(stepMs);
  const turn = (requestId: string) => takeTurn(accountId, place, requestId, 2);
  const contact = (effect: string) => allows('contacts', effect, accountId, place, 2);
  for (const count of [turn, contact]) {
    expect(await count('first')).toBe(true);
    expect(await atWrongClock(stepMs, () => count('second'))).toBe(true);
    expect(await atWrongClock(stepMs, () => count('third'))).toBe(false);
    expect(await count('fourth')).toBe(false);
  }
});
