import { Redis } from 'ioredis';
import { Lease } from '../../../workers/connector/lease.ts';
import { servers } from '../../rig/servers.ts';
import { orphanLocks } from './locks.ts';

const redis = new Redis(servers.redisUrl);
afterEach(() => redis.flushdb());
afterAll(() => redis.quit());

const isRunning = (pid: number) => pid === process.pid;
const orphans = () => orphanLocks(redis, isRunning);

it('a lock that goes by itself, and what is none, is no orphan', async () => {
  await new Lease(redis, 'main').take();
  await redis.set('ringflow:pbx:main:cursor', '{}');
  await redis.set('ringflow:live:main:turn', '1', 'PX', 10_000);
  await redis.zadd('ringflow:budget:token:a.amocrm.ru:places', Date.now() + 1_000, 'place');
  await redis.pexpire('ringflow:budget:token:a.amocrm.ru:places', 60_000);
  expect(await orphans()).toEqual([]);
});

it.each([
  ['that never ends', () => redis.set('ringflow:live:main:turn', '1'), 'ringflow:live:main:turn never ends'],
  ['of a kind that is not known here', () => redis.set('ringflow:new', '1'), 'ringflow:new never ends'],
  [
    'that stays too long',
    () => redis.set('ringflow:card:x', '1', 'PX', 7_200_000),
    /^ringflow:card:x stays for \d+ ms more$/,
  ],
  [
    'whose holder is gone',
    () => redis.set('ringflow:pbx:main:lease', 'process 4194999 on pbx 1-2-3', 'PX', 6_000),
    'ringflow:pbx:main:lease is held by process 4194999 on pbx 1-2-3, which is gone',
  ],
  [
    'with places that are held too long',
    () =>
      redis
        .multi()
        .zadd('ringflow:budget:token:a:places', Date.now() + 30_000, 'place')
        .pexpire('ringflow:budget:token:a:places', 60_000)
        .exec(),
    'ringflow:budget:token:a:places holds 1 places too long',
  ],
])('a lock %s is', async (_, leave, told) => {
  await leave();
  expect(await orphans()).toEqual([expect.stringMatching(told)]);
});
