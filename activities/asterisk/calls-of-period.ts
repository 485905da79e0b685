import type { BackfillPeriod } from '../../proto/backfill.ts';
import type { CelRow } from '../../proto/cel.ts';
import { pbxTimeToUtcMs, uniqueidToUtcMs } from '../../proto/pbx-time.ts';
import type { CelTable, IdRange } from './cel-table.ts';
import { isInOrder } from './order-of-rows.ts';
import { clockMarginMs, firstIdAt, parsed, windowFrom } from './rows-of-calls.ts';

export interface PeriodRequest {
  pbxId: string;
  period: BackfillPeriod;
}

export interface BeginningsRequest extends PeriodRequest {
  range: IdRange;
  limit: number;
}

export interface Beginnings {
  /** The first row of each call. */
  rows: CelRow[];
  /** Where to go on; undefined: the range is read to its end. */
  nextId?: number;
}

export interface ChosenRequest {
  pbxId: string;
  linkedids: string[];
}

/** One answer looks through so many windows at most, so that whoever asks sees it move. */
const mostWindows = 100;

/**
 * Ids among which the calls of a period begin; found by bisection, unless rows were put back under newer ids: then it is
 * the whole table. @returns null if there are none
 */
export async function rangeOf(
  cel: CelTable,
  timezone: string,
  { fromMs, toMs }: BackfillPeriod,
): Promise<IdRange | null> {
  if (!(await isInOrder(cel, timezone))) return { fromId: 0, toId: (await cel.newest())?.id ?? 0 };
  const fromId = await firstIdAt(cel, timezone, fromMs);
  const toId = await firstIdAt(cel, timezone, toMs + 2 * clockMarginMs);
  return toId > fromId ? { fromId, toId } : null;
}

/** A page of the calls that began in a period, in the order of the table. */
export async function beginningsIn(
  cel: CelTable,
  timezone: string,
  { period, range, limit }: BeginningsRequest,
): Promise<Beginnings> {
  let { fromId } = range;
  for (let windows = 0; windows < mostWindows; windows++) {
    const next = await cel.firstFrom(fromId); // over holes
    if (!next || next.id > range.toId) return { rows: [] };
    const toId = Math.min(windowFrom(next.id).toId, range.toId);
    const page = await cel.beginnings({ fromId: next.id, toId }, limit);
    fromId = page.length === limit ? (page.at(-1)?.id ?? toId) + 1 : toId + 1;
    const rows = page.flatMap((raw) => parsed(raw, timezone)).filter((row) => beganIn(row, period));
    if (rows.length > 0) return { rows, ...(fromId <= range.toId && { nextId: fromId }) };
  }
  return { rows: [], nextId: fromId };
}

/** The first rows of these calls; one that the table does not have (any more) is missing. */
export async function beginningsOf(
  cel: CelTable,
  timezone: string,
  { linkedids }: Pick<ChosenRequest, 'linkedids'>,
): Promise<CelRow[]> {
  if (!(await isInOrder(cel, timezone))) return beginningsAnywhere(cel, timezone, linkedids);
  const rows: CelRow[] = [];
  for (const linkedid of linkedids) rows.push(...(await beginningOf(cel, timezone, linkedid)));
  return rows;
}

/** Looks through the whole table, once for all of them. */
async function beginningsAnywhere(cel: CelTable, timezone: string, linkedids: readonly string[]): Promise<CelRow[]> {
  const found = new Map<string, CelRow>();
  let next = await cel.firstFrom(0);
  while (next && found.size < linkedids.length) {
    const window = windowFrom(next.id);
    const rows = (await cel.beginningsOf(linkedids, window)).flatMap((raw) => parsed(raw, timezone));
    for (const row of rows) if (!found.has(row.linkedid)) found.set(row.linkedid, row);
    next = await cel.firstFrom(window.toId + 1);
  }
  return [...found.values()];
}

async function beginningOf(cel: CelTable, timezone: string, linkedid: string): Promise<CelRow[]> {
  const createdAtMs = uniqueidToUtcMs(linkedid);
  if (createdAtMs === undefined) return [];
  let fromId = await firstIdAt(cel, timezone, createdAtMs);
  for (;;) {
    const window = windowFrom(fromId);
    const [first] = await cel.beginningsOf([linkedid], window);
    if (first) return parsed(first, timezone);
    const next = await cel.firstFrom(window.toId + 1);
    const atMs = next && pbxTimeToUtcMs(String(next.eventtime ?? ''), timezone);
    if (!next || (atMs ?? 0) > createdAtMs + clockMarginMs) return [];
    fromId = next.id;
  }
}

/** The id says when, whatever the zone that was set for the PBX. */
function beganIn({ linkedid, eventAtMs }: CelRow, { fromMs, toMs }: BackfillPeriod): boolean {
  const beganAtMs = uniqueidToUtcMs(linkedid) ?? eventAtMs;
  return beganAtMs >= fromMs && beganAtMs < toMs;
}
