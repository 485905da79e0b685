import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, renameSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { unfinishedRestoreTable } from '../../proto/unfinished-restore.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { findProgram } from '../stack/programs.ts';

/** A copy of a database in one file: gzip of what mariadb-dump writes, behind a line that says what it is. */

/** `product`: whose database; `version`: its newest migration. */
export const CopyHead = Type.Object({
  product: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  takenAt: Type.String(),
});
export type CopyHead = { product: string; version: number; takenAt: string };

const headMark = '-- copy of a database: ';
/** Its last line: without it a copy is cut off. */
const endMark = '-- Dump completed';

/**
 * Copies the database as it is at one moment, while it is in use. The file can be read by its owner only, and is there
 * only once it is whole.
 *
 * @throws BadInput that says what to do
 */
export async function takeCopy(mysqlUrl: string, product: string, file: string): Promise<CopyHead> {
  const head = { product, version: await versionOf(mysqlUrl), takenAt: new Date().toISOString() };
  const partial = `${file}.${randomBytes(4).toString('hex')}.partial`; // two at once must not write into one
  const zip = createGzip();
  zip.write(`${headMark}${JSON.stringify(head)}\n`);
  try {
    const how = ['--single-transaction', '--quick', '--skip-lock-tables', '--no-tablespaces', '--hex-blob'];
    await runWith(mysqlUrl, ['mariadb-dump', 'mysqldump'], [...how, '--default-character-set=utf8mb4'], {
      read: (stdout) => pipeline(stdout, zip, createWriteStream(partial, { mode: 0o600, flags: 'wx' })),
    });
    renameSync(partial, file);
    return head;
  } catch (error) {
    rmSync(partial, { force: true });
    if (error instanceof BadInput) throw error;
    throw new BadInput(`${file} can't be written (${(error as { code?: string }).code ?? (error as Error).message}).`);
  }
}

/** What a file is a copy of. @throws BadInput if it can't be read, is none, or is not whole */
export async function readCopy(file: string): Promise<CopyHead> {
  const failed = new BadInput(`${file} is no copy of a database, or was cut off: take another one.`);
  let [first, last] = ['', ''];
  const text = createGunzip();
  const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', (line) => {
    first ||= line;
    if (line !== '') last = line;
  });
  try {
    await Promise.all([pipeline(createReadStream(file), text), once(lines, 'close')]);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    throw syscall === undefined ? failed : new BadInput(`${file} can't be read (${code}).`);
  }
  const head = first.startsWith(headMark) ? parsed(first.slice(headMark.length)) : undefined;
  if (!Value.Check(CopyHead, head) || !last.startsWith(endMark)) throw failed;
  return head;
}

/** Puts the copy into a database without tables. @throws BadInput that says what to do */
export async function loadCopy(mysqlUrl: string, file: string): Promise<void> {
  await runWith(mysqlUrl, ['mariadb', 'mysql'], ['--default-character-set=utf8mb4'], {
    write: (stdin) => pipeline(createReadStream(file), createGunzip(), stdin),
  });
}

/** What stands in the way of a restore there. */
export async function lookBefore(mysqlUrl: string): Promise<{ tables: string[]; others: number }> {
  const connection = await connect(mysqlUrl);
  try {
    const [tables] = await connection.query<RowDataPacket[]>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    const [[others]] = await connection.query<RowDataPacket[]>(
      'SELECT COUNT(*) AS count FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
    );
    return { tables: tables.map(({ name }) => name), others: Number(others?.count ?? 0) };
  } finally {
    await connection.end();
  }
}

export async function dropTables(mysqlUrl: string, tables: readonly string[]): Promise<void> {
  await withConnection(mysqlUrl, async (connection) => {
    await connection.query('SET FOREIGN_KEY_CHECKS = 0');
    for (const table of tables) await connection.query('DROP TABLE ??', [table]);
  });
}

/** Says, until `endRestore`, that what stands in the database is not whole: no part starts on it. */
export async function beginRestore(mysqlUrl: string): Promise<void> {
  await withConnection(mysqlUrl, (connection) =>
    connection.query('CREATE TABLE IF NOT EXISTS ?? (began_at DATETIME DEFAULT CURRENT_TIMESTAMP)', [
      unfinishedRestoreTable,
    ]),
  );
}

export async function endRestore(mysqlUrl: string): Promise<void> {
  await withConnection(mysqlUrl, (connection) => connection.query('DROP TABLE ??', [unfinishedRestoreTable]));
}

async function withConnection(
  mysqlUrl: string,
  work: (connection: mysql.Connection) => Promise<unknown>,
): Promise<void> {
  const connection = await connect(mysqlUrl);
  try {
    await work(connection);
  } finally {
    await connection.end();
  }
}

async function versionOf(mysqlUrl: string): Promise<number> {
  const connection = await connect(mysqlUrl);
  try {
    const [marks] = await connection.query<RowDataPacket[]>('SHOW TABLES LIKE ?', [unfinishedRestoreTable]);
    if (marks.length > 0)
      throw new BadInput('This database is restored by half: first bring the copy back to its end.');
    const [[row]] = await connection.query<RowDataPacket[]>('SELECT MAX(version) AS version FROM schema_version');
    return Number(row?.version ?? 0);
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw new BadInput('There is nothing to copy in this database yet: it has no tables of ours.');
  } finally {
    await connection.end();
  }
}

async function connect(mysqlUrl: string): Promise<mysql.Connection> {
  try {
    return await mysql.createConnection({ uri: mysqlUrl, timezone: 'Z', connectTimeout: 5_000 });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    throw new BadInput(`The database can't be reached (${code ?? message}). Does it run?`);
  }
}

interface Streams {
  read?: (stdout: NodeJS.ReadableStream) => Promise<unknown>;
  write?: (stdin: NodeJS.WritableStream) => Promise<unknown>;
}

/** Runs a client of the database; its password travels in the environment, which others can't see. */
async function runWith(mysqlUrl: string, names: string[], options: string[], { read, write }: Streams): Promise<void> {
  const program = names.map(findProgram).find((one) => one !== undefined);
  if (!program) throw new BadInput(`${names[0]} is missing: install the package mariadb-client.`);
  const { hostname, port, username, password, pathname } = new URL(mysqlUrl);
  const where = [`--host=${decodeURIComponent(hostname)}`, `--port=${port || 3306}`, '--protocol=TCP'];
  const args = [...where, `--user=${decodeURIComponent(username)}`, ...options, decodeURIComponent(pathname.slice(1))];
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, MYSQL_PWD: decodeURIComponent(password) },
    stdio: [write ? 'pipe' : 'ignore', read ? 'pipe' : 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const fed = write && child.stdin ? write(child.stdin).catch(() => undefined) : undefined; // its end says why
  let unread: unknown;
  const drained =
    read && child.stdout
      ? read(child.stdout).catch((error) => {
          unread = error;
          child.kill(); // it would wait for ever for somebody to read it
        })
      : undefined;
  const [code] = await ended;
  await Promise.all([fed, drained]);
  if (unread) throw unread;
  if (code !== 0) throw new BadInput(`${names[0]} failed: ${said.trim() || `it ended with ${code}`}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
