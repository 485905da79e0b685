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
  const first = await cards.mark([before]);
  expect(first.due).toEqual([before]);
  await cards.keep(first.due);
  way.shut();
  await expect(cards.mark([before, late])).rejects.toThrow(/timed out/i);
  way.open();
  expect(await cards.mark([before, late])).toMatchObject({ due: [late], shown: [before], tried: [] });
  redis.disconnect();
  way.close();
});

it('whoever was about to show a card and is silent has died, and may have shown it', async () => {
  const redis = new Redis(servers.redisUrl);
  const cards = createShownCards(redis);
  const card = { key: randomUUID() };
  await cards.mark([card]);
  expect(await cards.look([card])).toMatchObject({ tried: [card] });
  expect(await cards.mark([card])).toMatchObject({ due: [], tried: [card] });
  const elevenSecondsLaterMs = 600_000 - 11_000;
  await redis.pexpire(`ringflow:card:${card.key}`, elevenSecondsLaterMs);
  expect(await cards.look([card])).toMatchObject({ abandoned: [card] });
  expect(await cards.mark([card])).toMatchObject({ due: [], abandoned: [card] });
  redis.disconnect();
});

it('a try that gives up leaves the marks of another alone', async () => {
  const redis = new Redis(servers.redisUrl);
  const cards = createShownCards(redis);
  const card = { key: randomUUID() };
  const first = await cards.mark([card]);
  await cards.unmark([card], first.id);
  const second = await cards.mark([card]);
  await cards.unmark([card], first.id);
  expect(second.due).toEqual([card]);
  expect(await cards.look([card])).toMatchObject({ tried: [card] });
  redis.disconnect();
});
