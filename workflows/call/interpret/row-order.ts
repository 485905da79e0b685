/** Keeps a list in order of row id; rows mostly come in order, so this mostly appends. */
export function insertByRowId<T extends { rowId: number }>(list: T[], item: T): void {
  let at = list.length;
  while (at > 0 && (list[at - 1] as T).rowId > item.rowId) at--;
  list.splice(at, 0, item);
}

/** How many of a list in order of row id come before a row. */
export function countBefore<T>(list: readonly T[], rowId: number, rowIdOf: (item: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rowIdOf(list[middle] as T) < rowId) low = middle + 1;
    else high = middle;
  }
  return low;
}
