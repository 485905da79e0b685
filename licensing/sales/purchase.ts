import type { RowDataPacket } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import { Feature } from '../../proto/licence/feature.ts';
import { Usage } from '../../proto/licence/wire.ts';
import { nullable } from '../../proto/nullable.ts';
import { ApiError } from '../errors.ts';
import { endOfGrace, endOfTerm, type Timing } from '../permits/due-permit.ts';
import { isTwin } from '../permits/twins.ts';
import { msOf, type Queries, readJson } from '../store/mysql.ts';
import { type By, ofPartner, type SalesTools } from './by.ts';

/** Somebody who came with a key that is in use elsewhere. */
export const RefusedAttempt = Type.Object({
  thumbprint: Type.String(),
  firstAtMs: Type.Integer(),
  lastAtMs: Type.Integer(),
  times: Type.Integer(),
  address: Type.String(),
  accounts: Type.Array(Type.String()),
});
export type RefusedAttempt = Static<typeof RefusedAttempt>;

export const Installation = Type.Object({
  thumbprint: Type.String(),
  firstHeardAtMs: Type.Integer(),
  lastHeardAtMs: Type.Integer(),
  version: Type.String(),
  timezone: Type.String(),
  accounts: Type.Array(Type.String()),
  /** null: it has said nothing yet. */
  usage: nullable(Usage),
  /** Two machines use its identity: one is a copy of the other. */
  isTwin: Type.Boolean(),
});
export type Installation = Static<typeof Installation>;

const PurchaseState = Type.Enum(['active', 'invoice-pending', 'grace', 'over', 'revoked']);
type PurchaseState = Static<typeof PurchaseState>;

export const Purchase = Type.Object({
  id: Type.Integer(),
  customerId: Type.Integer(),
  customer: Type.String(),
  planId: Type.String(),
  seats: Type.Integer(),
  features: Type.Array(Feature),
  createdAtMs: Type.Integer(),
  /** null: without an end. */
  paidUntilMs: nullable(Type.Integer()),
  /** An invoice is pending, and so long it works on. */
  invoiceUntilMs: nullable(Type.Integer()),
  state: PurchaseState,
  /** After it only what is free is left; null: never. */
  graceUntilMs: nullable(Type.Integer()),
  /** The last signs of its key. */
  keyHint: nullable(Type.String()),
  /** Where it is used; null: nowhere. */
  installation: nullable(Installation),
  /** Its permit there is a file. */
  isOffline: Type.Boolean(),
  /** Until then that file works, whatever is done here; null: it is none. */
  offlineUntilMs: nullable(Type.Integer()),
  activatedAtMs: nullable(Type.Integer()),
});
export type Purchase = Static<typeof Purchase>;

const select = `SELECT p.*, c.name AS customer, a.is_offline, a.offline_until, a.began_at,
    i.thumbprint, i.first_heard_at, i.last_heard_at, i.version, i.timezone, i.accounts, i.used, i.twin_times, i.twin_at,
    (SELECT hint FROM licence_keys WHERE purchase_id = p.id AND void_at IS NULL) AS hint
  FROM purchases p JOIN customers c ON c.id = p.customer_id
  LEFT JOIN activations a ON a.live_purchase = p.id
  LEFT JOIN installations i ON i.id = a.installation_id`;

/** @param condition on p, c, a, i */
export async function findPurchases(
  queries: Queries,
  { timing, nowMs }: Pick<SalesTools, 'timing' | 'nowMs'>,
  by: By,
  condition: string,
  values: unknown[],
): Promise<Purchase[]> {
  const own = ofPartner(by);
  const [rows] = await queries.query<RowDataPacket[]>(
    `${select} WHERE ${own.condition} AND ${condition} ORDER BY p.id DESC LIMIT 500`,
    [...own.values, ...values],
  );
  return rows.map((row) => purchaseOf(row, nowMs(), timing));
}

/** @throws ApiError if they have no such purchase */
export async function readPurchase(queries: Queries, tools: SalesTools, by: By, id: number): Promise<Purchase> {
  const [purchase] = await findPurchases(queries, tools, by, 'p.id = ?', [id]);
  if (!purchase) throw new ApiError(404, 'not-found');
  return purchase;
}

/** Nobody else changes it until this transaction ends. @throws ApiError if they have no such purchase */
export async function lockPurchase(queries: Queries, tools: SalesTools, by: By, id: number): Promise<Purchase> {
  await queries.query('SELECT id FROM purchases WHERE id = ? FOR UPDATE', [id]);
  return readPurchase(queries, tools, by, id);
}

export async function refusedAttempts(queries: Queries, purchaseId: number): Promise<RefusedAttempt[]> {
  const sql = 'SELECT * FROM refused_attempts WHERE purchase_id = ? ORDER BY last_at DESC LIMIT 100';
  const [rows] = await queries.query<RowDataPacket[]>(sql, [purchaseId]);
  return rows.map(attemptOf);
}

export function attemptOf(row: RowDataPacket): RefusedAttempt {
  return {
    ...{ thumbprint: row.thumbprint, firstAtMs: row.first_at.getTime(), lastAtMs: row.last_at.getTime() },
    ...{ times: row.times, address: row.address, accounts: readJson(row.accounts) as string[] },
  };
}

export function installationOf(row: RowDataPacket, nowMs: number): Installation {
  return {
    ...{ thumbprint: row.thumbprint, version: row.version, timezone: row.timezone },
    ...{ firstHeardAtMs: row.first_heard_at.getTime(), lastHeardAtMs: row.last_heard_at.getTime() },
    accounts: readJson(row.accounts) as string[],
    usage: row.used === null ? null : (readJson(row.used) as Usage),
    isTwin: isTwin({ twinTimes: row.twin_times, twinAtMs: msOf(row.twin_at) }, nowMs),
  };
}

function purchaseOf(row: RowDataPacket, nowMs: number, timing: Timing): Purchase {
  const times = { paidUntilMs: msOf(row.paid_until), invoiceUntilMs: msOf(row.invoice_until) };
  const endMs = endOfTerm(times);
  const graceUntilMs = endMs === null ? null : endOfGrace(endMs, row.timezone ?? 'UTC', timing);
  return {
    ...{ id: row.id, customerId: row.customer_id, customer: row.customer, planId: row.plan_id, seats: row.seats },
    ...{ features: readJson(row.features) as Feature[], createdAtMs: row.created_at.getTime(), ...times },
    ...{ state: stateOf(row.revoked_at !== null, times, graceUntilMs, nowMs), graceUntilMs, keyHint: row.hint },
    installation: row.thumbprint === null ? null : installationOf(row, nowMs),
    ...{ isOffline: Boolean(row.is_offline), activatedAtMs: msOf(row.began_at) },
    offlineUntilMs: row.is_offline ? msOf(row.offline_until) : null,
  };
}

function stateOf(
  isRevoked: boolean,
  times: { paidUntilMs: number | null; invoiceUntilMs: number | null },
  graceUntilMs: number | null,
  nowMs: number,
): PurchaseState {
  const endMs = endOfTerm(times);
  if (isRevoked) return 'revoked';
  if (endMs === null || times.paidUntilMs === null || nowMs < times.paidUntilMs) return 'active';
  if (nowMs < endMs) return 'invoice-pending';
  return nowMs < (graceUntilMs ?? 0) ? 'grace' : 'over';
}
