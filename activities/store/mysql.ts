import mysql, { type Pool } from 'mysql2/promise';

/**
 * A pool to Ringflow's own schema. Times are UTC, in and out.
 *
 * @param url mysql://user:password@host:port/database
 */
export function openMysql(url: string): Pool {
  return mysql.createPool({ uri: url, timezone: 'Z', connectionLimit: 10, connectTimeout: 5_000, idleTimeout: 60_000 });
}
