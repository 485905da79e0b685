import type { Redis } from 'ioredis';

/** Longer than any phone rings. */
const rememberedSeconds = 600;

export type ShownCards = ReturnType<typeof createShownCards>;

/** Which cards have been sent, so that whoever tries again after a crash doesn't send them twice. */
export function createShownCards(redis: Redis) {
  const nameOf = ({ key }: { key: string }) => `ringflow:card:${key}`;
  return {
    /** Marks the cards as sent. @returns those that weren't yet */
    async mark<C extends { key: string }>(cards: readonly C[]): Promise<C[]> {
      if (cards.length === 0) return [];
      const marks = redis.multi(); // all or none
      for (const card of cards) marks.set(nameOf(card), '1', 'EX', rememberedSeconds, 'NX');
      const answers = (await marks.exec()) ?? [];
      return cards.filter((_, index) => answers[index]?.[1] === 'OK');
    },

    /** They were not shown after all. */
    async unmark(cards: readonly { key: string }[]): Promise<void> {
      if (cards.length > 0) await redis.del(cards.map(nameOf));
    },
  };
}
