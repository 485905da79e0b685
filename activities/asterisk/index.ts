import { log, sleep } from '@temporalio/activity';
import type { Pool } from 'mysql2/promise';
import type { CdrRow } from '../../proto/cdr.ts';
import {
  type CelRow,
  isKeyPress,
  optionalCelColumns,
  requiredCelColumns,
  type ShownRow,
  type ShownRows,
  type ShownRowsRequest,
} from '../../proto/cel.ts';
import type { PbxFinding } from '../../proto/pbx-check.ts';
import { uniqueidToUtcMs } from '../../proto/pbx-time.ts';
import {
  type Beginnings,
  type BeginningsRequest,
  beginningsIn,
  beginningsOf,
  type ChosenRequest,
  type PeriodRequest,
  rangeOf,
} from './calls-of-period.ts';
import { type CdrTable, openCdrTable } from './cdr-table.ts';
import { type CelTable, type IdRange, openCelTable, type RawCel } from './cel-table.ts';
import { checkPbx, type PbxSurroundings } from './check/pbx.ts';
import { unreachable } from './check/tables.ts';
import { PbxDatabaseError } from './pbx-database.ts';
import { type CallRows, type CallRowsRequest, linkedidsOf, missedRows } from './rows-of-calls.ts';

export type AsteriskActivities = ReturnType<typeof createAsteriskActivities>;

export interface PbxTables {
  pool: Pool;
  celTable: string;
  cdrTable: string;
  timezone: string;
}

export interface PbxCheckRequest {
  pbxId: string;
  /** By it a channel is an employee's phone. */
  extensionPattern: string;
}

export interface LinkedidsRequest {
  pbxId: string;
  uniqueids: string[];
}

export interface CallEndRequest extends CallRowsRequest {
  /** Its channels, by which CDR is found. */
  uniqueids: string[];
  /** How long the first CDR row is waited for. */
  cdrWaitMs: number;
}

export interface CallEnd extends CallRows {
  cdr: CdrRow[];
  /** The linkedid of an older call that has told the first of these to its last row. */
  toldWith?: string;
}

const cdrPollMs = 250;
/**
 * What the workflows read of the PBXs.
 *
 * @param tablesOf where a PBX's rows are as things stand now; throws for a PBX that nobody knows
 * @param surroundingsOf what else there is of it
 * @param toldWith the linkedid of the call that has told a call up to a row, see the journal
 */
