import type { Pool } from 'mysql2/promise';
import { type CdrRow, cdrColumns, readCdrRow } from '../../proto/cdr.ts';
import { columnsOf, PbxDatabaseError, queryPbx, quotedTable } from './pbx-database.ts';

export type CdrTable = Awaited<ReturnType<typeof openCdrTable>>;

/**
 * The CDR table of a PBX; columns that a layout lacks are left out.
 *
 * @throws PbxDatabaseError, also without a `uniqueid` column
 */
export async function openCdrTable(pool: Pool, table: string) {
  const present = await columnsOf(pool, table);
  if (!present.has('uniqueid'))
    throw new PbxDatabaseError(`The table ${table} has no column uniqueid: is it the CDR table?`);
  const columns = cdrColumns.filter((column) => present.has(column)).join(', ');
  return {
    /** Rows of these channels: `uniqueid` has an index in FreePBX's layout, `linkedid` has none. */
    async ofChannels(uniqueids: readonly string[]): Promise<CdrRow[]> {
      if (uniqueids.length === 0) return [];
      const sql = `SELECT ${columns} FROM ${quotedTable(table)} WHERE uniqueid IN (?) LIMIT 200`;
      const rows = await queryPbx(pool, sql, [uniqueids]);
      return rows.map(readCdrRow).filter((row) => row !== undefined);
    },
  };
}
