import type { Redis } from 'ioredis';

const hourMs = 3_600_000;

/**
 * Notes that one more is wanted, unless it was noted. KEYS: those of the last hour. ARGV: now ms, name, most, hour ms.
 * Answers 1 if it may be made, 0 if not, -1 if it is the first that may not.
 */
const allow = `
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1] - ARGV[4])
if redis.call('ZSCORE', KEYS[1], ARGV[2]) then return 1 end
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
  return redis.call('SET', KEYS[1] .. ':told', '1', 'NX', 'PX', ARGV[4]) and -1 or 0
end
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`;

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
      const answer = Number(await redis.eval(allow, 1, name, Date.now(), effect, mostPerHour, hourMs));
      if (answer === -1) {
        alarm(
          `More than ${mostPerHour} new ${kind} within an hour for calls to ${did || 'an unknown number'}: no more are made.`,
        );
      }
      return answer === 1;
    },
  };
}
