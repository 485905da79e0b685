import type { RowDataPacket } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import { nullable } from '../../proto/nullable.ts';
import { historyEvents } from '../store/history.ts';
import { type Queries, readJson } from '../store/mysql.ts';
import { type By, ofPartner } from './by.ts';

export const HistoryRow = Type.Object({
  id: Type.Integer(),
  atMs: Type.Integer(),
  /** `user:login`, `installation` or `shell`. */
  actor: Type.String(),
  event: Type.Enum([...historyEvents]),
  customerId: nullable(Type.Integer()),
  customer: nullable(Type.String()),
  purchaseId: nullable(Type.Integer()),
  /** Of the installation. */
  thumbprint: nullable(Type.String()),
  /** What it was about, by the event. */
  details: Type.Record(Type.String(), Type.Unknown()),
});
export type HistoryRow = Static<typeof HistoryRow>;

export interface HistoryQuestion {
  customerId?: number;
  purchaseId?: number;
  /** Older than this entry. */
  before?: number;
}

const pageSize = 50;

/** The latest first. A partner's people see what was done for their customers. */
export async function readHistory(queries: Queries, by: By, question: HistoryQuestion): Promise<HistoryRow[]> {
  const own = ofPartner(by);
  const filters: [string, number | undefined][] = [
    ['h.customer_id = ?', question.customerId],
    ['h.purchase_id = ?', question.purchaseId],
    ['h.id < ?', question.before],
  ];
  const asked = filters.filter(([, value]) => value !== undefined);
  const conditions = [own.condition, ...asked.map(([condition]) => condition)];
  const [rows] = await queries.query<RowDataPacket[]>(
    `SELECT h.*, c.name AS customer FROM history h LEFT JOIN customers c ON c.id = h.customer_id
     WHERE ${conditions.join(' AND ')} ORDER BY h.id DESC LIMIT ${pageSize}`,
    [...own.values, ...asked.map(([, value]) => value)],
  );
  return rows.map((row) => ({
    ...{ id: row.id, atMs: row.at.getTime(), actor: row.actor, event: row.event, customerId: row.customer_id },
    ...{ customer: row.customer, purchaseId: row.purchase_id, thumbprint: row.thumbprint },
    details: readJson(row.details) as Record<string, unknown>,
  }));
}
