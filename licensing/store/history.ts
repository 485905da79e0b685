import type { Queries } from './mysql.ts';

/** What is kept of what was done; words for it stand at the page. */
export interface HistoryEntry {
  /** `user:login`, `installation`, `shell` or `server`. */
  actor: string;
  event: HistoryEvent;
  customerId?: number | null;
  purchaseId?: number | null;
  thumbprint?: string | null;
  /** What it was about: plain values, no secrets. */
  details?: Record<string, unknown>;
}

export const historyEvents = [
  'customer-added',
  'customer-changed',
  'sold',
  'extended',
  'end-corrected',
  'invoice-pending',
  'terms-changed',
  'revoked',
  'given-back',
  'key-issued',
  'activated',
  'replaced',
  'moved',
  'released',
  'foreign-key-refused',
  'twin-noticed',
  'trial-reserved',
  'trial-begun',
  'trial-moved',
  'trial-extended',
  'offline-permit',
  'keys-rotated',
  'partner-added',
  'partner-changed',
  'user-added',
  'user-changed',
  'user-removed',
  'password-link',
  'signed-in',
  'password-chosen',
  'signed-out-everywhere',
] as const;
export type HistoryEvent = (typeof historyEvents)[number];

/** In the transaction of what was done. */
export async function writeHistory(queries: Queries, entry: HistoryEntry, nowMs: number): Promise<void> {
  const { actor, event, customerId = null, purchaseId = null, thumbprint = null, details = {} } = entry;
  await queries.query('INSERT INTO history SET ?', [
    {
      ...{ at: new Date(nowMs), actor: actor.slice(0, 120), event, customer_id: customerId },
      ...{ purchase_id: purchaseId, thumbprint, details: JSON.stringify(details) },
    },
  ]);
}
