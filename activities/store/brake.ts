import type { Redis } from 'ioredis';
import type { BrakeHit } from '../../proto/state/facts.ts';
import { nowByRedis } from './redis.ts';

const hourMs = 3_600_000;
/** So long whoever looks is told that it was hit. */
const hitsKeptMs = 24 * hourMs;
const mostHits = 20;

/**
 * Notes that one more is wanted, unless it was noted. KEYS: those of the last hour; what was hit, by when that was.
 * ARGV: name, most, hour ms, name of what would be hit. Answers 1 if it may be made, 0 if not, -1 if it is the first within
 * an hour that may not. Redis counts the time: the clocks of workers differ, and one that goes wrong for a moment must
 * neither let another hourful through nor hold back for hours.
 */
const allow = `
${nowByRedis}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowMs - ARGV[3])
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 1 end
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then
  redis.call('ZADD', KEYS[2], nowMs, ARGV[4])
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -${mostHits + 1})
  redis.call('PEXPIRE', KEYS[2], ${hitsKeptMs})
  return redis.call('SET', KEYS[1] .. ':told', '1', 'NX', 'PX', ARGV[3]) and -1 or 0
end
redis.call('ZADD', KEYS[1], nowMs, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`;

const hitsOf = (accountId: string) => `ringflow:brake:${accountId}:hits`;

/** What the brake has held back within a day, each kind and number with when that was last. */
export async function readBrakeHits(redis: Redis, accountId: string): Promise<BrakeHit[]> {
  const told = await redis.zrangebyscore(hitsOf(accountId), '-inf', '+inf', 'WITHSCORES');
  return Array.from({ length: told.length / 2 }, (_, index) => {
    const [kind = '', did = ''] = JSON.parse(told[2 * index] ?? '[]') as string[];
    return { kind, did, atMs: Number(told[2 * index + 1]) };
  });
}

export type Brake = ReturnType<typeof createBrake>;

/**
 * At most so many new contacts, leads and tasks an hour for each number that was called: robots that call all night
 * must not fill the account. Emptying Redis lets another hourful through.
 *
 * @param alarm told once an hour
 */
export function createBrake(redis: Redis, alarm: (message: string) => void) {
  return {
    /** @param effect the ledger key of what is to be made; asking again about the same counts once */
    async allows(kind: string, effect: string, accountId: string, did: string, mostPerHour: number): Promise<boolean> {
      const name = `ringflow:brake:${accountId}:${kind}:${did}`;
      const hit = JSON.stringify([kind, did]);
      const keys = [name, hitsOf(accountId)];
      const answer = Number(await redis.eval(allow, 2, ...keys, effect, mostPerHour, hourMs, hit));
      if (answer === -1) {
        alarm(
          `More than ${mostPerHour} new ${kind} within an hour for calls to ${did || 'an unknown number'}: no more are made.`,
        );
      }
      return answer === 1;
    },
  };
}
