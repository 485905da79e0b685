import type { Pool, RowDataPacket } from 'mysql2/promise';
import { pbxTimeToUtcMs, utcMsToPbxTime } from '../../proto/pbx-time.ts';
import type { CallCounts } from '../../proto/state/facts.ts';
import type { Pbx } from './pbxs.ts';
import { createSeenExtensions } from './seen-extensions.ts';
import { createUnsettledCalls } from './unsettled-calls.ts';

const dayMs = 86_400_000;
/** Who took part in no call for so long is not missed. */
const recentMs = 7 * dayMs;
/** A call that amoCRM takes slowly, or a worker that starts anew, is done by then. */
const waitsLongMs = 5 * 60_000;

/** How many calls of a PBX the journal holds, each number read along an index. */
export async function countCalls(pool: Pool, { id, timezone }: Pbx, nowMs: number): Promise<CallCounts> {
  const [[row]] = await pool.query<RowDataPacket[]>(
    `SELECT
       (SELECT COUNT(*) FROM calls WHERE pbx_id = ? AND registration_state = 'needs-attention') AS need_attention,
       (SELECT COUNT(*) FROM calls WHERE pbx_id = ? AND started_at >= ?) AS today,
       (SELECT COUNT(*) FROM calls WHERE pbx_id = ? AND registration_state = 'registered' AND started_at >= ?) AS registered,
       (SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', MAX(started_at)) DIV 1000 FROM calls WHERE pbx_id = ?) AS last_ms`,
    [id, id, new Date(midnightMs(nowMs, timezone)), id, new Date(nowMs - dayMs), id],
  );
  const waiting = await createUnsettledCalls(pool).count(id, nowMs - waitsLongMs);
  return {
    needAttention: Number(row?.need_attention),
    ...{ waiting: waiting.count, waitingSinceMs: waiting.oldestSinceMs },
    today: Number(row?.today),
    registeredLastDay: Number(row?.registered),
    lastStartedAtMs: row?.last_ms == null ? null : Number(row.last_ms),
  };
}

function midnightMs(nowMs: number, timezone: string): number {
  const date = utcMsToPbxTime(nowMs, timezone).slice(0, 10);
  return pbxTimeToUtcMs(`${date} 00:00:00`, timezone) ?? nowMs - dayMs;
}

/** Who took part in calls of late, of whatever kind. */
export async function recentExtensions(pool: Pool, pbxId: string, nowMs: number): Promise<string[]> {
  const seen = await createSeenExtensions(pool).of(pbxId);
  return seen.filter(({ lastCallAtMs }) => lastCallAtMs >= nowMs - recentMs).map(({ extension }) => extension);
}
