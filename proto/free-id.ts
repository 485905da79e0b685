const longestId = 40;

/**
 * An id for something new in the settings that people have named.
 *
 * @param fallback where the name has no letter that ids may have
 * @param taken by what is there already
 */
export function freeId(name: string, fallback: string, taken: readonly { id: string }[]): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const id = (words || fallback).slice(0, longestId - 3);
  const ids = [id, ...Array.from({ length: taken.length }, (_, index) => `${id}-${index + 2}`)];
  return ids.find((one) => !taken.some((other) => other.id === one)) ?? id;
}
