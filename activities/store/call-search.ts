import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Call, CallResult, Direction } from '../../proto/call.ts';
import type { Registration } from '../../proto/journal.ts';
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
  const places = async (filter: CallFilter, after: CallPlace | undefined, limit: number): Promise<RowDataPacket[]> => {
    const { condition, values } = conditionOf(filter, after);
    const order = 'ORDER BY started_at DESC, pbx_id DESC, linkedid DESC LIMIT ?';
    const selects = streamsOf(filter).map(({ from, values: own }) => ({
      sql: `(SELECT c.pbx_id, c.linkedid, c.started_at FROM ${from} ${condition} ORDER BY ${orderIn(from)} LIMIT ?)`,
      values: [...own, ...values, limit],
    }));
    if (selects.length === 0) return [];
    const sql = `${selects.map((select) => select.sql).join(' UNION ')} ${order}`;
    const [rows] = await pool.query<RowDataPacket[]>(sql, [...selects.flatMap((select) => select.values), limit]);
    return rows;
  };

  return {
    /** @param after the last call of the page before; undefined: from the newest on */
    async find(filter: CallFilter, after: CallPlace | undefined, limit: number): Promise<FoundCall[]> {
      const found = await places(filter, after, limit);
      if (found.length === 0) return [];
      const keys = found.map(({ pbx_id, linkedid }) => [pbx_id, linkedid]);
      const [rows] = await pool.query<RowDataPacket[]>(
        'SELECT pbx_id, linkedid, `call`, registration FROM calls WHERE (pbx_id, linkedid) IN (?)',
        [keys],
      );
      const byKey = new Map(rows.map((row) => [`${row.pbx_id}:${row.linkedid}`, row]));
      return found.flatMap(({ pbx_id, linkedid }) => {
        const row = byKey.get(`${pbx_id}:${linkedid}`); // it may have been joined into another just now
        return row ? [{ call: readJson(row.call), registration: readJson(row.registration) } as FoundCall] : [];
      });
    },
  };
}

/** Each is read newest first along an index of its own; together they hold every call that is looked for. */
function streamsOf({ pbxIds, ownExtensions, extension }: CallFilter): { from: string; values: unknown[] }[] {
  const extensions = extension === undefined ? ownExtensions : [extension];
  return pbxIds.flatMap((pbxId) =>
    extensions === undefined
      ? [{ from: 'calls c WHERE c.pbx_id = ?', values: [pbxId] }]
      : extensions.map((one) => ({
          from: 'call_extensions e JOIN calls c USING (pbx_id, linkedid) WHERE e.pbx_id = ? AND e.extension = ?',
          values: [pbxId, one],
        })),
  );
}

const orderIn = (from: string): string =>
  from.startsWith('calls') ? 'c.started_at DESC, c.linkedid DESC' : 'e.started_at DESC, e.linkedid DESC';

function conditionOf(
  { ownExtensions, extension, phone, direction, result, registration, fromMs, toMs }: CallFilter,
  after: CallPlace | undefined,
): { condition: string; values: unknown[] } {
  const parts: [string, unknown[]][] = [];
  if (ownExtensions && extension !== undefined && !ownExtensions.includes(extension)) {
    const together =
      'EXISTS (SELECT 1 FROM call_extensions o WHERE o.pbx_id = c.pbx_id AND o.linkedid = c.linkedid AND o.extension IN (?))';
    parts.push(ownExtensions.length === 0 ? ['FALSE', []] : [together, [ownExtensions]]);
  }
  if (phone !== undefined) parts.push(phoneCondition(phone));
  if (direction) parts.push(['c.direction = ?', [direction]]);
  if (result) parts.push(['c.result = ?', [result]]);
  if (registration) parts.push(['c.registration_state = ?', [registration]]);
  if (fromMs !== undefined) parts.push(['c.started_at >= ?', [new Date(fromMs)]]);
  if (toMs !== undefined) parts.push(['c.started_at < ?', [new Date(toMs)]]);
  if (after) {
    const at = new Date(after.startedAtMs);
    parts.push([
      'c.started_at <= ? AND (c.started_at, c.pbx_id, c.linkedid) < (?, ?, ?)',
      [at, at, after.pbxId, after.linkedid],
    ]);
  }
  return { condition: parts.map(([sql]) => ` AND ${sql}`).join(''), values: parts.flatMap(([, values]) => values) };
}

/** Whole numbers are compared as amoCRM does, by their last ten digits; a Russian who types 8916… means 7916…. */
function phoneCondition(phone: string): [string, unknown[]] {
  const digits = phoneKey(phone);
  const contains = `%${digits}%`;
  if (!/^8\d{2,9}$/.test(digits)) return ['c.external_number LIKE ?', [contains]];
  return ['(c.external_number LIKE ? OR c.external_number LIKE ?)', [contains, `7${digits.slice(1)}%`]];
}
