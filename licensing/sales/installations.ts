import type { RowDataPacket } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import { nullable } from '../../proto/nullable.ts';
import type { Queries } from '../store/mysql.ts';
import { type By, ofPartner } from './by.ts';
import { attemptOf, Installation, installationOf, RefusedAttempt } from './purchase.ts';

/** An installation with what is on it. */
export const SeenInstallation = Type.Object({
  ...Installation.properties,
  purchaseId: nullable(Type.Integer()),
  customerId: nullable(Type.Integer()),
  customer: nullable(Type.String()),
  /** Its trial's account, over or not. */
  trialAccount: nullable(Type.String()),
  isOffline: Type.Boolean(),
});
export type SeenInstallation = Static<typeof SeenInstallation>;

/** Whose key somebody else has, and the last who came with it. */
export const ForeignKey = Type.Object({
  ...RefusedAttempt.properties,
  /** How many came with it; of very many the latest are counted. */
  machines: Type.Integer(),
  purchaseId: Type.Integer(),
  customerId: Type.Integer(),
  customer: Type.String(),
});
export type ForeignKey = Static<typeof ForeignKey>;

const pageSize = 50;

export interface InstallationQuestion {
  /** Part of its id, of an amoCRM account or of a customer's name. */
  search?: string;
  page?: number;
  /** Only those that were not heard of for so many hours. */
  silentHours?: number;
}

const from = `FROM installations i
  LEFT JOIN activations a ON a.live_installation = i.id
  LEFT JOIN purchases p ON p.id = a.purchase_id
  LEFT JOIN trials t ON t.installation_id = i.id
  LEFT JOIN customers c ON c.id = COALESCE(p.customer_id, t.customer_id)`;

/** The last heard of first. */
export async function listInstallations(
  queries: Queries,
  by: By,
  { search = '', page = 1, silentHours = 0 }: InstallationQuestion,
  nowMs: number,
): Promise<{ installations: SeenInstallation[]; total: number; pageSize: number }> {
  const own = ofPartner(by);
  const part = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const where = `WHERE ${own.condition} AND i.last_heard_at <= ?
    AND (i.thumbprint LIKE ? OR i.accounts LIKE ? OR c.name LIKE ?)`;
  const values = [...own.values, new Date(nowMs - silentHours * 3_600_000), part, part, part];
  const [[count]] = await queries.query<RowDataPacket[]>(`SELECT COUNT(*) AS n ${from} ${where}`, values);
  const [rows] = await queries.query<RowDataPacket[]>(
    `SELECT i.*, a.purchase_id, a.is_offline, c.id AS customer_id, c.name AS customer, t.account AS trial_account
     ${from} ${where} ORDER BY i.last_heard_at DESC, i.id LIMIT ? OFFSET ?`,
    [...values, pageSize, (page - 1) * pageSize],
  );
  const installations = rows.map((row) => ({
    ...{
      ...installationOf(row, nowMs),
      purchaseId: row.purchase_id,
      customerId: row.customer_id,
      customer: row.customer,
    },
    ...{ trialAccount: row.trial_account, isOffline: Boolean(row.is_offline) },
  }));
  return { installations, total: Number(count?.n), pageSize };
}

const mostAttempts = 200;

/** One for each purchase, the latest first. */
export async function listForeignKeys(queries: Queries, by: By): Promise<ForeignKey[]> {
  const own = ofPartner(by);
  const [rows] = await queries.query<RowDataPacket[]>(
    `SELECT r.*, p.customer_id, c.name AS customer FROM (
       SELECT *, COUNT(*) OVER (PARTITION BY purchase_id) AS machines,
         ROW_NUMBER() OVER (PARTITION BY purchase_id ORDER BY last_at DESC, thumbprint) AS place FROM refused_attempts) r
     JOIN purchases p ON p.id = r.purchase_id JOIN customers c ON c.id = p.customer_id
     WHERE r.place = 1 AND ${own.condition} ORDER BY r.last_at DESC LIMIT ${mostAttempts}`,
    own.values,
  );
  return rows.map((row) => ({
    ...{ ...attemptOf(row), purchaseId: row.purchase_id, customerId: row.customer_id, customer: row.customer },
    machines: Number(row.machines),
  }));
}
