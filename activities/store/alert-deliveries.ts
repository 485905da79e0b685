import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { AlertFailure } from '../../proto/alerts/failure.ts';
import { readJson } from './ledger.ts';

/** What became of what was told last at one destination. Times are ms UTC. */
export interface AlertDelivery {
  destinationId: string;
  sentAtMs: number | null;
  /** The last one that did not get there; null: none, or one has got there since. */
  failure: (AlertFailure & { atMs: number }) | null;
}

export type AlertDeliveries = ReturnType<typeof createAlertDeliveries>;

const ms = (column: string) => `TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ${column}) DIV 1000`;

export function createAlertDeliveries(pool: Pool) {
  return {
    /** @param failure null: it has got there */
    async note(accountId: string, destinationId: string, failure: AlertFailure | null): Promise<void> {
      const change = failure
        ? 'failed_at = UTC_TIMESTAMP(3), failure = ?'
        : 'sent_at = UTC_TIMESTAMP(3), failed_at = NULL, failure = NULL';
      const values = failure ? [JSON.stringify(failure)] : [];
      await pool.query(
        `INSERT INTO alert_deliveries SET account_id = ?, destination_id = ?, ${change} ON DUPLICATE KEY UPDATE ${change}`,
        [accountId, destinationId, ...values, ...values],
      );
    },

    async list(accountId: string): Promise<AlertDelivery[]> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT destination_id, failure, ${ms('sent_at')} AS sent_ms, ${ms('failed_at')} AS failed_ms
         FROM alert_deliveries WHERE account_id = ?`,
        [accountId],
      );
      return rows.map((row) => ({
        destinationId: row.destination_id,
        sentAtMs: row.sent_ms === null ? null : Number(row.sent_ms),
        failure:
          row.failure === null ? null : { ...(readJson(row.failure) as AlertFailure), atMs: Number(row.failed_ms) },
      }));
    },
  };
}
