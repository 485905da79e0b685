import type { Sample } from './watch.ts';

/** Until then a process loads what it needs, and its caches fill. */
const warmSeconds = 180;

/** Medians of three, of which one may be an outlier. */
const fewestOfThird = 3;
/** Between the thirds of a life: more than the collector of garbage leaves lying, and by more than a share of it. */
const growth = { share: 0.05, memoryMb: 8, handles: 5 };
/** Servers that keep what has happened are larger the more there was, as they shall be: only told. */
const keepers = new Set(['temporal', 'postgres', 'mysql']);

type Row = Record<string, string | number>;

/** Of one part: `grows` is a fault, in words; undefined where a life was too short to tell. */
export interface Verdict {
  part: string;
  grows: string[] | undefined;
}

/**
 * Whether what a part uses goes on growing, within its longest life, from when it was warm: caches that fill come to an end,
 * and what a collector of garbage has not yet taken goes up and down. So the last third must be above the middle one, and
 * that above the first, each by its median.
 */
export function judged(samples: readonly Sample[]): Verdict[] {
  const parts = partsOf(samples).filter((part) => !keepers.has(part));
  return parts.map((part) => {
    const warm = longest(livesOf(samples, part)).filter(({ ageSeconds }) => ageSeconds >= warmSeconds);
    const length = Math.floor(warm.length / 3);
    if (length < fewestOfThird) return { part, grows: undefined };
    const thirds = [warm.slice(0, length), warm.slice(length, -length), warm.slice(-length)];
    const medians = (of: (sample: Sample) => number) => thirds.map((third) => median(third.map(of)));
    const minutes = Math.round((ageOf(warm) - (warm[0]?.ageSeconds ?? 0)) / 60);
    const tell = (what: string, values: number[], least: number) =>
      rises(values, least) ? [`${part} grows: ${values.join(', then ')} ${what} within ${minutes} minutes`] : [];
    return {
      part,
      grows: [
        ...tell('MB', medians(memoryOf), growth.memoryMb),
        ...tell('handles', medians(handlesOf), growth.handles),
      ],
    };
  });
}

const rises = (values: readonly number[], least: number): boolean =>
  values.every((value, index) => {
    const before = values[index - 1];
    return before === undefined || value - before > Math.max(least, before * growth.share);
  });

const memoryOf = ({ memoryMb }: Sample): number => memoryMb;
const handlesOf = ({ handles }: Sample): number => handles;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

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
    const gained = (of: (sample: Sample) => number) => (first && last ? of(last) - of(first) : 0);
    return {
      ...{ part, first: told(first), middle: told(middle), last: told(last) },
      ...{ 'growth, MB': gained(memoryOf), 'growth, handles': gained(handlesOf) },
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
