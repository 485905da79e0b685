import mysql, { type Pool } from 'mysql2/promise';
import { endForgotten } from '../../proto/forgotten-connections.ts';

const connections = 10;
const connectTimeout = 5_000;

/** What the server itself takes for now, and makes of dates, would else be of the zone that it happens to run in. */
export const inUtc = "SET time_zone = '+00:00'";

/**
 * A pool to Ringflow's own schema. Times are UTC, in and out. A statement may take as long as it likes; what was asked on
 * a connection that the network has forgotten fails with ETIMEDOUT after some seconds.
 *
 * @param url mysql://user:password@host:port/database
 */
export function openMysql(url: string): Pool {
  const pool = mysql.createPool({
    ...{ uri: url, timezone: 'Z', connectTimeout, keepAliveInitialDelay: 15_000 },
    // only where fewer may be idle than there may be at all does the driver close those that nobody needs
    ...{ connectionLimit: connections, maxIdle: connections - 1, idleTimeout: 30_000 },
  });
  pool.on('connection', (connection) => {
    void (connection as unknown as Pick<Pool, 'query'>).query(inUtc);
  });
  endForgotten(pool, () => mysql.createConnection({ uri: url, connectTimeout }));
  return pool;
}
