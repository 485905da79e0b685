import type { Redis } from 'ioredis';

/**
 * Takes one place in a sliding second, or says in how many ms one may be free.
 * KEYS: places, pause. ARGV: requests per window, window in ms.
 */
const takePlace = `
local pauseMs = redis.call('PTTL', KEYS[2])
if pauseMs > 0 then return pauseMs end
local time = redis.call('TIME')
local nowUs = time[1] * 1000000 + time[2]
local windowUs = ARGV[2] * 1000
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowUs - windowUs)
if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[1]) then
  redis.call('ZADD', KEYS[1], nowUs, string.format('%.0f', nowUs))
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 0
end
local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return math.ceil((oldest[2] + windowUs - nowUs) / 1000)
`;

/** The budget of requests to one amoCRM account, shared by all processes through Redis. */
export interface RequestLimiter {
  /** @returns 0 if the request may go now, else after how many ms to ask again */
  take(): Promise<number>;
  /** Nobody sends for that long. */
  pause(durationMs: number): Promise<void>;
}

/** KEYS: pause. ARGV: ms. A short pause never cuts a long one: a blocked account must be left alone. */
const prolong = `if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end`;

/** amoCRM's wall is 7 requests a second of one integration (contract 3); one is left for clocks that differ. */
const placesPerSecond = { cards: 6, others: 5 } as const;
const windowMs = 1000;

/** @param user who takes places of the account's budget: for cards some are always left */
export function createRequestLimiter(
  redis: Redis,
  accountId: string,
  user: keyof typeof placesPerSecond,
): RequestLimiter {
  const places = `ringflow:budget:${accountId}`;
  const pause = `${places}:pause`;
  return {
    take: async () => Number(await redis.eval(takePlace, 2, places, pause, placesPerSecond[user], windowMs)),
    pause: async (durationMs) => {
      await redis.eval(prolong, 1, pause, Math.ceil(durationMs));
    },
  };
}
