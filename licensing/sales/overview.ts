import type { RowDataPacket } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import type { Queries } from '../store/mysql.ts';
import { type By, ofPartner, type SalesTools } from './by.ts';
import { findPurchases, Purchase } from './purchase.ts';

/** What somebody looks at in the morning. */
export const Overview = Type.Object({
  customers: Type.Integer(),
  /** Purchases that work, in grace too. */
  active: Type.Integer(),
  invoicePending: Type.Integer(),
  inGrace: Type.Integer(),
  trials: Type.Integer(),
  /** Of installations that a purchase is on, and of which nothing was heard for a day. */
  silent: Type.Integer(),
  /** Attempts with keys in use elsewhere within a week. */
  foreignKeys: Type.Integer(),
  /** Purchases that end within 14 days, the first first; each says how many days are left. */
  endsSoon: Type.Array(Type.Object({ ...Purchase.properties, daysLeft: Type.Integer() })),
  /** Purchases in grace: soon only what is free is left. */
  grace: Type.Array(Purchase),
  /** Purchases whose invoice is pending, the first to end first. */
  pending: Type.Array(Purchase),
});
export type Overview = Static<typeof Overview>;

const dayMs = 86_400_000;
/** Whom to warn: those who are within 14 days of the end; pages mark 7 and 1. */
const soonDays = 14;

const end = 'GREATEST(p.paid_until, COALESCE(p.invoice_until, p.paid_until))';

export async function readOverview(queries: Queries, tools: SalesTools, by: By): Promise<Overview> {
  const nowMs = tools.nowMs();
  const [now, longAgo] = [new Date(nowMs), new Date(nowMs - (tools.timing.graceSeconds * 1_000 + 5 * dayMs))];
  const soon = `p.revoked_at IS NULL AND ${end} > ? AND ${end} <= ?`;
  const unpaid = 'p.revoked_at IS NULL AND p.invoice_until > p.paid_until AND p.invoice_until > ?';
  const [ending, ended, pending, numbers] = await Promise.all([
    findPurchases(queries, tools, by, soon, [now, new Date(nowMs + soonDays * dayMs)]),
    findPurchases(queries, tools, by, soon, [longAgo, now]),
    findPurchases(queries, tools, by, unpaid, [now]),
    readNumbers(queries, by, nowMs),
  ]);
  const endOf = ({ paidUntilMs, invoiceUntilMs }: Purchase) => Math.max(paidUntilMs ?? 0, invoiceUntilMs ?? 0);
  const grace = ended.filter(({ state }) => state === 'grace').sort((one, other) => endOf(one) - endOf(other));
  const { active, ...others } = numbers;
  return {
    ...{ ...others, active: active + grace.length, inGrace: grace.length, grace },
    ...{ invoicePending: pending.length, pending: pending.sort((one, other) => endOf(one) - endOf(other)) },
    endsSoon: ending
      .sort((one, other) => endOf(one) - endOf(other))
      .map((one) => ({ ...one, daysLeft: Math.ceil((endOf(one) - nowMs) / dayMs) })),
  };
}

async function readNumbers(queries: Queries, by: By, nowMs: number) {
  const own = ofPartner(by);
  const count = async (from: string, condition: string, ...values: Date[]): Promise<number> => {
    const sql = `SELECT COUNT(*) AS n FROM ${from} WHERE ${own.condition} AND ${condition}`;
    const [[row]] = await queries.query<RowDataPacket[]>(sql, [...own.values, ...values]);
    return Number(row?.n);
  };
  const bought = 'purchases p JOIN customers c ON c.id = p.customer_id';
  const [now, day, week] = [new Date(nowMs), new Date(nowMs - dayMs), new Date(nowMs - 7 * dayMs)];
  const used = `${bought} JOIN activations a ON a.live_purchase = p.id JOIN installations i ON i.id = a.installation_id`;
  const [customers, active, trials, silent, foreignKeys] = await Promise.all([
    count('customers c', 'TRUE'),
    count(bought, `p.revoked_at IS NULL AND (p.paid_until IS NULL OR ${end} > ?)`, now),
    count(
      'trials t LEFT JOIN customers c ON c.id = t.customer_id',
      't.installation_id IS NOT NULL AND t.ends_at > ?',
      now,
    ),
    count(used, 'p.revoked_at IS NULL AND NOT a.is_offline AND i.last_heard_at < ?', day),
    count(`${bought} JOIN refused_attempts r ON r.purchase_id = p.id`, 'r.last_at > ?', week),
  ]);
  return { customers, active, trials, silent, foreignKeys };
}
