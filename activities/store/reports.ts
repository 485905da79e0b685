import type { Pool, RowDataPacket } from 'mysql2/promise';
import { zoneOffsetMs } from '../../proto/pbx-time.ts';
import { type EmployeeFigures, type Figures, spreadOf } from '../../proto/report.ts';

/** Which calls are counted. */
export interface ReportScope {
  pbxIds: readonly string[];
  /** Only calls in which one of these took part or was asked for; undefined: of everybody. */
  ownExtensions: readonly string[] | undefined;
  /** When they began, ms UTC; `toMs` is not among them. */
  fromMs: number;
  toMs: number;
}

export type Reports = ReturnType<typeof createReports>;

/** Counts calls of the journal; what the figures mean stands in proto/report.ts. */
export function createReports(pool: Pool) {
  const ask = async (sql: string, values: unknown[]): Promise<RowDataPacket[]> =>
    (await pool.query<RowDataPacket[]>(sql, values))[0];

  return {
    /** How many calls there were of each direction and result; of inbound ones also how long was waited. */
    async calls(scope: ReportScope) {
      const { sql, values } = inScope(scope);
      const rows = await ask(
        `SELECT direction, result, IF(direction = 'inbound', wait_seconds, NULL) AS waited, COUNT(*) AS calls,
           SUM(external_number IS NULL) AS hidden, SUM(talk_seconds) AS talked
         ${sql} AND direction IS NOT NULL GROUP BY 1, 2, 3`,
        values,
      );
      const of = (direction: string, isAnswered?: boolean) =>
        rows.filter(
          (row) =>
            row.direction === direction && (isAnswered === undefined || (row.result === 'answered') === isAnswered),
        );
      const waits = (some: RowDataPacket[]) =>
        spreadOf(some.map((row) => ({ seconds: Number(row.waited), count: Number(row.calls) })));
      return {
        inbound: sum(of('inbound'), 'calls'),
        answered: sum(of('inbound', true), 'calls'),
        missed: sum(of('inbound', false), 'calls'),
        /** Missed, of a number that nobody can call back. */
        missedHidden: sum(of('inbound', false), 'hidden'),
        outbound: sum(of('outbound'), 'calls'),
        reached: sum(of('outbound', true), 'calls'),
        internal: sum(of('internal'), 'calls'),
        talkSeconds: sum(of('inbound'), 'talked') + sum(of('outbound'), 'talked'),
        waitAnswered: waits(of('inbound', true)),
        waitMissed: waits(of('inbound', false)),
      };
    },

    /** By the wall clock of a zone. @returns of days and hours in which there were calls with clients */
    async byTime(scope: ReportScope, zone: string): Promise<(Figures & { day: string; hour: number })[]> {
      const { sql, values } = inScope(scope);
      const wall = wallClock(scope, zone);
      const rows = await ask(
        `SELECT DATE_FORMAT(${wall.sql}, '%Y-%m-%d %H') AS hour, ${figures}
         ${sql} AND ${withClients} GROUP BY 1`,
        [...wall.values, ...values],
      );
      return rows.map((row) => {
        const [day = '', hour] = String(row.hour).split(' ');
        return { day, hour: Number(hour), ...figuresOf(row) };
      });
    },

    /** By the number that clients have called; null: it is not known. */
    async byDid(scope: ReportScope): Promise<(Figures & { did: string | null })[]> {
      const { sql, values } = inScope(scope);
      const rows = await ask(
        `SELECT did, ${figures} ${sql} AND direction = 'inbound' GROUP BY did
         ORDER BY inbound DESC, did LIMIT ${mostGroups}`,
        values,
      );
      return rows.map((row) => ({ did: row.did, ...figuresOf(row) }));
    },

    async byEmployee({ pbxIds, ownExtensions, fromMs, toMs }: ReportScope): Promise<EmployeeFigures[]> {
      if (pbxIds.length === 0 || ownExtensions?.length === 0) return [];
      const own = ownExtensions ? ' AND extension IN (?)' : '';
      const rows = await ask(
        `SELECT extension,
           SUM(direction = 'inbound' AND has_talked) AS answered,
           SUM(direction = 'inbound' AND was_asked AND NOT has_talked AND result = 'answered') AS leftToOthers,
           SUM(direction = 'inbound' AND was_asked AND NOT has_talked AND result <> 'answered') AS missed,
           SUM(direction = 'outbound' AND has_called) AS outbound,
           SUM(direction = 'outbound' AND has_called AND result = 'answered') AS reached,
           SUM(direction = 'internal' AND (was_asked OR has_called)) AS internal,
           SUM(IF(direction = 'internal', 0, talk_seconds)) AS talkSeconds
         FROM call_extensions FORCE INDEX (${ownExtensions ? 'parts_of_extension' : 'parts_in_period'})
         WHERE pbx_id IN (?) AND started_at >= ? AND started_at < ?${own} AND (was_asked OR has_called)
         GROUP BY extension LIMIT ${mostGroups}`,
        [pbxIds, new Date(fromMs), new Date(toMs), ...(ownExtensions ? [ownExtensions] : [])],
      );
      return rows.map(({ extension, ...counts }) => ({ extension, ...numbers(counts) }) as EmployeeFigures);
    },
  };
}

