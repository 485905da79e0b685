import type { Redis } from 'ioredis';
import type { Reading } from '../../proto/state/facts.ts';

/** A PBX that nobody has read for so long has been removed. */
const rememberedSeconds = 30 * 86_400;

/** What the connectors say of the PBXs that they read. Emptying Redis loses nothing: they say it again all the time. */
export type Readings = ReturnType<typeof createReadings>;

export function createReadings(redis: Redis) {
  const keyOf = (pbxId: string) => `ringflow:pbx:${pbxId}:reading`;
  return {
    async tell(pbxId: string, reading: Reading): Promise<void> {
      await redis.set(keyOf(pbxId), JSON.stringify(reading), 'EX', rememberedSeconds);
    },

    /** In the order of the ids; undefined of those that nobody has read. */
    async of(pbxIds: readonly string[]): Promise<(Reading | undefined)[]> {
      if (pbxIds.length === 0) return [];
      const texts = await redis.mget(pbxIds.map(keyOf));
      return texts.map((text) => (text === null ? undefined : (JSON.parse(text) as Reading)));
    },
  };
}
