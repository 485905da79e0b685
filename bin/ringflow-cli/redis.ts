import type { Redis } from 'ioredis';
import { openRedis } from '../../activities/store/redis.ts';
import { BadInput } from './bad-input.ts';

/**
 * Does something with Ringflow's Redis, and closes it.
 *
 * @throws BadInput that says what to do if it can't be used
 */
export async function withRedis<T>({ REDIS_URL }: NodeJS.ProcessEnv, work: (redis: Redis) => Promise<T>): Promise<T> {
  if (!REDIS_URL) throw new BadInput('No Redis is known: start Ringflow with bin/up, or set REDIS_URL.');
  const redis = openRedis(REDIS_URL, () => undefined);
  try {
    return await work(redis);
  } catch (error) {
    throw new BadInput(`Redis can't be used (${(error as Error).message}). Does it run? bin/up starts it.`);
  } finally {
    redis.disconnect();
  }
}
