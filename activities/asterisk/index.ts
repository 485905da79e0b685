import { log, sleep } from '@temporalio/activity';
import type { Pool } from 'mysql2/promise';
import type { CdrRow } from '../../proto/cdr.ts';
import { type CelRow, readCelRow } from '../../proto/cel.ts';
import { uniqueidToUtcMs, utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { type CdrTable, openCdrTable } from './cdr-table.ts';
import { type CelTable, openCelTable } from './cel-table.ts';
import { PbxDatabaseError } from './pbx-database.ts';

export type AsteriskActivities = ReturnType<typeof createAsteriskActivities>;

export interface PbxTables {
  pool: Pool;
  celTable: string;
  cdrTable: string;
  timezone: string;
}

export interface CallEndRequest {
  pbxId: string;
  linkedid: string;
  /** Rows that the call has already; only others come back. */
  knownRowIds: number[];
  /** False if the first row of the call is not among them: it is looked for as far back as the call can have begun. */
  beginningSeen: boolean;
  /** Its channels, by which CDR is found. */
  uniqueids: string[];
  /** How long the first CDR row is waited for. */
  cdrWaitMs: number;
}

export interface CallEnd {
  rows: CelRow[];
  cdr: CdrRow[];
}

const cdrPollMs = 250;
/** Rows of one call lie close together; this many ids before its first known row are looked at again. */
const lookBackIds = 1_000;

/** Holds although the zone is configured wrongly. */
const clockMarginMs = 26 * 3_600_000;

/** What the workflows read of a PBX. */
export function createAsteriskActivities(tablesOf: (pbxId: string) => PbxTables) {
  const opened = new Map<string, Promise<OpenTables>>();
  const open = (pbxId: string): Promise<OpenTables> => {
    const tables = opened.get(pbxId) ?? openTables(tablesOf(pbxId));
    opened.set(pbxId, tables);
    return tables;
  };
  return {
    /** What the tables say once the call has ended: rows that were missed on the way, and CDR. */
    async readCallEnd(request: CallEndRequest): Promise<CallEnd> {
      try {
        const { cel, cdr, timezone } = await open(request.pbxId);
        return { cdr: await waitForCdr(cdr, request), rows: await missedRows(cel, timezone, request) };
      } catch (error) {
        opened.delete(request.pbxId); // the layout may have changed
        throw error;
      }
    },
  };
}

interface OpenTables {
  cel: CelTable;
  /** undefined if there is none to be read: calls are told without it. */
  cdr: CdrTable | undefined;
  timezone: string;
}

async function openTables({ pool, celTable, cdrTable, timezone }: PbxTables): Promise<OpenTables> {
  return { cel: await openCelTable(pool, celTable), cdr: await openCdrIfAny(pool, cdrTable), timezone };
}

async function openCdrIfAny(pool: Pool, cdrTable: string): Promise<CdrTable | undefined> {
  try {
    return await openCdrTable(pool, cdrTable);
  } catch (error) {
    if (!(error instanceof PbxDatabaseError && error.isLasting)) throw error;
    log.warn('Calls are told without CDR', { reason: error.message });
    return undefined;
  }
}

async function missedRows(cel: CelTable, timezone: string, request: CallEndRequest): Promise<CelRow[]> {
  const known = new Set(request.knownRowIds);
  const fromId = await firstIdToRead(cel, timezone, request);
  const readings = (await cel.ofCall(request.linkedid, fromId)).map((raw) => readCelRow(raw, timezone));
  return readings.flatMap((reading) => ('row' in reading && !known.has(reading.row.id) ? [reading.row] : []));
}

async function firstIdToRead(cel: CelTable, timezone: string, request: CallEndRequest): Promise<number> {
  const { knownRowIds, beginningSeen, linkedid } = request;
  const startedAtMs = uniqueidToUtcMs(linkedid);
  if (!beginningSeen && startedAtMs !== undefined) {
    const before = await cel.lastBefore(utcMsToPbxTime(startedAtMs - clockMarginMs, timezone));
    return before?.id ?? 0;
  }
  const lowestId = knownRowIds.reduce((lowest, id) => Math.min(lowest, id), Number.MAX_SAFE_INTEGER);
  return Math.max(0, lowestId - lookBackIds);
}

/** CDR mostly precedes LINKEDID_END by milliseconds, but sometimes follows it; some calls never get any. */
async function waitForCdr(table: CdrTable | undefined, { uniqueids, cdrWaitMs }: CallEndRequest): Promise<CdrRow[]> {
  for (let waitedMs = 0; table; waitedMs += cdrPollMs) {
    const rows = await table.ofChannels(uniqueids);
    if (rows.length > 0 || waitedMs >= cdrWaitMs) return rows;
    await sleep(cdrPollMs);
  }
  return [];
}
