import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A right or a plan does not change within minutes. */
const rememberedSeconds = 24 * 3_600;

export type RefusedWebhooks = ReturnType<typeof createRefusedWebhooks>;

/** The accounts that take no subscription to webhooks, with the address that they have refused. */
export function createRefusedWebhooks(redis: Redis) {
  const nameOf = (accountId: string) => `ringflow:webhooks-refused:${accountId}`;
  const digestOf = (address: string) => createHash('sha256').update(address).digest('hex'); // it holds a secret
  return {
    note: async (accountId: string, address: string): Promise<void> => {
      await redis.set(nameOf(accountId), digestOf(address), 'EX', rememberedSeconds);
    },
    has: async (accountId: string, address: string): Promise<boolean> =>
      (await redis.get(nameOf(accountId))) === digestOf(address),
  };
}
