import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { servers } from '../../tests/rig/servers.ts';
import { createWidgetPages } from './widget-pages.ts';

const redis = new Redis(servers.redisUrl);
afterAll(() => redis.disconnect());

const whose = { accountId: randomUUID(), userId: 11, language: 'ru' as const };

it('a page that shows no sign of life is not there, and can not come back', async () => {
  const pages = createWidgetPages(redis, 50);
  const page = await pages.open(whose);
  expect(await pages.whoIsThere(whose.accountId)).toEqual(new Set([11]));
  while (await pages.isOpen(page)) await sleep(10);
  expect(await pages.whoIsThere(whose.accountId)).toEqual(new Set());
  expect(await pages.noteAlive(page)).toBe(false);
  expect(await pages.whoIsThere(whose.accountId)).toEqual(new Set());
});

it('one that shows life stays, also when another of the same person is closed', async () => {
  const pages = createWidgetPages(redis);
  const [page, other] = [await pages.open(whose), await pages.open(whose)];
  await pages.noteClosed(whose, other);
  expect(await pages.noteAlive(other)).toBe(false);
  const [name = ''] = await redis.keys('ringflow:widget:page:*');
  await redis.pexpire(name, 1_000);
  expect(await pages.noteAlive(page)).toBe(true);
  expect(await redis.pttl(name)).toBeGreaterThan(40_000);
  expect(await pages.whoIsThere(whose.accountId)).toEqual(new Set([11]));
  expect(await pages.noteAlive('ticket')).toBe(false);
});
