import type { Pool } from 'mysql2/promise';

export type OwnCelRow = [id: number, eventtype: string, eventtime: string, uniqueid: string, linkedid: string];

/** A CEL table beside that of the database, with these rows. @returns its name */
export async function ownCelTable(pool: Pool, rows: readonly OwnCelRow[]): Promise<string> {
  const celTable = `cel_${Math.random().toString(36).slice(2)}`;
  await pool.query(`CREATE TABLE ${celTable} LIKE cel`);
  if (rows.length > 0) {
    await pool.query(
      `SET STATEMENT sql_mode='' FOR INSERT INTO ${celTable} (id, eventtype, eventtime, uniqueid, linkedid) VALUES ?`,
      [rows],
    );
  }
  return celTable;
}
