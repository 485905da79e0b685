import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import { nullable } from '../../proto/nullable.ts';
import { ApiError } from '../errors.ts';
import { writeHistory } from '../store/history.ts';
import { msOf, type Queries } from '../store/mysql.ts';
import { inTransaction } from '../store/transaction.ts';
import { type By, ofPartner, type SalesTools } from './by.ts';

export const CustomerDescription = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    email: Type.String({ maxLength: 200, pattern: '^$|^\\S+@\\S+$' }),
    note: Type.String({ maxLength: 2_000 }),
    /** Who looks after them; null: we do. Whoever is of a partner adds customers of that partner. */
    partnerId: nullable(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
export type CustomerDescription = Static<typeof CustomerDescription>;

export const Customer = Type.Object({
  ...CustomerDescription.properties,
  id: Type.Integer(),
  createdAtMs: Type.Integer(),
  /** How many there are that are not revoked. */
  purchases: Type.Integer(),
  /** The first of their ends; null: none ends. */
  endsAtMs: nullable(Type.Integer()),
});
export type Customer = Static<typeof Customer>;

export interface CustomerQuestion {
  /** Part of a name or an address, or the last signs of a key. */
  search?: string;
  /** From 1. */
  page?: number;
}

const pageSize = 50;

const select = `SELECT c.*,
    (SELECT COUNT(*) FROM purchases WHERE customer_id = c.id AND revoked_at IS NULL) AS purchases,
    (SELECT MIN(GREATEST(paid_until, COALESCE(invoice_until, paid_until))) FROM purchases
       WHERE customer_id = c.id AND revoked_at IS NULL) AS ends_at
  FROM customers c`;

export async function listCustomers(
  queries: Queries,
  by: By,
  { search = '', page = 1 }: CustomerQuestion,
): Promise<{ customers: Customer[]; total: number; pageSize: number }> {
  const own = ofPartner(by);
  const part = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const hint = search.trim().toUpperCase();
  const where = `WHERE ${own.condition} AND (c.name LIKE ? OR c.email LIKE ? OR c.id IN (
    SELECT p.customer_id FROM purchases p JOIN licence_keys k ON k.purchase_id = p.id WHERE k.hint = RIGHT(?, 5)))`;
  const values = [...own.values, part, part, hint];
  const [[count]] = await queries.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM customers c ${where}`, values);
  const sql = `${select} ${where} ORDER BY c.name, c.id LIMIT ? OFFSET ?`;
  const [rows] = await queries.query<RowDataPacket[]>(sql, [...values, pageSize, (page - 1) * pageSize]);
  return { customers: rows.map(customerOf), total: Number(count?.n), pageSize };
}

/** @throws ApiError if they have no such customer */
export async function readCustomer(queries: Queries, by: By, id: number): Promise<Customer> {
  const own = ofPartner(by);
  const sql = `${select} WHERE c.id = ? AND ${own.condition}`;
  const [[row]] = await queries.query<RowDataPacket[]>(sql, [id, ...own.values]);
  if (!row) throw new ApiError(404, 'not-found');
  return customerOf(row);
}

/** @throws ApiError */
export function addCustomer({ pool, nowMs }: SalesTools, by: By, customer: CustomerDescription): Promise<Customer> {
  return inTransaction(pool, async (queries) => {
    const row = { ...(await rowOf(queries, by, customer)), created_at: new Date(nowMs()) };
    const [{ insertId }] = await queries.query<ResultSetHeader>('INSERT INTO customers SET ?', [row]);
    const details = { name: customer.name };
    await writeHistory(queries, { actor: by.actor, event: 'customer-added', customerId: insertId, details }, nowMs());
    return readCustomer(queries, by, insertId);
  });
}

/** @throws ApiError */
export function changeCustomer(
  { pool, nowMs }: SalesTools,
  by: By,
  id: number,
  customer: CustomerDescription,
): Promise<Customer> {
  return inTransaction(pool, async (queries) => {
    await readCustomer(queries, by, id);
    await queries.query('UPDATE customers SET ? WHERE id = ?', [await rowOf(queries, by, customer), id]);
    const details = { name: customer.name };
    await writeHistory(queries, { actor: by.actor, event: 'customer-changed', customerId: id, details }, nowMs());
    return readCustomer(queries, by, id);
  });
}

async function rowOf(queries: Queries, by: By, { name, email, note, partnerId }: CustomerDescription) {
  const partner = by.partnerId ?? partnerId;
  const [rows] = await queries.query<RowDataPacket[]>('SELECT id FROM partners WHERE id = ?', [partner]);
  if (partner !== null && rows.length === 0) throw new ApiError(409, 'partner-unknown');
  return { name: name.trim(), email, note, partner_id: partner };
}

function customerOf(row: RowDataPacket): Customer {
  return {
    ...{ id: row.id, name: row.name, email: row.email, note: row.note, partnerId: row.partner_id },
    ...{ createdAtMs: row.created_at.getTime(), purchases: Number(row.purchases), endsAtMs: msOf(row.ends_at) },
  };
}
