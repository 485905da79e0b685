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

    /** The times of the first rows from each of these ids on, in one question; in their order, without what is no time. */
    async timesFrom(ids: readonly number[]): Promise<string[]> {
      const one = `(SELECT eventtime ${from} WHERE id >= ? ORDER BY id LIMIT 1)`;
      const rows = await query(ids.map(() => one).join(' UNION ALL '), [...ids]);
      return rows.map(({ eventtime }) => String(eventtime ?? ''));
    },

    /** From an id on, of each so many ids: the earliest and the latest time; by id. */
    async timesOfEach(fromId: number, idsTogether: number): Promise<{ earliest: string; latest: string }[]> {
      const sql = `SELECT id DIV ? AS part, MIN(eventtime) AS earliest, MAX(eventtime) AS latest
        ${from} WHERE id >= ? AND eventtime > '1970-01-02' GROUP BY part ORDER BY part`;
      const rows = await query(sql, [idsTogether, fromId]);
      return rows.map(({ earliest, latest }) => ({ earliest: String(earliest), latest: String(latest) }));
    },

    /** Those of these rows that are still there, by id. */
    withIds: (ids: readonly number[]): Promise<RawCel[]> =>
      ids.length === 0 ? Promise.resolve([]) : query(`SELECT ${columns} ${from} WHERE id IN (?) ORDER BY id`, [ids]),

    /** Rows of calls among these ids, by id. */
    ofCalls(linkedids: readonly string[], { fromId, toId }: IdRange, limit: number): Promise<RawCel[]> {
      const sql = `SELECT ${columns} ${from} WHERE linkedid IN (?) AND id BETWEEN ? AND ? ORDER BY id LIMIT ?`;
      return query(sql, [linkedids, fromId, toId, limit]);
    },

    /** Among these ids: the rows with which calls begin, by id. */
    beginnings({ fromId, toId }: IdRange, limit: number): Promise<RawCel[]> {
      const isFirst = "eventtype = 'CHAN_START' AND uniqueid = linkedid";
      return query(`SELECT ${columns} ${from} WHERE ${isFirst} AND id BETWEEN ? AND ? ORDER BY id LIMIT ?`, [
        ...[fromId, toId, limit],
      ]);
    },

    /** Among these ids: the rows with which these calls begin, by id. */
    beginningsOf(linkedids: readonly string[], { fromId, toId }: IdRange): Promise<RawCel[]> {
      const isFirst = "eventtype = 'CHAN_START' AND uniqueid = linkedid AND linkedid IN (?)";
      return query(`SELECT ${columns} ${from} WHERE ${isFirst} AND id BETWEEN ? AND ? ORDER BY id`, [
        ...[linkedids, fromId, toId],
      ]);
    },

    /** Every linkedid under which these channels have rows among these ids, each with its last row and whether it is gone. */
    channelsAmong(uniqueids: readonly string[], { fromId, toId }: IdRange): Promise<RawCel[]> {
      const sql = `SELECT uniqueid, linkedid, MAX(id) AS id, MAX(eventtime) AS eventtime,
          MAX(eventtype = 'CHAN_END') AS is_ended
        ${from} WHERE uniqueid IN (?) AND id BETWEEN ? AND ? GROUP BY uniqueid, linkedid LIMIT 1000`;
      return query(sql, [uniqueids, fromId, toId]);
    },
  };
}
