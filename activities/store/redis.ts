import { Redis } from 'ioredis';

/** One that is connected and says nothing (frozen, or a network that swallows) is as good as away. */
const answerWithinMs = 5_000;
/** Of one on which nothing is asked. */
const keepAliveMs = 15_000;

/** In a script of Redis: `nowMs`, by its own clock, which all processes share. */
export const nowByRedis = `local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)`;

/**
 * A connection to Redis that comes back by itself.
 *
 * @param url redis://:password@host:port
 * @param onTrouble told each time the connection can't be made; the message holds no password
 */
export function openRedis(url: string, onTrouble: (message: string) => void): Redis {
  const redis = new Redis(url, {
    ...{ maxRetriesPerRequest: 3, commandTimeout: answerWithinMs },
    // else commands would time out one by one on a connection that the network has forgotten; who listens may be silent
    ...{ socketTimeout: answerWithinMs, keepAlive: keepAliveMs },
  });
  redis.on('error', (error: Error & { code?: string }) => {
    onTrouble(`Redis can't be used (${error.message || error.code}): check REDIS_URL and that it runs.`);
  });
  return redis;
}
