import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Call, CallResult, Direction } from '../../proto/call.ts';
import type { ComparisonOutcome, Registration } from '../../proto/journal.ts';
import { phoneKey } from '../../proto/phone.ts';
import { readJson } from './ledger.ts';

/** What calls are looked for; what is left out does not matter. */
export interface CallFilter {
  pbxIds: readonly string[];
  /** Only calls of these; undefined: of everybody. */
  ownExtensions: readonly string[] | undefined;
  /** Who took part or was asked for. */
  extension?: string;
  /** A client's number or a part of it, in any spelling. */
  phone?: string;
  direction?: Direction;
  result?: CallResult;
  registration?: Registration['state'];
  /** Of calls that were only observed. */
  comparison?: ComparisonOutcome;
  /** When it began, ms UTC; `toMs` is not among them. */
  fromMs?: number;
  toMs?: number;
}

/** A call's place in the order of the journal. */
export interface CallPlace {
  startedAtMs: number;
  pbxId: string;
  linkedid: string;
}

export interface FoundCall {
  call: Call;
  registration: Registration;
}

export type CallSearch = ReturnType<typeof createCallSearch>;

/** Finds calls in the journal, newest first. */
export function createCallSearch(pool: Pool) {
  /** @returns undefined if they are too many to be told: then calls of them are everywhere in the journal */
  const numbersWith = async (pbxIds: readonly string[], parts: readonly PhonePart[]): Promise<string[] | undefined> => {
    if (parts.some(({ digits }) => digits.length < fewestDigitsOfEnding)) return undefined;
    const condition = parts.map(
      ({ isBeginning }) => `ending LIKE ?${isBeginning ? ' AND ending = external_number' : ''}`,
    );
    const [rows] = await pool.query<RowDataPacket[]>(
      `SELECT DISTINCT external_number FROM phone_endings WHERE pbx_id IN (?) AND (${condition.join(' OR ')}) LIMIT ?`,
      [pbxIds, ...parts.map(({ digits }) => `${digits}%`), mostNumbers + 1],
    );
    return rows.length > mostNumbers ? undefined : rows.map(({ external_number }) => external_number);
  };

  const places = async (filter: CallFilter, after: CallPlace | undefined, limit: number): Promise<RowDataPacket[]> => {
    const parts = filter.phone === undefined ? [] : phoneParts(filter.phone);
    const numbers = parts.length === 0 ? undefined : await numbersWith(filter.pbxIds, parts);
    if (numbers?.length === 0) return [];
    const selects = selectsOf(filter, parts, numbers, after);
    if (selects.length === 0) return [];
    const order = 'ORDER BY started_at DESC, pbx_id DESC, linkedid DESC LIMIT ?';
    const sql = `${selects.map((select) => `(${select.sql} LIMIT ?)`).join(' UNION ')} ${order}`;
    const [rows] = await pool.query<RowDataPacket[]>(sql, [
      ...selects.flatMap(({ values }) => [...values, limit]),
      limit,
    ]);
    return rows;
  };

  return {
    /** @param after the last call of the page before; undefined: from the newest on */
    async find(filter: CallFilter, after: CallPlace | undefined, limit: number): Promise<FoundCall[]> {
      if (filter.pbxIds.length === 0) return [];
      const found = await places(filter, after, limit);
      if (found.length === 0) return [];
      const [rows] = await pool.query<RowDataPacket[]>(
        'SELECT pbx_id, linkedid, `call`, registration FROM calls WHERE (pbx_id, linkedid) IN (?)',
        [found.map(({ pbx_id, linkedid }) => [pbx_id, linkedid])],
      );
      const byKey = new Map(rows.map((row) => [`${row.pbx_id}:${row.linkedid}`, row]));
      return found.flatMap(({ pbx_id, linkedid }) => {
        const row = byKey.get(`${pbx_id}:${linkedid}`); // it may have been joined into another just now
        return row ? [{ call: readJson(row.call), registration: readJson(row.registration) } as FoundCall] : [];
      });
    },
  };
}

/** See the table phone_endings. */
export const fewestDigitsOfEnding = 3;
const mostNumbers = 200;
/** A select for each is worth it up to so many; of more some took part in almost every call. */
const mostExtensionsApart = 30;

export interface Sql {
  sql: string;
  values: unknown[];
}

