/** Keeps a list in order of row id; rows mostly come in order, so this mostly appends. */
export function insertByRowId<T extends { rowId: number }>(list: T[], item: T): void {
  let at = list.length;
  while (at > 0 && (list[at - 1] as T).rowId > item.rowId) at--;
  list.splice(at, 0, item);
}
