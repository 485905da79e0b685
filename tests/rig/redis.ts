import { Redis } from 'ioredis';
import { servers } from './servers.ts';

export async function withRedis(act: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(servers.redisUrl);
  await act(redis);
  await redis.quit();
}
