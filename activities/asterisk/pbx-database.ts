import mysql, { type Pool } from 'mysql2/promise';

/**
 * A pool to Asterisk's database, which is only read. `eventtime` stays the PBX's wall-clock text; text in whatever
 * encoding arrives as UTF-8 with replacement characters, never as an error.
 *
 * @param url mysql://user:password@host:port/asteriskcdrdb
 */
export function openPbxDatabase(url: string): Pool {
  return mysql.createPool({
    uri: url,
    dateStrings: true,
    charset: 'utf8mb4',
    connectionLimit: 5,
    connectTimeout: 5_000,
    enableKeepAlive: true,
  });
}

/** A table name as configured, quoted for SQL: `cel`, `asteriskcdrdb.cel`. */
export function quotedTable(name: string): string {
  if (!/^[\w$-]+(\.[\w$-]+)?$/.test(name)) throw new Error(`"${name}" is no table name`);
  return mysql.escapeId(name);
}

/** Thrown when the tables are there but not as needed; says what to do. */
export class PbxTableError extends Error {
  override readonly name = 'PbxTableError';
}

/** Columns of a table, lower case. */
export async function columnsOf(pool: Pool, table: string): Promise<Set<string>> {
  const [rows] = await pool.query(`SHOW COLUMNS FROM ${quotedTable(table)}`);
  return new Set((rows as { Field: string }[]).map((row) => row.Field.toLowerCase()));
}

const advice: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there: check host and port in PBX_DATABASE_URL, and bind-address on the PBX',
  ENOTFOUND: 'the host name is not known: check PBX_DATABASE_URL',
  ETIMEDOUT: 'no answer: check the network and the firewall of the PBX',
  EHOSTUNREACH: 'no way to the host: check the network',
  PROTOCOL_CONNECTION_LOST: 'the connection broke',
  ER_ACCESS_DENIED_ERROR: 'user or password is wrong: check PBX_DATABASE_URL',
  ER_DBACCESS_DENIED_ERROR: 'the user may not use this database: GRANT SELECT on it',
  ER_BAD_DB_ERROR: 'there is no such database: check the end of PBX_DATABASE_URL',
  ER_NO_SUCH_TABLE: 'the table does not exist: check PBX_CEL_TABLE and PBX_CDR_TABLE',
  ER_TABLEACCESS_DENIED_ERROR: 'the user may not read the table: GRANT SELECT on it',
};

/** One sentence on what is wrong with the PBX's database and what to do; never contains the password. */
export function pbxDatabaseProblem(error: unknown): string {
  if (error instanceof PbxTableError) return error.message;
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  return `The PBX's database can't be read (${code || message}): ${advice[code] ?? message}.`;
}