export function createAsteriskActivities(
  tablesOf: (pbxId: string) => Promise<PbxTables>,
  surroundingsOf: (pbxId: string) => Promise<PbxSurroundings>,
  toldWith: (pbxId: string, linkedid: string, lastRowId: number) => Promise<string | undefined>,
) {
  const opened = new Map<string, { tables: PbxTables; open: Promise<OpenTables> }>();
  const open = async (pbxId: string): Promise<OpenTables> => {
    const tables = await tablesOf(pbxId);
    const known = opened.get(pbxId);
    if (known && isSame(known.tables, tables)) return known.open;
    const fresh = { tables, open: openTables(tables) };
    opened.set(pbxId, fresh);
    return fresh.open;
  };
  const inTables = async <T>(pbxId: string, read: (tables: OpenTables) => Promise<T>): Promise<T> => {
    try {
      return await read(await open(pbxId));
    } catch (error) {
      opened.delete(pbxId); // the layout may have changed
      throw error;
    }
  };
  return {
    /** What the tables say once the call has ended: rows that were missed on the way, and CDR. */
    readCallEnd: async (request: CallEndRequest): Promise<CallEnd> => {
      const end = await inTables(request.pbxId, async ({ cel, cdr, timezone }) => ({
        cdr: await waitForCdr(cdr, request),
        ...(await missedRows(cel, timezone, request)),
      }));
      const lastRowId = Math.max(0, ...request.knownRowIds, ...end.rows.map(({ id }) => id));
      // what the PBX says must not wait for our own database
      const older = await toldWith(request.pbxId, request.linkedids[0] ?? '', lastRowId).catch(() => undefined);
      return { ...end, ...(older !== undefined && { toldWith: older }) };
    },

    /** Whether a PBX is set up as Ringflow needs it. */
    checkPbx: async ({ pbxId, extensionPattern }: PbxCheckRequest): Promise<PbxFinding[]> => {
      try {
        return await checkPbx(await tablesOf(pbxId), await surroundingsOf(pbxId), extensionPattern);
      } catch (error) {
        if (error instanceof PbxDatabaseError) return [unreachable('database', error)];
        throw error;
      }
    },

    /** Rows of a call that its actor has not been brought. */
    readRows: (request: CallRowsRequest): Promise<CallRows> =>
      inTables(request.pbxId, ({ cel, timezone }) => missedRows(cel, timezone, request)),

    /** Where the calls of a period lie. @returns null if there are none */
    findPeriod: ({ pbxId, period }: PeriodRequest): Promise<IdRange | null> =>
      inTables(pbxId, ({ cel, timezone }) => rangeOf(cel, timezone, period)),

    /** Calls that began in a period, a page. */
    readBeginnings: (request: BeginningsRequest): Promise<Beginnings> =>
      inTables(request.pbxId, ({ cel, timezone }) => beginningsIn(cel, timezone, request)),

    /** The first rows of chosen calls. */
    findBeginnings: (request: ChosenRequest): Promise<CelRow[]> =>
      inTables(request.pbxId, ({ cel, timezone }) => beginningsOf(cel, timezone, request)),

    /** Those of these rows that the PBX still has, as they stand there, for somebody who looks at them. */
    showRows: async ({ pbxId, ids }: ShownRowsRequest): Promise<ShownRows> => {
      try {
        const rows = await inTables(pbxId, ({ cel }) => cel.withIds(ids));
        return { rows: rows.filter((row) => !isKeyPress(row)).map(shownRow) };
      } catch (error) {
        if (error instanceof PbxDatabaseError) return { failure: error.message };
        throw error;
      }
    },

    /**
     * The linkedids under which channels have rows: more than one where Asterisk joined calls.
     *
     * @returns nothing for an id that does not tell when its channel was made: no index finds it
     */
    linkedidsOf: ({ pbxId, uniqueids }: LinkedidsRequest): Promise<Record<string, string[]>> =>
      inTables(pbxId, async ({ cel, timezone }) => {
        const dated = uniqueids.filter((uniqueid) => uniqueidToUtcMs(uniqueid) !== undefined);
        return dated.length === 0 ? {} : linkedidsOf(cel, timezone, dated);
      }),
  };
}

const shownColumns = [...requiredCelColumns, ...Object.keys(optionalCelColumns)].filter((column) => column !== 'id');
/** Of a column: many rows have to fit into one answer. */
const mostShown = 2_000;

function shownRow(row: RawCel): ShownRow {
  const filled = shownColumns.filter((column) => (row[column] ?? '') !== '');
  const columns = filled.map((column) => [column, String(row[column]).slice(0, mostShown)]);
  return { id: row.id, columns: Object.fromEntries(columns) };
}

interface OpenTables {
  cel: CelTable;
  /** undefined if there is none to be read: calls are told without it. */
  cdr: CdrTable | undefined;
  timezone: string;
}

function isSame(one: PbxTables, other: PbxTables): boolean {
  return (['pool', 'celTable', 'cdrTable', 'timezone'] as const).every((what) => one[what] === other[what]);
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

/** CDR mostly precedes LINKEDID_END by milliseconds, but sometimes follows it; some calls never get any. */
async function waitForCdr(table: CdrTable | undefined, { uniqueids, cdrWaitMs }: CallEndRequest): Promise<CdrRow[]> {
  for (let waitedMs = 0; table; waitedMs += cdrPollMs) {
    const rows = await table.ofChannels(uniqueids);
    if (rows.length > 0 || waitedMs >= cdrWaitMs) return rows;
    await sleep(cdrPollMs);
  }
  return [];
}
