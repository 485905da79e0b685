import type { NumberList } from '../../proto/rule.ts';

/** Ids of the lists that have this phone, or its beginning. @param phone digits with the country code */
export function listsWith(phone: string, lists: readonly NumberList[]): string[] {
  const isMeant = (entry: string) => (entry.endsWith('*') ? phone.startsWith(entry.slice(0, -1)) : phone === entry);
  return lists.filter(({ numbers }) => numbers.some(isMeant)).map(({ id }) => id);
}
