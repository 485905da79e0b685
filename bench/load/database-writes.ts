import type { Pool, RowDataPacket } from 'mysql2/promise';
import { run } from '../../bin/stack/programs.ts';

export interface DatabaseOfTemporal {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** Rows that were written, and what the log took that makes them last, since the servers' beginning. */
export interface Writes {
  mysqlRows: number;
  mysqlLogKb: number;
  /** null: the dev server's file tells nobody, as what follows. */
  temporalRows: number | null;
  temporalLogKb: number | null;
  /** How often its log was waited for until it was on the disk. */
  temporalSyncs: number | null;
}

export async function countWrites(mysql: Pool, temporal: DatabaseOfTemporal | undefined): Promise<Writes> {
  const [rows] = await mysql.query<RowDataPacket[]>('SHOW GLOBAL STATUS');
  const status = new Map(rows.map((row) => [String(row.Variable_name), Number(row.Value)]));
  const of = (...names: string[]) => names.map((name) => status.get(name) ?? 0).reduce((sum, one) => sum + one, 0);
  return {
    mysqlRows: of('Handler_write', 'Handler_update', 'Handler_delete') - of('Handler_tmp_write', 'Handler_tmp_update'),
    mysqlLogKb: of('Innodb_os_log_written') / 1_024,
    ...(temporal ? await ofPostgres(temporal) : { temporalRows: null, temporalLogKb: null, temporalSyncs: null }),
  };
}

async function ofPostgres({ host, port, user, password }: DatabaseOfTemporal) {
  const sql = `SELECT (SELECT sum(tup_inserted + tup_updated + tup_deleted) FROM pg_stat_database), wal_bytes, wal_sync
    FROM pg_stat_wal`;
  const place = ['-h', host, '-p', String(port), '-U', user, '-d', 'temporal'];
  const told = await run('psql', [...place, '-At', '-c', sql], { PGPASSWORD: password });
  const [temporalRows = 0, walBytes = 0, temporalSyncs = 0] = told.trim().split('|').map(Number);
  return { temporalRows, temporalLogKb: walBytes / 1_024, temporalSyncs };
}
