import type { RowDataPacket } from 'mysql2/promise';
import { msOf, type Queries } from './mysql.ts';

/** A trial belongs to an amoCRM account, once and for ever. */
export interface Trial {
  id: number;
  account: string;
  installationId: number | null;
  customerId: number | null;
  endsAtMs: number;
  /** Of the installation it is on; null: it is on none. */
  lastHeardAtMs: number | null;
}

const select = `SELECT t.*, i.last_heard_at FROM trials t LEFT JOIN installations i ON i.id = t.installation_id`;

/** As they are compared. */
export const accountName = (account: string): string => account.trim().toLowerCase();

/** Nobody else takes it until this transaction ends. */
export async function trialOfAccount(queries: Queries, account: string): Promise<Trial | undefined> {
  const [[row]] = await queries.query<RowDataPacket[]>(`${select} WHERE t.account = ? FOR UPDATE`, [
    accountName(account),
  ]);
  return row && trialOf(row);
}

export async function trialOfInstallation(queries: Queries, installationId: number): Promise<Trial | undefined> {
  const [[row]] = await queries.query<RowDataPacket[]>(`${select} WHERE t.installation_id = ?`, [installationId]);
  return row && trialOf(row);
}

/** @param customerId null: nobody knows yet whose account it is */
export async function addTrial(
  queries: Queries,
  account: string,
  { installationId, customerId }: { installationId: number | null; customerId: number | null },
  nowMs: number,
): Promise<void> {
  await queries.query(
    `INSERT INTO trials (account, installation_id, customer_id, began_at, ends_at)
     SELECT ?, ?, ?, ?, ? + INTERVAL term_days DAY FROM plans WHERE id = 'trial'`,
    [accountName(account), installationId, customerId, new Date(nowMs), new Date(nowMs)],
  );
}

/** One that was reserved for the account begins now. */
export async function beginTrial(queries: Queries, id: number, installationId: number, nowMs: number): Promise<void> {
  await queries.query(
    `UPDATE trials SET installation_id = ?, began_at = ?,
       ends_at = GREATEST(ends_at, ? + INTERVAL (SELECT term_days FROM plans WHERE id = 'trial') DAY) WHERE id = ?`,
    [installationId, new Date(nowMs), new Date(nowMs), id],
  );
}

export async function moveTrial(queries: Queries, id: number, installationId: number): Promise<void> {
  await queries.query('UPDATE trials SET installation_id = ? WHERE id = ?', [installationId, id]);
}

function trialOf(row: RowDataPacket): Trial {
  return {
    ...{ id: row.id, account: row.account, installationId: row.installation_id, customerId: row.customer_id },
    ...{ endsAtMs: row.ends_at.getTime(), lastHeardAtMs: msOf(row.last_heard_at) },
  };
}
