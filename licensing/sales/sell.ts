import type { ResultSetHeader } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import { Feature } from '../../proto/licence/feature.ts';
import { ApiError } from '../errors.ts';
import { type HistoryEvent, writeHistory } from '../store/history.ts';
import { issueKey } from '../store/licence-keys.ts';
import type { Queries } from '../store/mysql.ts';
import { inTransaction } from '../store/transaction.ts';
import type { By, SalesTools } from './by.ts';
import { readCustomer } from './customers.ts';
import { type Plan, planToSell } from './plans.ts';
import { lockPurchase, type Purchase, readPurchase } from './purchase.ts';

const dayMs = 86_400_000;

/** A moment, ms UTC, until the year 2100. */
export const Until = Type.Integer({ minimum: 0, maximum: 4_102_444_800_000 });

const terms = {
  seats: Type.Integer({ minimum: 1, maximum: 100_000 }),
  features: Type.Array(Feature, { maxItems: 100, uniqueItems: true }),
};

/** What is left out is as the plan says. */
export const Sale = Type.Object(
  {
    planId: Type.String({ maxLength: 32 }),
    seats: Type.Optional(terms.seats),
    features: Type.Optional(terms.features),
    untilMs: Type.Optional(Until),
  },
  { additionalProperties: false },
);
export type Sale = Static<typeof Sale>;

export const Terms = Type.Object({ planId: Type.String({ maxLength: 32 }), ...terms }, { additionalProperties: false });
export type Terms = Static<typeof Terms>;

/** @returns the purchase with its key, which is told this once. @throws ApiError */
export function sell(
  tools: SalesTools,
  by: By,
  customerId: number,
  sale: Sale,
): Promise<{ purchase: Purchase; key: string }> {
  const nowMs = tools.nowMs();
  return inTransaction(tools.pool, async (queries) => {
    await readCustomer(queries, by, customerId);
    const plan = await planToSell(queries, sale.planId);
    const { seats = plan.seats, features = plan.features } = sale;
    const paidUntilMs = endOfSale(plan, sale.untilMs, nowMs);
    const [{ insertId }] = await queries.query<ResultSetHeader>('INSERT INTO purchases SET ?', [
      {
        ...{ customer_id: customerId, plan_id: plan.id, seats, features: JSON.stringify(features) },
        ...{ paid_until: paidUntilMs === null ? null : new Date(paidUntilMs), created_at: new Date(nowMs) },
      },
    ]);
    const { key, hint } = await issueKey(queries, insertId, nowMs);
    const purchase = await readPurchase(queries, tools, by, insertId);
    await note(queries, tools, by, 'sold', purchase, { planId: plan.id, seats, features, paidUntilMs, hint });
    return { purchase, key };
  });
}

function endOfSale(plan: Plan, untilMs: number | undefined, nowMs: number): number | null {
  if (untilMs === undefined) return plan.termDays === null ? null : nowMs + plan.termDays * dayMs;
  if (untilMs <= nowMs) throw new ApiError(409, 'end-passed');
  return untilMs;
}

/** It is paid until then; an invoice that was pending is so no more. @throws ApiError */
export function extend(tools: SalesTools, by: By, id: number, untilMs: number): Promise<Purchase> {
  return changing(tools, by, id, 'extended', { untilMs }, (purchase) => {
    if (purchase.paidUntilMs === null) throw new ApiError(409, 'no-term');
    if (untilMs <= tools.nowMs()) throw new ApiError(409, 'end-passed');
    if (untilMs < purchase.paidUntilMs) throw new ApiError(409, 'would-shorten');
    return { paid_until: new Date(untilMs), invoice_until: null };
  });
}

/** An end that was typed too late; what is over is over by revoking. The reason is for the history. @throws ApiError */
export function correctEnd(tools: SalesTools, by: By, id: number, untilMs: number, reason: string): Promise<Purchase> {
  return changing(tools, by, id, 'end-corrected', { untilMs, reason }, ({ paidUntilMs }) => {
    if (paidUntilMs === null) throw new ApiError(409, 'no-term');
    if (untilMs <= tools.nowMs()) throw new ApiError(409, 'end-passed');
    if (untilMs >= paidUntilMs) throw new ApiError(409, 'would-lengthen');
    return { paid_until: new Date(untilMs) };
  });
}

