import mysql, { type Pool } from 'mysql2/promise';

/** What the server itself takes for now, and makes of dates, would else be of the zone that it happens to run in. */
export const inUtc = "SET time_zone = '+00:00'";

/**
 * A pool to Ringflow's own schema. Times are UTC, in and out.
 *
 * @param url mysql://user:password@host:port/database
 */
export function openMysql(url: string): Pool {
  const options = { connectionLimit: 10, connectTimeout: 5_000, idleTimeout: 60_000 };
  const pool = mysql.createPool({ uri: url, timezone: 'Z', ...options });
  pool.on('connection', (connection) => {
    void (connection as unknown as Pick<Pool, 'query'>).query(inUtc);
  });
  return pool;
}
