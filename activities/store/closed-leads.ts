import type { Redis } from 'ioredis';
import { changeRememberedMs, marksOf, prefixOf } from './known-clients.ts';

/** Leads of an account that amoCRM has just said are won, lost or deleted. */
export interface ClosedLeads {
  /** Those of these leads that were closed a moment ago, and have not changed since as far as anybody has heard. */
  among(leadIds: readonly number[]): Promise<ReadonlySet<number>>;
  /** @param askedAtMs when amoCRM was asked, ms since the epoch */
  note(leadId: number, askedAtMs: number): Promise<void>;
}

/** For a client with many leads: whoever tries again need not ask about each of them once more. */
export function createClosedLeads(redis: Redis): (accountId: string) => ClosedLeads {
  return (accountId) => {
    const nameOf = (leadId: number) => `${prefixOf(accountId)}:closed:${leadId}`;
    const marks = marksOf(accountId);
    return {
      async among(leadIds) {
        if (leadIds.length === 0) return new Set();
        const changes = leadIds.map((entityId) => marks.entity({ entityType: 'leads', entityId }));
        const [all, ...values] = await redis.mget(marks.all, ...leadIds.map(nameOf), ...changes);
        const isClosed = (_: number, index: number) => {
          const askedAtMs = Number(values[index] ?? 0);
          return askedAtMs > Number(all ?? 0) && askedAtMs > Number(values[leadIds.length + index] ?? 0);
        };
        return new Set(leadIds.filter(isClosed));
      },

      async note(leadId, askedAtMs) {
        const keptMs = askedAtMs + changeRememberedMs - Date.now(); // as long as a change since then is known
        if (keptMs > 0) await redis.set(nameOf(leadId), String(askedAtMs), 'PX', keptMs);
      },
    };
  };
}