/** It works on while an invoice is pending. @throws ApiError */
export function awaitInvoice(tools: SalesTools, by: By, id: number, untilMs: number): Promise<Purchase> {
  return changing(tools, by, id, 'invoice-pending', { untilMs }, ({ paidUntilMs, state }) => {
    if (paidUntilMs === null) throw new ApiError(409, 'no-term');
    if (state === 'revoked') throw new ApiError(409, 'is-revoked');
    if (untilMs <= tools.nowMs()) throw new ApiError(409, 'end-passed');
    if (untilMs <= paidUntilMs) throw new ApiError(409, 'end-before-term');
    return { invoice_until: new Date(untilMs) };
  });
}

/** @throws ApiError */
export function changeTerms(tools: SalesTools, by: By, id: number, wanted: Terms): Promise<Purchase> {
  return changing(tools, by, id, 'terms-changed', wanted, async (_purchase, queries) => {
    await planToSell(queries, wanted.planId);
    return { plan_id: wanted.planId, seats: wanted.seats, features: JSON.stringify(wanted.features) };
  });
}

/** The installation is restricted from its next check on. @throws ApiError */
export function revoke(tools: SalesTools, by: By, id: number, reason: string): Promise<Purchase> {
  return changing(tools, by, id, 'revoked', { reason }, ({ state }) => {
    if (state === 'revoked') throw new ApiError(409, 'is-revoked');
    return { revoked_at: new Date(tools.nowMs()) };
  });
}

/** Undoes a revocation. @throws ApiError */
export function giveBack(tools: SalesTools, by: By, id: number): Promise<Purchase> {
  return changing(tools, by, id, 'given-back', {}, ({ state }) => {
    if (state !== 'revoked') throw new ApiError(409, 'not-revoked');
    return { revoked_at: null };
  });
}

/** The old key activates nothing any more; the installation that is there stays. @returns the key, told this once */
export function replaceKey(tools: SalesTools, by: By, id: number): Promise<{ purchase: Purchase; key: string }> {
  return inTransaction(tools.pool, async (queries) => {
    await lockPurchase(queries, tools, by, id);
    const { key, hint } = await issueKey(queries, id, tools.nowMs());
    const purchase = await readPurchase(queries, tools, by, id);
    await note(queries, tools, by, 'key-issued', purchase, { hint });
    return { purchase, key };
  });
}

type Row = Record<string, string | number | Date | null>;

function changing(
  tools: SalesTools,
  by: By,
  id: number,
  event: HistoryEvent,
  details: Record<string, unknown>,
  change: (purchase: Purchase, queries: Queries) => Row | Promise<Row>,
): Promise<Purchase> {
  return inTransaction(tools.pool, async (queries) => {
    const before = await lockPurchase(queries, tools, by, id);
    await queries.query('UPDATE purchases SET ? WHERE id = ?', [await change(before, queries), id]);
    const purchase = await readPurchase(queries, tools, by, id);
    await note(queries, tools, by, event, purchase, { ...details, before: termsOf(before) });
    return purchase;
  });
}

const termsOf = ({ planId, seats, features, paidUntilMs, invoiceUntilMs }: Purchase) => ({
  ...{ planId, seats, features, paidUntilMs, invoiceUntilMs },
});

export function note(
  queries: Queries,
  { nowMs }: SalesTools,
  { actor }: By,
  event: HistoryEvent,
  { id: purchaseId, customerId, installation }: Purchase,
  details: Record<string, unknown>,
): Promise<void> {
  const thumbprint = installation?.thumbprint ?? null;
  return writeHistory(queries, { actor, event, customerId, purchaseId, thumbprint, details }, nowMs());
}
