import mysql, { type Pool } from 'mysql2/promise';
import { endForgotten } from '../../proto/forgotten-connections.ts';

/** The pool, or one connection of it in the middle of a transaction. */
export type Queries = Pick<Pool, 'query'>;

const connections = 20;
const connectTimeout = 5_000;

/**
 * A pool to the licensing server's own schema. Times are UTC, in and out; a statement sees what is committed, so that
 * whoever has waited for a lock decides by what is so now. What was asked on a connection that the network has forgotten
 * fails with ETIMEDOUT after some seconds.
 *
 * @param url mysql://user:password@host:port/database
 */
export function openMysql(url: string): Pool {
  const pool = mysql.createPool({
    ...{ uri: url, timezone: 'Z', connectTimeout },
    // only where fewer may be idle than there may be at all does the driver close those that nobody needs
    ...{ connectionLimit: connections, maxIdle: connections - 1, idleTimeout: 60_000 },
    trace: false, // a stack for each query, in case it fails, is a tenth of what a check costs
  });
  pool.on('connection', (connection) => {
    const fresh = connection as unknown as Queries;
    void fresh.query("SET time_zone = '+00:00'"); // else what the server takes for now is of the zone that it runs in
    void fresh.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  });
  endForgotten(pool, () => mysql.createConnection({ uri: url, connectTimeout }));
  return pool;
}

/** A JSON column: MySQL reads it, MariaDB gives its text. */
export const readJson = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);

/** A DATETIME column. */
export const msOf = (value: unknown): number | null => (value instanceof Date ? value.getTime() : null);

export const isDuplicate = (error: unknown): boolean => (error as { code?: string }).code === 'ER_DUP_ENTRY';
