import { randomUUID } from 'node:crypto';
import { startLongWay } from '../../tests/rig/long-way.ts';
import { servers } from '../../tests/rig/servers.ts';
import { openRedis } from './redis.ts';

it('a connection that the network has forgotten is replaced; one that only listens is left alone', async () => {
  const way = await startLongWay(servers.redisUrl, 0);
  const redis = openRedis(way.url, () => undefined);
  const listening = openRedis(servers.redisUrl, () => undefined);
  const lost = jest.fn();
  listening.on('close', lost);
  const channel = `test:${randomUUID()}`;
  const heard = new Promise((resolve) => listening.on('message', (_, text) => resolve(text)));
  await listening.subscribe(channel);
  await redis.ping();
  way.lose();
  way.heal();
  await redis.ping().catch(() => undefined);
  await redis.publish(channel, 'news');
  expect(await heard).toBe('news');
  expect(lost).not.toHaveBeenCalled();
  await Promise.all([redis.quit(), listening.quit()]);
  way.close();
}, 60_000);
