import { randomBytes } from 'node:crypto';
import type { RowDataPacket } from 'mysql2/promise';
import { msOf, type Queries } from './mysql.ts';
import { hashOfToken } from './tokens.ts';

/** Crockford's base 32: nothing that looks alike. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 4;
const groupLength = 5;

/** 100 bits by chance: RF-XXXXX-XXXXX-XXXXX-XXXXX (proto/licence/wire.ts). */
function newLicenceKey(): string {
  const chosen = [...randomBytes(groups * groupLength)].map((byte) => signs[byte % signs.length]).join('');
  return ['RF', ...(chosen.match(/.{5}/g) ?? [])].join('-');
}

/** A new key of a purchase; an older one is void then, what is on an installation stays there. @returns the key, which is kept nowhere */
export async function issueKey(
  queries: Queries,
  purchaseId: number,
  nowMs: number,
): Promise<{ key: string; hint: string }> {
  const key = newLicenceKey();
  const hint = key.slice(-groupLength);
  const now = new Date(nowMs);
  await queries.query('UPDATE licence_keys SET void_at = ? WHERE purchase_id = ? AND void_at IS NULL', [
    now,
    purchaseId,
  ]);
  await queries.query('INSERT INTO licence_keys SET ?', [
    { purchase_id: purchaseId, key_hash: hashOfToken(key), hint, issued_at: now },
  ]);
  return { key, hint };
}

export interface KeyHolder {
  purchaseId: number;
  customerId: number;
  /** Void, or what it was given for is revoked. */
  isRevoked: boolean;
  paidUntilMs: number | null;
  invoiceUntilMs: number | null;
}

/** What a key was given for; nobody else activates it until this transaction ends. @returns undefined if there is no such key */
export async function holderOfKey(queries: Queries, key: string): Promise<KeyHolder | undefined> {
  const [[row]] = await queries.query<RowDataPacket[]>(
    `SELECT p.id, p.customer_id, p.revoked_at, p.paid_until, p.invoice_until, k.void_at
     FROM licence_keys k JOIN purchases p ON p.id = k.purchase_id WHERE k.key_hash = ? FOR UPDATE`,
    [hashOfToken(key)],
  );
  return (
    row && {
      ...{ purchaseId: row.id, customerId: row.customer_id },
      isRevoked: row.revoked_at !== null || row.void_at !== null,
      ...{ paidUntilMs: msOf(row.paid_until), invoiceUntilMs: msOf(row.invoice_until) },
    }
  );
}
