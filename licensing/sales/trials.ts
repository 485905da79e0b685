import type { RowDataPacket } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import { nullable } from '../../proto/nullable.ts';
import { ApiError } from '../errors.ts';
import { writeHistory } from '../store/history.ts';
import { msOf, type Queries } from '../store/mysql.ts';
import { inTransaction } from '../store/transaction.ts';
import { accountName, addTrial } from '../store/trials.ts';
import { type By, ofPartner, type SalesTools } from './by.ts';
import { readCustomer } from './customers.ts';

export const Trial = Type.Object({
  id: Type.Integer(),
  /** The amoCRM account that it belongs to. */
  account: Type.String(),
  customerId: nullable(Type.Integer()),
  customer: nullable(Type.String()),
  beganAtMs: Type.Integer(),
  endsAtMs: Type.Integer(),
  /** null: it is reserved, and has not begun. */
  thumbprint: nullable(Type.String()),
  lastHeardAtMs: nullable(Type.Integer()),
});
export type Trial = Static<typeof Trial>;

const pageSize = 50;

export async function listTrials(
  queries: Queries,
  by: By,
  { search = '', page = 1 }: { search?: string; page?: number },
): Promise<{ trials: Trial[]; total: number; pageSize: number }> {
  const part = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const [condition, values] = ['(t.account LIKE ? OR c.name LIKE ?)', [part, part]];
  const own = ofPartner(by);
  const [[count]] = await queries.query<RowDataPacket[]>(
    `SELECT COUNT(*) AS n FROM trials t LEFT JOIN customers c ON c.id = t.customer_id
     WHERE ${own.condition} AND ${condition}`,
    [...own.values, ...values],
  );
  const paging = `${condition} ORDER BY t.ends_at DESC LIMIT ? OFFSET ?`;
  const trials = await findTrials(queries, by, paging, [...values, pageSize, (page - 1) * pageSize]);
  return { trials, total: Number(count?.n), pageSize };
}

export async function findTrials(queries: Queries, by: By, condition: string, values: unknown[]): Promise<Trial[]> {
  const own = ofPartner(by);
  const [rows] = await queries.query<RowDataPacket[]>(
    `SELECT t.*, c.name AS customer, i.thumbprint, i.last_heard_at FROM trials t
     LEFT JOIN customers c ON c.id = t.customer_id LEFT JOIN installations i ON i.id = t.installation_id
     WHERE ${own.condition} AND ${condition}`,
    [...own.values, ...values],
  );
  return rows.map((row) => ({
    ...{ id: row.id, account: row.account, customerId: row.customer_id, customer: row.customer },
    ...{ beganAtMs: row.began_at.getTime(), endsAtMs: row.ends_at.getTime() },
    ...{ thumbprint: row.thumbprint, lastHeardAtMs: msOf(row.last_heard_at) },
  }));
}

/** A trial for an account of a customer, which begins when its installation asks. @throws ApiError */
export function reserveTrial(tools: SalesTools, by: By, account: string, customerId: number): Promise<Trial> {
  return inTransaction(tools.pool, async (queries) => {
    await readCustomer(queries, by, customerId);
    const [[known]] = await queries.query<RowDataPacket[]>('SELECT 1 FROM trials WHERE account = ?', [
      accountName(account),
    ]);
    if (known) throw new ApiError(409, 'trial-there');
    await addTrial(queries, account, { installationId: null, customerId }, tools.nowMs());
    return told(queries, tools, by, 'trial-reserved', 't.account = ?', accountName(account));
  });
}

/** @throws ApiError */
export function extendTrial(tools: SalesTools, by: By, id: number, untilMs: number): Promise<Trial> {
  return inTransaction(tools.pool, async (queries) => {
    const [present] = await findTrials(queries, by, 't.id = ? FOR UPDATE', [id]);
    if (!present) throw new ApiError(404, 'not-found');
    if (untilMs <= tools.nowMs()) throw new ApiError(409, 'end-passed');
    await queries.query('UPDATE trials SET ends_at = ? WHERE id = ?', [new Date(untilMs), id]);
    return told(queries, tools, by, 'trial-extended', 't.id = ?', id);
  });
}

/** @throws ApiError */
export async function trialOf(queries: Queries, by: By, account: string): Promise<Trial> {
  const [trial] = await findTrials(queries, by, 't.account = ?', [accountName(account)]);
  if (!trial) throw new ApiError(404, 'not-found');
  return trial;
}

async function told(
  queries: Queries,
  { nowMs }: SalesTools,
  { actor, partnerId }: By,
  event: 'trial-reserved' | 'trial-extended',
  condition: string,
  value: unknown,
): Promise<Trial> {
  const [trial] = await findTrials(queries, { actor, partnerId }, condition, [value]);
  if (!trial) throw new ApiError(404, 'not-found');
  const { account, endsAtMs: untilMs, customerId, thumbprint } = trial;
  await writeHistory(queries, { actor, event, customerId, thumbprint, details: { account, untilMs } }, nowMs());
  return trial;
}
