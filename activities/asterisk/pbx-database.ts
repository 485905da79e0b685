import mysql, { type Pool, type RowDataPacket } from 'mysql2/promise';

const keepAliveMs = 15_000;
const idleMs = 30_000;

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
    // a way through NAT or a tunnel forgets a silent connection and tells nobody: few are kept, and they are not silent
    ...{ enableKeepAlive: true, keepAliveInitialDelay: keepAliveMs, maxIdle: 1, idleTimeout: idleMs },
    // binary columns as text too: the server sends everything in the connection's charset
    typeCast: (field, next) => (/STRING|BLOB/.test(field.type) ? field.string('utf8') : next()),
  });
}

/** Asterisk's database can't be read, or not as needed. The message says what to do and never holds a password. */
export class PbxDatabaseError extends Error {
  override readonly name = 'PbxDatabaseError';
  /** True if waiting mends nothing: the table is missing, forbidden or not of the form needed. */
  readonly isLasting: boolean;
  /** That of the driver or the server; empty if it is ours. */
  readonly code: string;

  constructor(message: string, isLasting = true, code = '') {
    super(message);
    this.isLasting = isLasting;
    this.code = code;
  }
}

/** A network that swallows packets would otherwise keep a query waiting for as long as TCP likes. */
const queryTimeoutMs = 10_000;

/** @throws PbxDatabaseError */
export async function queryPbx<T extends RowDataPacket>(pool: Pool, sql: string, values: unknown[] = []): Promise<T[]> {
  try {
    const connection = await pool.getConnection();
    try {
      return (await connection.query<T[]>({ sql, values, timeout: queryTimeoutMs }))[0];
    } catch (error) {
      if (isSilence(error)) connection.destroy();
      throw error;
    } finally {
      connection.release();
    }
  } catch (error) {
    throw pbxDatabaseError(error);
  }
}

/** The driver goes on waiting for this answer, and would let nobody else have the connection. */
const isSilence = (error: unknown): boolean => (error as { code?: string }).code === 'PROTOCOL_SEQUENCE_TIMEOUT';

/** A table name as configured, quoted for SQL: `cel`, `asteriskcdrdb.cel`. */
export function quotedTable(name: string): string {
  return mysql.escapeId(name);
}

/** Columns of a table, lower case. @throws PbxDatabaseError */
export async function columnsOf(pool: Pool, table: string): Promise<Set<string>> {
  const rows = await queryPbx(pool, `SHOW COLUMNS FROM ${quotedTable(table)}`);
  return new Set(rows.map((row) => String(row.Field).toLowerCase()));
}

const advice: Record<string, string> = {
  ECONNREFUSED:
    'nothing listens there: check host and port in PBX_DATABASE_URL (or as given to bin/ringflow pbx add), and bind-address on the PBX',
  ENOTFOUND: 'the host name is not known: check PBX_DATABASE_URL, or what was given to bin/ringflow pbx add',
  ETIMEDOUT: 'no answer: check the network and the firewall of the PBX',
  EHOSTUNREACH: 'no way to the host: check the network',
  PROTOCOL_CONNECTION_LOST: 'the connection broke',
  PROTOCOL_SEQUENCE_TIMEOUT: 'no answer in time: check the network and the load of the PBX',
  ER_ACCESS_DENIED_ERROR:
    'user or password is wrong: check PBX_DATABASE_URL, or what was given to bin/ringflow pbx add',
  ER_DBACCESS_DENIED_ERROR: 'the user may not use this database: GRANT SELECT on it',
  ER_BAD_DB_ERROR:
    'there is no such database: check the end of PBX_DATABASE_URL, or of what was given to bin/ringflow pbx add',
  ER_NO_SUCH_TABLE: 'the table does not exist: check PBX_CEL_TABLE and PBX_CDR_TABLE, or bin/ringflow pbx list',
  ER_TABLEACCESS_DENIED_ERROR: 'the user may not read the table: GRANT SELECT on it',
};

const lastingCodes = new Set(['ER_NO_SUCH_TABLE', 'ER_TABLEACCESS_DENIED_ERROR']);

function pbxDatabaseError(error: unknown): PbxDatabaseError {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const text = `The PBX's database can't be read (${code || message}): ${advice[code] ?? message}.`;
  return new PbxDatabaseError(text, lastingCodes.has(code), code);
}
