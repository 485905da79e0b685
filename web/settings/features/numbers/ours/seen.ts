import type { paths } from '../../../../../proto/generated/api.ts';
import type { OurNumber, OurNumbers } from '../../../../../proto/our-number.ts';
import { bodyOf } from '../../../../kit/api.ts';
import { api } from '../../../app/api.ts';

export type SeenNumber =
  paths['/api/accounts/{account}/numbers']['get']['responses'][200]['content']['application/json'][number];

/** The numbers by which calls came, and those that the PBXs' descriptions name. */
export const seenQuery = (account: string) => ({
  queryKey: ['numbers', account],
  queryFn: () => bodyOf(api.GET('/api/accounts/{account}/numbers', { params: { path: { account } } })),
});

/** One number of ours, as the page shows it. */
export interface Entry {
  key: string;
  /** On each PBX that has it; empty for one that only the settings name. */
  seen: SeenNumber[];
  /** null: not for whoever asks. */
  calls: number | null;
  lastAtMs: number | null;
}

/** Those that were called last first, then those that are only named. @param named in the settings, or just now */
export function entriesOf(seen: readonly SeenNumber[], named: readonly string[]): Entry[] {
  const byKey = Map.groupBy(seen, ({ key }) => key);
  const keys = [...new Set([...named, ...byKey.keys()])];
  const entries = keys.map((key): Entry => {
    const here = byKey.get(key) ?? [];
    const moments = here.flatMap(({ lastAtMs }) => lastAtMs ?? []);
    return {
      ...{ key, seen: here, calls: sumOf(here.map(({ calls }) => calls)) },
      lastAtMs: moments.length > 0 ? Math.max(...moments) : null,
    };
  });
  return entries.toSorted((a, b) => (b.lastAtMs ?? 0) - (a.lastAtMs ?? 0) || (a.key < b.key ? -1 : 1));
}

function sumOf(counts: readonly (number | null)[]): number | null {
  return counts.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}

/** What is said of a number; fields that are left empty say nothing, and a number of which nothing is said is left out. */
export function withNumber(
  numbers: OurNumbers,
  key: string,
  changes: Partial<Record<keyof OurNumber, unknown>>,
): OurNumbers {
  const number = { ...numbers[key], ...changes };
  const said = Object.entries(number).filter(
    ([, value]) =>
      value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  const { [key]: _, ...others } = numbers;
  return said.length === 0 ? others : { ...others, [key]: Object.fromEntries(said) as OurNumber };
}
