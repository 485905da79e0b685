import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Longer than any phone rings. */
const rememberedSeconds = 600;
/** Those marks that are this try's own. */
const takeBack = `for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
end`;

export type ShownCards = ReturnType<typeof createShownCards>;

/** Which cards have been sent, so that whoever tries again after a crash doesn't send them twice. */
export function createShownCards(redis: Redis) {
  const nameOf = ({ key }: { key: string }) => `ringflow:card:${key}`;
  return {
    /**
     * Marks the cards as sent.
     *
     * @returns those that weren't yet
     * @throws if Redis does not answer; then none stays marked by this
     */
    async mark<C extends { key: string }>(cards: readonly C[]): Promise<C[]> {
      if (cards.length === 0) return [];
      const tried = randomUUID();
      const names = cards.map(nameOf);
      const marks = redis.multi(); // all or none
      for (const name of names) marks.set(name, tried, 'EX', rememberedSeconds, 'NX');
      try {
        const answers = (await marks.exec()) ?? [];
        return cards.filter((_, index) => answers[index]?.[1] === 'OK');
      } catch (error) {
        // it may be on its way yet, and would keep the next try from showing them: this goes right behind it
        redis.eval(takeBack, names.length, ...names, tried).catch(() => undefined);
        throw error;
      }
    },

    /** They were not shown after all. */
    async unmark(cards: readonly { key: string }[]): Promise<void> {
      if (cards.length > 0) await redis.del(cards.map(nameOf));
    },
  };
}
