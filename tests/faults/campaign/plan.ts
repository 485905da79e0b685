/** What may happen to an installation, and how it is undone. */
export const faultKinds = [
  'worker-killed',
  'connector-killed',
  'api-killed',
  'temporal-killed',
  'redis-killed',
  'redis-emptied',
  'mysql-killed',
  'clock-stepped',
  'amocrm-429',
  'amocrm-500',
  'amocrm-403',
  'amocrm-hangs',
  'amocrm-cuts-after',
  'amocrm-says-nothing',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface PlannedFault {
  kind: FaultKind;
  /** After the beginning. */
  atMs: number;
  lastsMs: number;
}

export interface Campaign {
  seed: number;
  seconds: number;
  perSecond: number;
  /** On average. */
  faultEverySeconds: number;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Each kind as often as another, in an order of the seed's; the last ones early enough to be lived through. */
export function planOf({ seed, seconds, faultEverySeconds }: Campaign): PlannedFault[] {
  const random = randomOf(seed);
  const count = Math.floor(seconds / faultEverySeconds);
  const kinds: FaultKind[] = [];
  while (kinds.length < count) kinds.push(...shuffled(faultKinds, random));
  return kinds.slice(0, count).map((kind, index) => ({
    kind,
    atMs: Math.round((index + random() * 0.8) * faultEverySeconds * 1_000),
    lastsMs: Math.round(500 + random() * 3_500),
  }));
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