/** More is nothing that people read; numbers of ours are few. */
const mostGroups = 2_000;

const withClients = "direction IN ('inbound', 'outbound')";
const figures = `
  SUM(direction = 'inbound') AS inbound,
  SUM(direction = 'inbound' AND result = 'answered') AS answered,
  SUM(direction = 'outbound') AS outbound,
  SUM(direction = 'outbound' AND result = 'answered') AS reached,
  SUM(talk_seconds) AS talked,
  SUM(IF(direction = 'inbound', wait_seconds, 0)) AS waited,
  MAX(IF(direction = 'inbound', wait_seconds, 0)) AS longest`;

function figuresOf(row: RowDataPacket): Figures {
  const { inbound, answered, outbound, reached, talked, waited, longest } = numbers(row) as Record<string, number>;
  const calls = inbound ?? 0;
  return {
    ...{ inbound: calls, answered: answered ?? 0, missed: calls - (answered ?? 0) },
    ...{ outbound: outbound ?? 0, reached: reached ?? 0, talkSeconds: talked ?? 0 },
    waitAverage: calls > 0 ? (waited ?? 0) / calls : null,
    waitLongest: calls > 0 ? (longest ?? 0) : null,
  };
}

/** Sums come as text. */
const numbers = (row: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value ?? 0)]));

const sum = (rows: readonly RowDataPacket[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);

export interface Sql {
  sql: string;
  values: unknown[];
}

/**
 * `FROM … WHERE` of calls `c` that are over. The calls themselves are long: which index holds all that is counted the
 * database must be told, since it is not always sure of that.
 */
export function inScope({ pbxIds, ownExtensions, fromMs, toMs }: ReportScope): Sql {
  if (pbxIds.length === 0 || ownExtensions?.length === 0) return { sql: 'FROM calls c WHERE FALSE', values: [] };
  const period = [new Date(fromMs), new Date(toMs)];
  if (!ownExtensions) {
    return {
      sql: `FROM calls c FORCE INDEX (calls_in_period)
        WHERE c.pbx_id IN (?) AND c.started_at >= ? AND c.started_at < ? AND c.result IS NOT NULL`,
      values: [pbxIds, ...period],
    };
  }
  return {
    sql: `FROM (SELECT DISTINCT e.pbx_id, e.linkedid FROM call_extensions e FORCE INDEX (parts_of_extension)
        WHERE e.pbx_id IN (?) AND e.extension IN (?) AND e.started_at >= ? AND e.started_at < ?) own
        STRAIGHT_JOIN calls c ON c.pbx_id = own.pbx_id AND c.linkedid = own.linkedid WHERE c.result IS NOT NULL`,
    values: [pbxIds, ownExtensions, ...period],
  };
}

const halfDayMs = 12 * 3_600_000;
const quarterMs = 15 * 60_000;

/** When a call began by the zone's wall clock, which may be changed within the period. */
function wallClock({ fromMs, toMs }: ReportScope, zone: string): Sql {
  const changes: { untilMs: number; offsetMs: number }[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += halfDayMs) {
    const nextMs = Math.min(atMs + halfDayMs, toMs);
    const offsetMs = zoneOffsetMs(atMs, zone);
    if (offsetMs !== zoneOffsetMs(nextMs, zone)) changes.push({ untilMs: changeBetween(atMs, nextMs, zone), offsetMs });
  }
  const cases = changes.map(() => 'WHEN c.started_at < ? THEN ?').join(' ');
  const last = zoneOffsetMs(toMs, zone) / 1000;
  return {
    sql: `c.started_at + INTERVAL ${cases === '' ? '?' : `CASE ${cases} ELSE ? END`} SECOND`,
    values: [...changes.flatMap(({ untilMs, offsetMs }) => [new Date(untilMs), offsetMs / 1000]), last],
  };
}

/** Clocks change at whole quarters of an hour. */
function changeBetween(fromMs: number, toMs: number, zone: string): number {
  const offsetMs = zoneOffsetMs(fromMs, zone);
  let [low, high] = [Math.floor(fromMs / quarterMs), Math.ceil(toMs / quarterMs)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffsetMs(middle * quarterMs, zone) === offsetMs) low = middle;
    else high = middle;
  }
  return high * quarterMs;
}
