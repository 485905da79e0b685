import type { Pool, RowDataPacket } from 'mysql2/promise';
import { optionalCelColumns, requiredCelColumns } from '../../proto/cel.ts';
import { columnsOf, PbxDatabaseError, queryPbx, quotedTable } from './pbx-database.ts';

/** Without the local clock: one hour of the year it happens twice. */
const nowMs = "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000";

/** A row as read, not parsed yet. */
export type RawCel = RowDataPacket & { id: number };

export interface IdRange {
  fromId: number;
  toId: number;
}

export interface CelPage {
  rows: RawCel[];
  /** Now by the clock of the database, ms UTC. */
  databaseNowMs: number;
}

export type CelTable = Awaited<ReturnType<typeof openCelTable>>;

/**
 * The CEL table of a PBX. No index may be added to it, so everything is found by the primary key.
 *
 * @throws PbxDatabaseError, naming required columns that are missing
 */
export async function openCelTable(pool: Pool, table: string) {
  const present = await columnsOf(pool, table);
  const missing = requiredCelColumns.filter((column) => !present.has(column));
  if (missing.length > 0) {
    throw new PbxDatabaseError(`The table ${table} lacks the columns ${missing.join(', ')}: is it the CEL table?`);
  }
  const optional = Object.keys(optionalCelColumns).filter((column) => present.has(column));
  const columns = [...requiredCelColumns, ...optional].join(', ');
  const from = `FROM ${quotedTable(table)}`;
  const query = (sql: string, values: unknown[]) => queryPbx<RawCel>(pool, sql, values);

  return {
    /** Optional columns that are missing, each with what is lost without it. */
    lost: Object.entries(optionalCelColumns).filter(([column]) => !present.has(column)),

    /** Rows from `fromId` on and those in the ranges, by id. */
    async read(fromId: number, ranges: readonly IdRange[], limit: number): Promise<CelPage> {
      const between = ranges.map(() => ' OR id BETWEEN ? AND ?').join('');
      const values = [fromId, ...ranges.flatMap((range) => [range.fromId, range.toId]), limit];
      // the clock comes with the rows: one round trip, and only the PBX's side knows how old its rows are
      const rows = await query(
        `SELECT ${columns}, ${nowMs} AS database_now_ms ${from} WHERE id >= ?${between} ORDER BY id LIMIT ?`,
        values,
      );
      return { rows, databaseNowMs: Number(rows[0]?.database_now_ms ?? 0) };
    },

    /** The newest row, undefined in an empty table. */
    async newest(): Promise<RawCel | undefined> {
      return (await this.latest(1))[0];
    },

    /** The newest rows, the newest first. */
    latest: (limit: number): Promise<RawCel[]> => query(`SELECT ${columns} ${from} ORDER BY id DESC LIMIT ?`, [limit]),

    /** The first row from `fromId` on: of any row in a table with holes in its ids. */
    async firstFrom(fromId: number): Promise<RawCel | undefined> {
      return (await query(`SELECT ${columns} ${from} WHERE id >= ? ORDER BY id LIMIT 1`, [fromId]))[0];
    },

    /**
     * The newest row that is older than a moment of the PBX's wall clock (`YYYY-MM-DD HH:MM:SS`); undefined if none is.
     * The ids rise with time, so it is found by bisection; no other column has an index.
     */
    async lastBefore(wallClock: string): Promise<RawCel | undefined> {
      const newest = await this.newest();
      let before: RawCel | undefined;
      let lowId = 0;
      let highId = newest ? newest.id + 1 : 0;
      while (lowId < highId) {
        const middleId = Math.floor((lowId + highId) / 2);
        const middle = await this.firstFrom(middleId);
        if (middle && middle.id < highId && (middle.eventtime ?? '') < wallClock) {
          before = middle;
          lowId = middle.id + 1;
        } else {
          highId = middleId;
        }
      }
      return before;
    },

    /** Those of these rows that are still there, by id. */
    withIds: (ids: readonly number[]): Promise<RawCel[]> =>
      ids.length === 0 ? Promise.resolve([]) : query(`SELECT ${columns} ${from} WHERE id IN (?) ORDER BY id`, [ids]),

    /** Rows of calls from `fromId` on, by id. */
    async ofCalls(linkedids: readonly string[], fromId: number, limit: number): Promise<RawCel[]> {
      const sql = `SELECT ${columns} ${from} WHERE linkedid IN (?) AND id >= ? ORDER BY id LIMIT ?`;
      return query(sql, [linkedids, fromId, limit]);
    },

    /** Every linkedid under which these channels have rows from `fromId` on, by channel. */
    async linkedidsOf(uniqueids: readonly string[], fromId: number): Promise<Record<string, string[]>> {
      const sql = `SELECT DISTINCT uniqueid, linkedid ${from} WHERE uniqueid IN (?) AND id >= ? LIMIT 1000`;
      const found = new Map(uniqueids.map((uniqueid): [string, string[]] => [uniqueid, []]));
      for (const { uniqueid, linkedid } of await query(sql, [uniqueids, fromId])) {
        if (linkedid) found.get(String(uniqueid))?.push(String(linkedid));
      }
      return Object.fromEntries(found);
    },
  };
}
