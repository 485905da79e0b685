import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { databaseUrlOf, type Secrets } from './secrets.ts';
import { inTransaction } from './transaction.ts';

export interface Pbx {
  id: string;
  /** The amoCRM account in which its calls are told. */
  accountId: string;
  celTable: string;
  cdrTable: string;
  /** IANA zone in which it writes times. */
  timezone: string;
}

/** The PBXs as those see them who only read. */
export interface KnownPbxs {
  find(id: string): Promise<Pbx | undefined>;
  list(): Promise<Pbx[]>;
  /** The address of its database, with user and password. @throws SecretKeyError; UnknownPbx if there is none */
  databaseUrl(id: string): Promise<string>;
}

/** Nobody knows this PBX (any more). */
export class UnknownPbx extends Error {
  override readonly name = 'UnknownPbx';
  constructor(id: string) {
    super(`There is no PBX ${id} here: see bin/ringflow pbx list. Its calls wait until it is added.`);
  }
}

export type Pbxs = ReturnType<typeof createPbxs>;

/** The PBXs that this installation reads. */
export function createPbxs(pool: Pool, secrets: Secrets) {
  return {
    async find(id: string): Promise<Pbx | undefined> {
      const [[row]] = await pool.query<RowDataPacket[]>('SELECT * FROM pbxs WHERE id = ?', [id]);
      return row && pbxOf(row);
    },

    async list(): Promise<Pbx[]> {
      const [rows] = await pool.query<RowDataPacket[]>('SELECT * FROM pbxs ORDER BY created_at, id');
      return rows.map(pbxOf);
    },

    async databaseUrl(id: string): Promise<string> {
      const url = await secrets.read(databaseUrlOf(id));
      if (url === undefined) throw new UnknownPbx(id);
      return url;
    },

    /** @returns the id of another PBX that reads the same table: each of its calls would be registered twice */
    async twinOf(pbx: Pick<Pbx, 'id' | 'celTable'>, databaseUrl: string): Promise<string | undefined> {
      for (const { id, celTable } of await this.list()) {
        const isSame = celTable === pbx.celTable && placeOf(await this.databaseUrl(id)) === placeOf(databaseUrl);
        if (isSame && id !== pbx.id) return id;
      }
      return undefined;
    },

    /** @returns false if there is one of this id. @throws SecretKeyError; then nothing was written */
    async add(pbx: Pbx, databaseUrl: string): Promise<boolean> {
      try {
        await inTransaction(pool, async (queries) => {
          await queries.query('INSERT INTO pbxs SET ?', [rowOf(pbx)]);
          await secrets.write(databaseUrlOf(pbx.id), databaseUrl, queries);
        });
        return true;
      } catch (error) {
        if ((error as { code?: string }).code === 'ER_DUP_ENTRY') return false;
        throw error;
      }
    },

    /** Writes down what the environment or an administrator says of a PBX, in place of what was said before. @throws SecretKeyError */
    async put(pbx: Pbx, databaseUrl: string): Promise<void> {
      const row = rowOf(pbx);
      await inTransaction(pool, async (queries) => {
        await queries.query('INSERT INTO pbxs SET ? ON DUPLICATE KEY UPDATE ?', [row, row]);
        await secrets.write(databaseUrlOf(pbx.id), databaseUrl, queries);
      });
    },

    /** The place of reading is kept, should it be added again. @returns false if there is none of this id */
    async remove(id: string): Promise<boolean> {
      return inTransaction(pool, async (queries) => {
        const [removed] = await queries.query<ResultSetHeader>('DELETE FROM pbxs WHERE id = ?', [id]);
        await secrets.forget(databaseUrlOf(id), queries);
        return removed.affectedRows > 0;
      });
    },
  };
}

/** Without user and password. */
export function placeOf(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `${hostname}:${port || 3306}${pathname}`;
}

function pbxOf(row: RowDataPacket): Pbx {
  return {
    id: row.id,
    accountId: row.account_id,
    celTable: row.cel_table,
    cdrTable: row.cdr_table,
    timezone: row.timezone,
  };
}

function rowOf({ id, accountId, celTable, cdrTable, timezone }: Pbx) {
  return { id, account_id: accountId, cel_table: celTable, cdr_table: cdrTable, timezone };
}
