import { type CelRow, readCelRow } from '../../proto/cel.ts';
import { pbxTimeToUtcMs, uniqueidToUtcMs, utcMsToPbxTime } from '../../proto/pbx-time.ts';
import type { CelTable, IdRange, RawCel } from './cel-table.ts';

export interface CallRowsRequest {
  pbxId: string;
  /** All that are one call; the first is the oldest. */
  linkedids: string[];
  /** Rows that the call has already; only others come back. */
  knownRowIds: number[];
  /** False if the first row of the call is not among them: it is looked for as far back as the call can have begun. */
  beginningSeen: boolean;
  /** Goes on where an earlier answer stopped. */
  fromId?: number;
}

export interface CallRows {
  rows: CelRow[];
  /** Where to go on, if there are more than one answer holds. */
  nextId?: number;
}

/** An answer must fit into what Temporal carries (2 MB). */
const rowsPerPage = 1_000;
/**
 * So many ids are looked through at a time, without an index that need not be there: some milliseconds of the PBX's
 * database. Old calls lie far from the table's end, so nobody reads on to it.
 */
const windowIds = 10_000;
/** Rows of one call lie close together; this many ids around its known rows are looked at again. */
const nearIds = 1_000;
/** Holds although the zone is configured wrongly. */
export const clockMarginMs = 26 * 3_600_000;
/** Longer than any call is followed without a row: one whose end was never written ends here. */
const mostSilentMs = 73 * 3_600_000;

/** Rows of a call that its actor has not been brought: from its first known one on, until all its linkedids have ended. */
export async function missedRows(cel: CelTable, timezone: string, request: CallRowsRequest): Promise<CallRows> {
  const known = new Set(request.knownRowIds);
  const rows: CelRow[] = [];
  const endIds = new Map<string, number>();
  let latest: RawCel | undefined;
  let fromId = request.fromId ?? (await firstIdToRead(cel, timezone, request));
  for (;;) {
    const window = windowFrom(fromId);
    const page = await cel.ofCalls(request.linkedids, window, rowsPerPage);
    rows.push(...page.filter(({ id }) => !known.has(id)).flatMap((raw) => parsed(raw, timezone)));
    latest = page.at(-1) ?? latest;
    for (const { id, eventtype, linkedid } of page) if (eventtype === 'LINKEDID_END') endIds.set(linkedid, id);
    if (page.length === rowsPerPage) {
      fromId = (latest as RawCel).id + 1;
      if (rows.length > 0) return { rows, nextId: fromId };
      continue;
    }
    const isEnded = request.linkedids.every(
      (linkedid) => (endIds.get(linkedid) ?? window.toId) + nearIds < window.toId,
    );
    const next = isEnded ? undefined : await nextRow(cel, timezone, window, latest);
    if (!next) return { rows };
    fromId = next.id;
  }
}

/**
 * The linkedids under which channels have rows, by channel: until each of them is gone.
 *
 * @param uniqueids each telling when its channel was made
 */
export async function linkedidsOf(
  cel: CelTable,
  timezone: string,
  uniqueids: readonly string[],
): Promise<Record<string, string[]>> {
  const found = new Map(uniqueids.map((uniqueid): [string, Set<string>] => [uniqueid, new Set()]));
  const open = new Set(uniqueids);
  const createdAtMs = uniqueids.map((uniqueid) => uniqueidToUtcMs(uniqueid) ?? 0);
  let fromId = await firstIdAt(cel, timezone, Math.min(...createdAtMs));
  let latest: RawCel | undefined;
  for (;;) {
    const window = windowFrom(fromId);
    const spans = await cel.channelsAmong(uniqueids, window);
    for (const { uniqueid, linkedid, is_ended } of spans) {
      if (linkedid) found.get(String(uniqueid))?.add(String(linkedid));
      if (Number(is_ended) === 1) open.delete(String(uniqueid));
    }
    latest = spans.toSorted((a, b) => b.id - a.id)[0] ?? latest;
    const next = open.size === 0 ? undefined : await nextRow(cel, timezone, window, latest, Math.max(...createdAtMs));
    if (!next) return Object.fromEntries([...found].map(([uniqueid, linkedids]) => [uniqueid, [...linkedids]]));
    fromId = next.id;
  }
}

/** An id below all rows that were written from that moment on. */
export async function firstIdAt(cel: CelTable, timezone: string, utcMs: number): Promise<number> {
  if (utcMs <= clockMarginMs) return 0;
  return (await cel.lastBefore(utcMsToPbxTime(utcMs - clockMarginMs, timezone)))?.id ?? 0;
}

export const windowFrom = (fromId: number): IdRange => ({ fromId, toId: fromId + windowIds - 1 });

/** A row that can't be read tells nothing here: the connector has kept and told it. */
export function parsed(raw: RawCel, timezone: string): CelRow[] {
  const reading = readCelRow(raw, timezone);
  return 'row' in reading ? [reading.row] : [];
}

/**
 * The first row behind a window.
 *
 * @param latest of what is looked for
 * @param soonestMs the same as long as nothing was found, ms UTC
 * @returns undefined at the end of the table, and where what is looked for was silent for too long
 */
async function nextRow(
  cel: CelTable,
  timezone: string,
  { toId }: IdRange,
  latest: RawCel | undefined,
  soonestMs?: number,
): Promise<RawCel | undefined> {
  const next = await cel.firstFrom(toId + 1);
  const fromMs = (latest && timeOf(latest, timezone)) ?? (soonestMs && soonestMs + clockMarginMs);
  const atMs = next && timeOf(next, timezone);
  return fromMs !== undefined && atMs !== undefined && atMs - fromMs > mostSilentMs ? undefined : next;
}

const timeOf = (row: RawCel, timezone: string) => pbxTimeToUtcMs(String(row.eventtime ?? ''), timezone);

async function firstIdToRead(cel: CelTable, timezone: string, request: CallRowsRequest): Promise<number> {
  const { knownRowIds, beginningSeen, linkedids } = request;
  const startedAtMs = uniqueidToUtcMs(linkedids[0] ?? '');
  if (!beginningSeen && startedAtMs !== undefined) return firstIdAt(cel, timezone, startedAtMs);
  const lowestId = knownRowIds.reduce((lowest, id) => Math.min(lowest, id), Number.MAX_SAFE_INTEGER);
  return Math.max(0, lowestId - nearIds);
}
