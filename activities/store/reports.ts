import type { Pool, RowDataPacket } from 'mysql2/promise';
import { zoneOffsetMs } from '../../proto/pbx-time.ts';
import { addFigures, type EmployeeFigures, type Figures, noFigures, spreadOf } from '../../proto/report.ts';

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
      const wall = wallClock(scope, zone);
      const hour = { sql: `TIMESTAMPDIFF(HOUR, '1970-01-01', ${wall.sql})`, values: wall.values };
      return [...(await figuresBy(scope, hour))].map(([hours, figures]) => {
        const [day = '', time = ''] = new Date(Number(hours) * hourMs).toISOString().split('T');
        return { day, hour: Number(time.slice(0, 2)), ...figures };
      });
    },

    /** By the number that clients have called; null: it is not known. */
    async byDid(scope: ReportScope): Promise<(Figures & { did: string | null })[]> {
      const found = await figuresBy(scope, { sql: 'did', values: [] }, ['inbound']);
      const rows = [...found].map(([did, figures]) => ({ did, ...figures }));
      return rows.sort((a, b) => b.inbound - a.inbound).slice(0, mostGroups);
    },

    async byEmployee({ pbxIds, ownExtensions, fromMs, toMs }: ReportScope): Promise<EmployeeFigures[]> {
      if (pbxIds.length === 0 || ownExtensions?.length === 0) return [];
      const own = ownExtensions ? ' AND extension IN (?)' : '';
      const rows = await ask(
        `SELECT extension, direction, IF(result = 'answered', 1, 0) AS is_answered, was_asked, has_called, has_talked,
           COUNT(*) AS calls, SUM(talk_seconds) AS talked
         FROM call_extensions FORCE INDEX (${ownExtensions ? 'parts_of_extension' : 'parts_in_period'})
         WHERE pbx_id IN (?) AND started_at >= ? AND started_at < ?${own} AND (was_asked OR has_called)
         GROUP BY 1, 2, 3, 4, 5, 6`,
        [pbxIds, new Date(fromMs), new Date(toMs), ...(ownExtensions ? [ownExtensions] : [])],
      );
      const byExtension = Map.groupBy(rows, ({ extension }) => String(extension));
      return [...byExtension].slice(0, mostGroups).map(([extension, parts]) => employeeFigures(extension, parts));
    },
  };

  /** @param key what calls with clients are grouped by */
  async function figuresBy(scope: ReportScope, key: Sql, directions = ['inbound', 'outbound']) {
    const { sql, values } = inScope(scope);
    const rows = await ask(
      `SELECT ${key.sql} AS name, direction, IF(result = 'answered', 1, 0) AS is_answered, COUNT(*) AS calls,
         SUM(talk_seconds) AS talked, SUM(wait_seconds) AS waited, MAX(wait_seconds) AS longest
       ${sql} AND direction IN (?) GROUP BY 1, 2, 3`,
      [...key.values, ...values, directions],
    );
    const figures = new Map<string | null, Figures>();
    for (const row of rows) {
      const name = row.name === null ? null : String(row.name);
      figures.set(name, addFigures(figures.get(name) ?? noFigures, figuresOf(row)));
    }
    return figures;
  }
}

const hourMs = 3_600_000;
/** More is nothing that people read; numbers of ours are few. */
const mostGroups = 2_000;

/** Of calls of one direction and outcome. */
function figuresOf({ direction, is_answered, ...row }: RowDataPacket): Figures {
  const { calls, talked, waited, longest } = numbers(row) as Record<'calls' | 'talked' | 'waited' | 'longest', number>;
  const answered = is_answered ? calls : 0;
  if (direction === 'outbound') return { ...noFigures, outbound: calls, reached: answered, talkSeconds: talked };
  const waits = { waitAverage: waited / calls, waitLongest: longest };
  return { ...noFigures, inbound: calls, answered, missed: calls - answered, talkSeconds: talked, ...waits };
}

function employeeFigures(extension: string, parts: readonly RowDataPacket[]): EmployeeFigures {
  const of = (direction: string) => parts.filter((part) => part.direction === direction);
  const inVain = of('inbound').filter((part) => part.was_asked && !part.has_talked);
  const made = of('outbound').filter((part) => part.has_called);
  const answered = (some: readonly RowDataPacket[], isAnswered: boolean) =>
    sum(
      some.filter((part) => Boolean(part.is_answered) === isAnswered),
      'calls',
    );
  return {
    extension,
    answered: sum(
      of('inbound').filter((part) => part.has_talked),
      'calls',
    ),
    leftToOthers: answered(inVain, true),
    missed: answered(inVain, false),
    outbound: sum(made, 'calls'),
    reached: answered(made, true),
    internal: sum(of('internal'), 'calls'),
    talkSeconds: sum(of('inbound'), 'talked') + sum(of('outbound'), 'talked'),
  };
}

/** Sums come as text. */
const numbers = (row: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value ?? 0)]));

const sum = (rows: readonly RowDataPacket[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);

interface Sql {
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
