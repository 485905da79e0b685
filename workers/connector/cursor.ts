import type { IdRange } from '../../activities/asterisk/cel-table.ts';

/**
 * How far the CEL table has been read. Ids are given out before rows become visible, so a row may appear behind
 * rows with higher ids: each id that was jumped over stays awaited for a while.
 */
export interface Cursor {
  /** The newest row that was read; null before the first. It is read again each time, to notice ids that restart. */
  anchor: Anchor | null;
  gaps: Gap[];
  /** When this PBX was read for the first time, ms UTC; undefined if that isn't known any more. */
  beganAtMs?: number;
  /** Since the database came back from a copy: reading goes back to that moment, ms UTC. */
  rereadFromMs?: number;
  /** To which Temporal the rows were brought, by the id of its namespace; undefined before that was noted. */
  temporalId?: string;
}

export interface Anchor {
  id: number;
  uniqueid: string;
  eventType: string;
  /** PBX wall clock, as written. */
  eventTime: string;
}

interface Gap extends IdRange {
  sinceMs: number;
}

/** Longer than any transaction that writes one row; ids of rolled-back inserts never come. */
export const gapPatienceMs = 10 * 60_000;
/** Two PBXs in one cluster leave out every other id: then patience ends with the oldest holes. */
const mostGaps = 500;

export const noCursor: Cursor = { anchor: null, gaps: [] };

/** The id from which the next read begins. */
export function nextReadFrom(cursor: Cursor): number {
  return cursor.anchor?.id ?? 0;
}

/** The cursor after these rows have been delivered, which came in the order of their ids. */
export function advance(cursor: Cursor, rows: readonly Anchor[], nowMs: number): Cursor {
  const previousId = cursor.anchor?.id;
  const isNewer = (row: Anchor) => previousId === undefined || row.id > previousId;
  const newer = rows.filter(isNewer);
  let gaps = cursor.gaps.filter((gap) => nowMs - gap.sinceMs < gapPatienceMs);
  for (const row of rows) if (!isNewer(row)) gaps = gaps.flatMap((gap) => without(gap, row.id));
  return {
    ...cursor,
    anchor: newer.at(-1) ?? cursor.anchor,
    gaps: [...gaps, ...holes(previousId ?? 0, newer, nowMs)].slice(-mostGaps),
  };
}

function without(gap: Gap, id: number): Gap[] {
  if (id < gap.fromId || id > gap.toId) return [gap];
  const parts = [
    { ...gap, toId: id - 1 },
    { ...gap, fromId: id + 1 },
  ];
  return parts.filter((part) => part.fromId <= part.toId);
}

function holes(previousId: number, rows: readonly Anchor[], sinceMs: number): Gap[] {
  const gaps: Gap[] = [];
  let lastId = previousId;
  for (const { id } of rows) {
    if (id > lastId + 1) gaps.push({ fromId: lastId + 1, toId: id - 1, sinceMs });
    lastId = id;
  }
  return gaps;
}

/**
 * True if the table was emptied or restored since the anchor was read, so that its ids began anew. A row that is just
 * gone was cleaned up with the others of its age.
 *
 * @param edges the rows with the lowest and the highest id; undefined in an empty table, which tells nothing yet
 */
export function idsRestarted(
  anchor: Anchor,
  rowAtAnchor: Anchor | undefined,
  edges: { first: Anchor; newest: Anchor } | undefined,
): boolean {
  if (rowAtAnchor) return !isSameRow(anchor, rowAtAnchor);
  if (!edges) return false;
  const { first, newest } = edges;
  return newest.id < anchor.id || (first.id < anchor.id && first.eventTime > anchor.eventTime);
}

function isSameRow(a: Anchor, b: Anchor): boolean {
  return a.uniqueid === b.uniqueid && a.eventType === b.eventType && a.eventTime === b.eventTime;
}
