import type { Pool, RowDataPacket } from 'mysql2/promise';

/** An extension that took part in calls or was asked for. */
export interface SeenExtension {
  pbxId: string;
  extension: string;
  lastCallAtMs: number;
}

export type SeenExtensions = ReturnType<typeof createSeenExtensions>;

/** Whom the journal knows by their extension. */
export function createSeenExtensions(pool: Pool) {
  return {
    /** Of each extension of a PBX its last call. Grouped as the index is, only one entry of each extension is read. */
    async of(pbxId: string): Promise<SeenExtension[]> {
      const [rows] = await pool.query<RowDataPacket[]>(
        'SELECT extension, MAX(started_at) AS last FROM call_extensions WHERE pbx_id = ? GROUP BY pbx_id, extension',
        [pbxId],
      );
      return rows.map(({ extension, last }) => ({ pbxId, extension, lastCallAtMs: (last as Date).getTime() }));
    },

    /** Of each of these extensions those PBXs that have had calls of it. */
    async pbxsOf(extensions: readonly string[], pbxIds: readonly string[]): Promise<Record<string, string[]>> {
      if (pbxIds.length === 0 || extensions.length === 0) return {};
      const sql =
        'SELECT pbx_id, extension FROM call_extensions WHERE pbx_id IN (?) AND extension IN (?) GROUP BY pbx_id, extension';
      const [rows] = await pool.query<RowDataPacket[]>(sql, [pbxIds, extensions]);
      const pbxs = Object.groupBy(rows, ({ extension }) => extension as string);
      return Object.fromEntries(
        Object.entries(pbxs).map(([extension, of]) => [extension, (of ?? []).map(({ pbx_id }) => pbx_id)]),
      );
    },
  };
}
