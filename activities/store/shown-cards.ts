import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Longer than any phone rings. */
const rememberedMs = 600_000;
/** No try lasts so long: whoever has begun it has died. */
const tryLastsMs = 10_000;
const triedBy = 'tried:';

/** Those marks that are this try's own. */
const takeBack = `for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
end`;

/** What the marks say of cards that somebody wants to show. */
export interface Standings<C> {
  /** Nobody has shown them. */
  due: C[];
  shown: C[];
  /** Somebody is about to show them. */
  tried: C[];
  /** Whoever was about to show them has died: they may have been shown. */
  abandoned: C[];
}

/** Those that were due are this try's now. */
export type Marked<C> = Standings<C> & { /** Names the try. */ id: string };

export type ShownCards = ReturnType<typeof createShownCards>;

/** Which cards have been shown, or are being so, in which process ever: whoever tries again doesn't show them twice. */
export function createShownCards(redis: Redis) {
  const nameOf = ({ key }: { key: string }) => `ringflow:card:${key}`;
  return {
    /**
     * Marks those that are not marked yet.
     *
     * @throws if Redis does not answer; then none stays marked by this
     */
    async mark<C extends { key: string }>(cards: readonly C[]): Promise<Marked<C>> {
      const id = `${triedBy}${randomUUID()}`;
      const names = cards.map(nameOf);
      const marks = redis.multi(); // all or none
      for (const name of names) marks.set(name, id, 'PX', rememberedMs, 'NX').get(name).pttl(name);
      try {
        const answers = names.length === 0 ? [] : ((await marks.exec()) ?? []);
        const standsAs = (index: number): Standing => {
          const [made, value, leftMs] = answers.slice(index * 3).map(([, answer]) => answer);
          return made === 'OK' ? 'due' : standing(value, leftMs);
        };
        return { id, ...sorted(cards, standsAs) };
      } catch (error) {
        // it may be on its way yet, and would keep the next try from showing them: this goes right behind it
        redis.eval(takeBack, names.length, ...names, id).catch(() => undefined);
        throw error;
      }
    },

    /** How they stand, without marking any: `due` are those that are not marked. */
    async look<C extends { key: string }>(cards: readonly C[]): Promise<Standings<C>> {
      const looks = redis.multi();
      for (const card of cards) looks.get(nameOf(card)).pttl(nameOf(card));
      const answers = ((await looks.exec()) ?? []).map(([, answer]) => answer);
      return sorted(cards, (index) => standing(answers[index * 2], answers[index * 2 + 1]));
    },

    /** They are shown. */
    async keep(cards: readonly { key: string }[]): Promise<void> {
      const marks = redis.multi();
      for (const card of cards) marks.set(nameOf(card), 'shown', 'PX', rememberedMs);
      await marks.exec();
    },

    /** They were not shown after all. @param id of the try */
    async unmark(cards: readonly { key: string }[], id: string): Promise<void> {
      if (cards.length > 0) await redis.eval(takeBack, cards.length, ...cards.map(nameOf), id);
    },
  };
}

type Standing = keyof Standings<unknown>;

function sorted<C>(cards: readonly C[], as: (index: number) => Standing): Standings<C> {
  const are = (what: Standing) => cards.filter((_, index) => as(index) === what);
  return { due: are('due'), shown: are('shown'), tried: are('tried'), abandoned: are('abandoned') };
}

/** @param value of a mark, as Redis has it; an earlier version tells of a try no otherwise than of what is shown */
function standing(value: unknown, leftMs: unknown): Standing {
  if (value === null) return 'due';
  if (!String(value).startsWith(triedBy)) return 'shown';
  return rememberedMs - Number(leftMs) < tryLastsMs ? 'tried' : 'abandoned';
}
