import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { servers } from '../../tests/rig/servers.ts';
import { startGatedWay } from '../../tests/rig/slow-way.ts';
import { createShownCards } from './shown-cards.ts';

it('a mark that comes to Redis after its try has given up keeps the next one from nothing', async () => {
  const way = await startGatedWay(servers.redisUrl);
  const redis = new Redis(way.url, { commandTimeout: 200 });
  const cards = createShownCards(redis);
  const [before, late] = [{ key: randomUUID() }, { key: randomUUID() }];
  expect(await cards.mark([before])).toEqual([before]);
  way.shut();
  await expect(cards.mark([before, late])).rejects.toThrow(/timed out/i);
  way.open();
  expect(await cards.mark([before, late])).toEqual([late]); // what was shown before stays so
  redis.disconnect();
  way.close();
});
