import type { Pool, RowDataPacket } from 'mysql2/promise';

/** A number of ours by which calls came or went. */
export interface SeenNumber {
  kind: 'did' | 'trunk';
  /** The DID, or the trunk's name. */
  key: string;
  pbxId: string;
  calls: number;
  /** When the last of them began, ms UTC. */
  lastAtMs: number;
}

export type SeenNumbers = ReturnType<typeof createSeenNumbers>;

/** Of whoever dials numbers at random there is no end. */
const mostPairs = 2_000;

/** The DIDs and trunks of the journal, those with the most calls first, in an order that holds. */
export function createSeenNumbers(pool: Pool) {
  return {
    async list(pbxIds: readonly string[]): Promise<SeenNumber[]> {
      if (pbxIds.length === 0) return [];
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT pbx_id, did, trunk, COUNT(*) AS calls,
           TIMESTAMPDIFF(MICROSECOND, '1970-01-01', MAX(started_at)) DIV 1000 AS last_at
         FROM calls FORCE INDEX (calls_of_numbers) WHERE pbx_id IN (?)
         GROUP BY pbx_id, did, trunk ORDER BY calls DESC, did, trunk, pbx_id LIMIT ${mostPairs}`,
        [pbxIds],
      );
      return summed(
        rows.flatMap(({ pbx_id: pbxId, did, trunk, calls, last_at }) => {
          const counted = { pbxId, calls: Number(calls), lastAtMs: Number(last_at) };
          return [
            ...(did === null ? [] : [{ ...counted, kind: 'did' as const, key: did as string }]),
            ...(trunk === null ? [] : [{ ...counted, kind: 'trunk' as const, key: trunk as string }]),
          ];
        }),
      );
    },
  };
}

function summed(numbers: readonly SeenNumber[]): SeenNumber[] {
  const each = Map.groupBy(numbers, ({ kind, pbxId, key }) => `${kind} ${pbxId} ${key}`);
  return [...each.values()].map((same) => ({
    ...(same[0] as SeenNumber),
    calls: same.reduce((sum, { calls }) => sum + calls, 0),
    lastAtMs: Math.max(...same.map(({ lastAtMs }) => lastAtMs)),
  }));
}
