import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { type Queries, readJson } from './mysql.ts';

/** On which installation a purchase is. */
export interface Activation {
  id: number;
  purchaseId: number;
  customerId: number;
  installationId: number;
  thumbprint: string;
  isOffline: boolean;
  lastHeardAtMs: number;
  /** amoCRM accounts that it told of last. */
  accounts: string[];
}

/** Nobody else moves it until this transaction ends. */
export function liveOfPurchase(queries: Queries, purchaseId: number): Promise<Activation | undefined> {
  return live(queries, 'a.live_purchase = ?', purchaseId);
}

export function liveOfInstallation(queries: Queries, installationId: number): Promise<Activation | undefined> {
  return live(queries, 'a.live_installation = ?', installationId);
}

async function live(queries: Queries, condition: string, id: number): Promise<Activation | undefined> {
  const [[row]] = await queries.query<RowDataPacket[]>(
    `SELECT a.*, i.thumbprint, i.last_heard_at, i.accounts, p.customer_id FROM activations a
     JOIN installations i ON i.id = a.installation_id JOIN purchases p ON p.id = a.purchase_id WHERE ${condition} FOR UPDATE`,
    [id],
  );
  return (
    row && {
      ...{ id: row.id, purchaseId: row.purchase_id, customerId: row.customer_id, installationId: row.installation_id },
      ...{ thumbprint: row.thumbprint, isOffline: Boolean(row.is_offline), lastHeardAtMs: row.last_heard_at.getTime() },
      accounts: readJson(row.accounts) as string[],
    }
  );
}

export async function endActivation(
  queries: Queries,
  id: number,
  why: 'moved' | 'replaced' | 'released',
  nowMs: number,
): Promise<void> {
  const sql = 'UPDATE activations SET ended_at = ?, ended_why = ? WHERE id = ?';
  await queries.query(sql, [new Date(nowMs), why, id]);
}

export async function beginActivation(
  queries: Queries,
  activation: {
    purchaseId: number;
    installationId: number;
    how: 'by-key' | 'replacement' | 'by-staff';
    isOffline: boolean;
  },
  nowMs: number,
): Promise<void> {
  const { purchaseId, installationId, how, isOffline } = activation;
  await queries.query<ResultSetHeader>('INSERT INTO activations SET ?', [
    {
      ...{ purchase_id: purchaseId, installation_id: installationId, how },
      ...{ is_offline: isOffline, began_at: new Date(nowMs) },
    },
  ]);
}

export async function setOffline(queries: Queries, id: number, isOffline: boolean): Promise<void> {
  await queries.query('UPDATE activations SET is_offline = ? WHERE id = ?', [isOffline, id]);
}

/** The file that its installation was given is good until then. */
export async function noteFile(queries: Queries, purchaseId: number, untilMs: number): Promise<void> {
  const sql = 'UPDATE activations SET offline_until = ? WHERE live_purchase = ?';
  await queries.query(sql, [new Date(untilMs), purchaseId]);
}

const yearMs = 365 * 86_400_000;

/** How often within a year a dead machine was replaced without anybody of us. */
export async function replacementsOfYear(queries: Queries, purchaseId: number, nowMs: number): Promise<number> {
  const [[row]] = await queries.query<RowDataPacket[]>(
    `SELECT COUNT(*) AS n FROM activations WHERE purchase_id = ? AND how = 'replacement' AND began_at > ?`,
    [purchaseId, new Date(nowMs - yearMs)],
  );
  return Number(row?.n);
}
