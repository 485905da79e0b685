import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import { ApiError } from '../errors.ts';
import { writeHistory } from '../store/history.ts';
import { isDuplicate, type Queries } from '../store/mysql.ts';
import { inTransaction } from '../store/transaction.ts';
import type { By, SalesTools } from './by.ts';

export const PartnerDescription = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 200 }) },
  { additionalProperties: false },
);
export const Partner = Type.Object({
  ...PartnerDescription.properties,
  id: Type.Integer(),
  /** How many they look after. */
  customers: Type.Integer(),
});
export type Partner = Static<typeof Partner>;

export async function listPartners(queries: Queries): Promise<Partner[]> {
  const [rows] = await queries.query<RowDataPacket[]>(
    `SELECT p.id, p.name, (SELECT COUNT(*) FROM customers WHERE partner_id = p.id) AS customers
     FROM partners p ORDER BY p.name`,
  );
  return rows.map(({ id, name, customers }) => ({ id, name, customers: Number(customers) }));
}

/** @throws ApiError */
export function addPartner({ pool, nowMs }: SalesTools, by: By, { name }: { name: string }): Promise<void> {
  return naming(() =>
    inTransaction(pool, async (queries) => {
      const row = { name, created_at: new Date(nowMs()) };
      await queries.query('INSERT INTO partners SET ?', [row]);
      await writeHistory(queries, { actor: by.actor, event: 'partner-added', details: { name } }, nowMs());
    }),
  );
}

/** @throws ApiError */
export function renamePartner(
  { pool, nowMs }: SalesTools,
  by: By,
  id: number,
  { name }: { name: string },
): Promise<void> {
  return naming(() =>
    inTransaction(pool, async (queries) => {
      const sql = 'UPDATE partners SET name = ? WHERE id = ?';
      const [{ affectedRows }] = await queries.query<ResultSetHeader>(sql, [name, id]);
      if (affectedRows === 0) throw new ApiError(404, 'not-found');
      await writeHistory(queries, { actor: by.actor, event: 'partner-changed', details: { name } }, nowMs());
    }),
  );
}

async function naming<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isDuplicate(error) ? new ApiError(409, 'partner-taken') : error;
  }
}
