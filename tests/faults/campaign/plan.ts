import type { TemporalKind } from '../../../bench/load/place.ts';

/** What may happen to an installation, and how it is undone. */
const faultKinds = [
  'worker-killed',
  'worker-stopped',
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
  'amocrm-slow',
  'ami-cut',
  'ami-cut-mid-click',
  'cache-full',
] as const;
export type FaultKind = (typeof faultKinds)[number] | 'postgres-killed';

/** Where there is a PostgreSQL it may die too. */
export const faultKindsOn: Record<TemporalKind, readonly FaultKind[]> = {
  'dev-server': faultKinds,
  postgres: [...faultKinds, 'postgres-killed'],
};

export interface PlannedFault {
  kind: FaultKind;
  /** After the beginning. */
  atMs: number;
  lastsMs: number;
}

export interface Campaign {
  seed: number;
  seconds: number;
  /** Calls. */
  perSecond: number;
  /** On average; the first of them makes amoCRM's contact, lead and task, the others find them. */
  callsOfNumber: number;
  clickEverySeconds: number;
  /** On average. */
  faultEverySeconds: number;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Each kind as often as another, in an order of the seed's; the last ones early enough to be lived through. */
export function planOf(
  { seed, seconds, faultEverySeconds }: Campaign,
  faultKinds: readonly FaultKind[],
): PlannedFault[] {
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

export interface PlannedCaller {
  scenario: string;
  /** Ten digits. */
  phone: string;
}

export interface PlannedClick extends PlannedCaller {
  /** The PBX does not make the call. */
  isRefused: boolean;
  /** Whether the PBX has begun the call, should the connection go before its answer. */
  isMadeUnanswered: boolean;
}

const scenarios = ['in-direct-answered', 'in-direct-no-answer', 'rg-second-answers', 'in-caller-cancel'];
const quietScenarios = ['in-direct-answered', 'in-direct-no-answer', 'in-direct-answered', 'in-direct-no-answer'];
const clickScenarios = ['ctc-both', 'ctc-client-no-answer', 'ctc-manager-no-answer'];

/** Clients, and which of them amoCRM knows from the beginning. */
export function clientsOf({
  seed,
  seconds,
  perSecond,
  callsOfNumber,
}: Campaign): { phone: string; isKnown: boolean }[] {
  const random = randomOf(seed + 1);
  const count = Math.ceil((seconds * perSecond) / callsOfNumber);
  return Array.from({ length: count }, (_, index) => ({ phone: phoneOf('903', index, seed), isKnown: random() < 0.5 }));
}

/** Who calls, one after another, without an end. */
export function* callersOf(campaign: Campaign): Generator<PlannedCaller, never> {
  const random = randomOf(campaign.seed + 2);
  const clients = clientsOf(campaign);
  for (;;) yield { scenario: oneOf(scenarios, random), phone: oneOf(clients, random).phone };
}

/** Who calls when everything works: phones ring or are talked on for three seconds, and nobody of them calls else. */
export function quietCallersOf({ seed }: Campaign): PlannedCaller[] {
  return quietScenarios.map((scenario, index) => ({ scenario, phone: phoneOf('926', index, seed) }));
}

/** Whom an employee clicks on, one after another, without an end; nobody twice. */
export function* clicksOf({ seed }: Campaign): Generator<PlannedClick, never> {
  const random = randomOf(seed + 3);
  for (let index = 0; ; index++) {
    const [scenario, phone] = [oneOf(clickScenarios, random), phoneOf('916', index, seed)];
    yield { scenario, phone, isRefused: random() < 0.2, isMadeUnanswered: random() < 0.5 };
  }
}

/** No two indexes have the same: of a prime step all numbers are met once. */
const phoneOf = (code: string, index: number, seed: number): string =>
  `${code}${String((index * 7_654_321 + seed * 1_299_709) % 1e7).padStart(7, '0')}`;

const oneOf = <T>(items: readonly T[], random: () => number): T => items[Math.floor(random() * items.length)] as T;

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
