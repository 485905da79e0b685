import { Redis } from 'ioredis';
import { servers } from './servers.ts';

/** As if it was started anew, empty, for those who use this database. */
export function restartRedis(): Promise<void> {
  return withRedis(async (redis) => {
    const own = String(await redis.client('ID'));
    await redis.flushdb();
    const clients = String(await redis.client('LIST')).split('\n');
    for (const client of clients) {
      const { id, db } = Object.fromEntries(client.split(' ').map((field) => field.split('=')));
      if (db === String(redis.options.db) && id !== own) await redis.client('KILL', 'ID', id);
    }
  });
}

export async function withRedis(act: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(servers.redisUrl);
  await act(redis);
  await redis.quit();
}
