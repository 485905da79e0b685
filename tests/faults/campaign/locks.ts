import type { Redis } from 'ioredis';

/** What holds others back for a while, in Redis; each must go by itself when its holder does. */
interface Lock {
  key: RegExp;
  /** No longer than that, from whenever it is looked at. */
  longestMs: number;
}

const minuteMs = 60_000;
const locks: Lock[] = [
  { key: /^ringflow:pbx:[^:]+:lease$/, longestMs: 6_000 },
  { key: /^ringflow:budget:.+:(places|marks|strikes)$/, longestMs: minuteMs },
  { key: /^ringflow:budget:.+:pause$/, longestMs: 60 * minuteMs },
  { key: /^ringflow:live:[^:]+:turn$/, longestMs: minuteMs },
  { key: /^ringflow:clicks:.+:number:\d+$/, longestMs: minuteMs },
  { key: /^ringflow:clicks:.+:turns:\d+$/, longestMs: minuteMs },
  { key: /^ringflow:clicks:.+:request:[\da-f-]+$/i, longestMs: 30 * minuteMs },
  { key: /^ringflow:brake:/, longestMs: 24 * 60 * minuteMs },
  { key: /^ringflow:card:/, longestMs: 10 * minuteMs },
  { key: /^ringflow:clients:[^:]+(:\d+)?:(used|followed)$/, longestMs: 24 * 60 * minuteMs },
  { key: /^ringflow:limit:/, longestMs: 60 * minuteMs },
];
/** What is no lock, and stands until it is written anew. */
const lasting = [/^ringflow:pbx:[^:]+:cursor$/, /^ringflow:live:[^:]+(:whole)?$/];

const placeHeldMs = 1_500;

/** Keys that hold others back beyond their time, or for somebody who is gone. @param isRunning whether a process is */
export async function orphanLocks(redis: Redis, isRunning: (pid: number) => boolean): Promise<string[]> {
  const orphans: string[] = [];
  for await (const keys of redis.scanStream({ match: 'ringflow:*' }) as AsyncIterable<string[]>) {
    for (const key of keys) orphans.push(...(await troubleOf(redis, key, isRunning)).map((what) => `${key} ${what}`));
  }
  return orphans;
}

async function troubleOf(redis: Redis, key: string, isRunning: (pid: number) => boolean): Promise<string[]> {
  const leftMs = await redis.pttl(key); // -2: it has just gone
  if (leftMs === -1) return lasting.some((one) => one.test(key)) ? [] : ['never ends'];
  const lock = locks.find((one) => one.key.test(key));
  if (lock && leftMs > lock.longestMs) return [`stays for ${leftMs} ms more`];
  if (key.endsWith(':lease')) return troubleOfLease(await redis.get(key), isRunning);
  return key.endsWith(':places') ? troubleOfPlaces(redis, key) : [];
}

function troubleOfLease(owner: string | null, isRunning: (pid: number) => boolean): string[] {
  const pid = Number(/^process (\d+) /.exec(owner ?? '')?.[1]);
  return owner === null || isRunning(pid) ? [] : [`is held by ${owner}, which is gone`];
}

/** Places in the budget of requests are taken until a moment of Redis' clock. */
async function troubleOfPlaces(redis: Redis, key: string): Promise<string[]> {
  const [seconds] = await redis.time();
  const held = await redis.zcount(key, (Number(seconds) + 1) * 1_000 + placeHeldMs, '+inf');
  return held > 0 ? [`holds ${held} places too long`] : [];
}
