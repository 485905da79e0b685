import type { NumberList } from '../../proto/rule.ts';

/** Lists have tens of thousands of numbers, and hold for many calls. */
const entriesOf = new WeakMap<NumberList, ReadonlySet<string>>();

/** Ids of the lists that have this phone, or its beginning. @param phone digits with the country code */
export function listsWith(phone: string, lists: readonly NumberList[]): string[] {
  const beginnings = Array.from(phone, (_, index) => `${phone.slice(0, index + 1)}*`);
  const fitting = [phone, ...beginnings];
  return lists.filter((list) => fitting.some((entry) => entries(list).has(entry))).map(({ id }) => id);
}

function entries(list: NumberList): ReadonlySet<string> {
  const known = entriesOf.get(list) ?? new Set(list.numbers);
  entriesOf.set(list, known);
  return known;
}