/** Each reads newest first along an index; together they find every call that is looked for. */
function selectsOf(
  filter: CallFilter,
  parts: readonly PhonePart[],
  numbers: readonly string[] | undefined,
  after: CallPlace | undefined,
): Sql[] {
  const { pbxIds, ownExtensions, extension } = filter;
  const extensions = extension === undefined ? ownExtensions : [extension];
  const isApart = extensions !== undefined && extensions.length <= mostExtensionsApart && numbers === undefined;
  const own =
    ownExtensions && extension !== undefined && !ownExtensions.includes(extension) ? ownExtensions : undefined;
  const ofCall = [...columnConditions(filter), ...phoneConditions(parts, numbers), ...(own ? [tookPart(own)] : [])];
  const select = (from: string, alias: string, conditions: Sql[]): Sql => {
    const all = [...conditions, ...placeConditions(alias, filter, after), ...ofCall];
    return {
      sql: `SELECT ${alias}.pbx_id, ${alias}.linkedid, ${alias}.started_at FROM ${from}
        WHERE ${all.map(({ sql }) => sql).join(' AND ')} ORDER BY ${alias}.started_at DESC, ${alias}.linkedid DESC`,
      values: all.flatMap(({ values }) => values),
    };
  };
  const calls = ofCall.length > 0 ? ' JOIN calls c ON c.pbx_id = e.pbx_id AND c.linkedid = e.linkedid' : '';
  return pbxIds.flatMap((pbxId) =>
    isApart
      ? extensions.map((one) =>
          select(`call_extensions e${calls}`, 'e', [{ sql: 'e.pbx_id = ? AND e.extension = ?', values: [pbxId, one] }]),
        )
      : select('calls c', 'c', [
          { sql: 'c.pbx_id = ?', values: [pbxId] },
          ...(extensions ? [tookPart(extensions)] : []),
        ]),
  );
}

/** One of these took part in the call `c`, or was asked for. */
export function tookPart(extensions: readonly string[]): Sql {
  if (extensions.length === 0) return { sql: 'FALSE', values: [] };
  const ofCall = 'SELECT 1 FROM call_extensions o WHERE o.pbx_id = c.pbx_id AND o.linkedid = c.linkedid';
  return { sql: `EXISTS (${ofCall} AND o.extension IN (?))`, values: [extensions] };
}

function columnConditions({ direction, result, registration, comparison }: CallFilter): Sql[] {
  return [
    ...(direction ? [{ sql: 'c.direction = ?', values: [direction] }] : []),
    ...(result ? [{ sql: 'c.result = ?', values: [result] }] : []),
    ...(registration ? [{ sql: 'c.registration_state = ?', values: [registration] }] : []),
    ...(comparison ? [{ sql: 'c.comparison = ?', values: [comparison] }] : []),
  ];
}

/** @param alias of the table whose calls lie in the period, and behind that place */
export function placeConditions(
  alias: string,
  { fromMs, toMs }: Pick<CallFilter, 'fromMs' | 'toMs'>,
  after?: CallPlace,
): Sql[] {
  const startedAt = `${alias}.started_at`;
  const conditions: Sql[] = [];
  if (fromMs !== undefined) conditions.push({ sql: `${startedAt} >= ?`, values: [new Date(fromMs)] });
  if (toMs !== undefined) conditions.push({ sql: `${startedAt} < ?`, values: [new Date(toMs)] });
  if (after) {
    const at = new Date(after.startedAtMs);
    conditions.push({
      sql: `${startedAt} <= ? AND (${startedAt}, ${alias}.pbx_id, ${alias}.linkedid) < (?, ?, ?)`, // of tuples no index is used
      values: [at, at, after.pbxId, after.linkedid],
    });
  }
  return conditions;
}

interface PhonePart {
  digits: string;
  /** True: numbers begin so; false: they hold it. */
  isBeginning: boolean;
}

/** Whole numbers are compared as amoCRM does, by their last ten digits; a Russian who types 8916… means 7916…. */
function phoneParts(phone: string): PhonePart[] {
  const digits = phoneKey(phone);
  const asDialled = /^8\d{2,9}$/.test(digits) ? [{ digits: `7${digits.slice(1)}`, isBeginning: true }] : [];
  return [{ digits, isBeginning: false }, ...asDialled];
}

function phoneConditions(parts: readonly PhonePart[], numbers: readonly string[] | undefined): Sql[] {
  if (numbers) return [{ sql: 'c.external_number IN (?)', values: [numbers] }];
  if (parts.length === 0) return [];
  const likes = parts.map(({ digits, isBeginning }) => `${isBeginning ? '' : '%'}${digits}%`);
  return [{ sql: `(${likes.map(() => 'c.external_number LIKE ?').join(' OR ')})`, values: likes }];
}
