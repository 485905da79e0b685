import type { Pool, RowDataPacket } from 'mysql2/promise';
import { ComparisonOutcome } from '../../proto/journal.ts';
import { type CallFilter, placeConditions, type Sql, tookPart } from './call-search.ts';

export type ComparisonTotals = Record<ComparisonOutcome, number>;

export type Comparisons = ReturnType<typeof createComparisons>;

/** How calls that were only observed compare with what another product made of them. */
export function createComparisons(pool: Pool) {
  return {
    /** How many of each there are, by an index alone. */
    async totals({
      pbxIds,
      ownExtensions,
      ...period
    }: Pick<CallFilter, 'pbxIds' | 'ownExtensions' | 'fromMs' | 'toMs'>): Promise<ComparisonTotals> {
      const none = Object.fromEntries(ComparisonOutcome.enum.map((one) => [one, 0])) as ComparisonTotals;
      if (pbxIds.length === 0 || ownExtensions?.length === 0) return none;
      const conditions: Sql[] = [
        { sql: 'c.pbx_id IN (?) AND c.comparison IN (?)', values: [pbxIds, ComparisonOutcome.enum] },
        ...placeConditions('c', period),
        ...(ownExtensions ? [tookPart(ownExtensions)] : []),
      ];
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT c.comparison, COUNT(*) AS count FROM calls c WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
         GROUP BY c.comparison`,
        conditions.flatMap(({ values }) => values),
      );
      return { ...none, ...Object.fromEntries(rows.map(({ comparison, count }) => [comparison, Number(count)])) };
    },
  };
}
