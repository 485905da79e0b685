import type { Sample } from './watch.ts';

/** Until then a process loads what it needs, and its caches fill. */
const warmSeconds = 180;

type Row = Record<string, string | number>;

/**
 * Within the longest life of each part: what it used when it was warm, in the middle and in the end. A life that was too
 * short to grow warm is told by its last two thirds.
 */
export function withinOneLife(samples: readonly Sample[]): Row[] {
  return partsOf(samples).map((part) => {
    const life = longest(livesOf(samples, part));
    const warmAt = Math.min(warmSeconds, ageOf(life) / 3);
    const warm = life.filter(({ ageSeconds }) => ageSeconds >= warmAt);
    const [first, middle, last] = [warm[0], warm[Math.floor(warm.length / 2)], warm.at(-1)];
    const growth = (of: (sample: Sample) => number) => (first && last ? of(last) - of(first) : 0);
    return {
      ...{ part, first: told(first), middle: told(middle), last: told(last) },
      ...{ 'growth, MB': growth((one) => one.memoryMb), 'growth, handles': growth((one) => one.handles) },
    };
  });
}

/** Over the lives of each part: what the first and the last used at the same age, the greatest that both have reached. */
export function overLives(samples: readonly Sample[]): Row[] {
  return partsOf(samples).flatMap((part) => {
    const lives = livesOf(samples, part);
    const [first, last] = [lives[0] ?? [], lives.at(-1) ?? []];
    if (lives.length < 2) return [];
    const age = Math.min(ageOf(first), ageOf(last));
    const at = (life: readonly Sample[]) => told(life.findLast(({ ageSeconds }) => ageSeconds <= age) ?? life[0]);
    return [{ part, lives: lives.length, 'first life': at(first), 'last life': at(last) }];
  });
}

const partsOf = (samples: readonly Sample[]): string[] => [...new Set(samples.map(({ part }) => part))];

/** In order of time. */
const livesOf = (samples: readonly Sample[], part: string): Sample[][] => [
  ...Map.groupBy(
    samples.filter((one) => one.part === part),
    ({ pid }) => pid,
  ).values(),
];

const ageOf = (life: readonly Sample[]): number => life.at(-1)?.ageSeconds ?? 0;
const longest = (lives: readonly Sample[][]): Sample[] => lives.reduce((a, b) => (ageOf(b) > ageOf(a) ? b : a));
const told = (sample: Sample | undefined): string =>
  sample ? `${sample.memoryMb} MB, ${sample.handles} handles at ${sample.ageSeconds} s` : '';
