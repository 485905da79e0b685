import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { AmiAccess, AmiAddress } from '../../proto/ami.ts';
import { tableAt } from '../../proto/pbx-database-url.ts';
import type { RecordingsSource } from '../../proto/recordings/source.ts';
import { SecretKeyError } from './key-ring.ts';
import { readJson } from './ledger.ts';
import { amiSecretOf, databaseUrlOf, type Queries, recordingsSecretOf, routingKeyOf, type Secrets } from './secrets.ts';
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

/** What there is of a PBX beside its tables; null: nobody has said where. */
export interface PbxSurroundings {
  ami: AmiAddress | null;
  recordings: RecordingsSource | null;
}

/** The PBXs as those see them who only read. */
export interface KnownPbxs {
  find(id: string): Promise<Pbx | undefined>;
  list(): Promise<Pbx[]>;
  /** By id, what changes with whatever is known of how one gets to a PBX: two questions, however many there are. */
  marks(): Promise<Map<string, string>>;
  /** The address of its database, with user and password. @throws SecretKeyError; UnknownPbx if there is none */
  databaseUrl(id: string): Promise<string>;
  surroundings(id: string): Promise<PbxSurroundings>;
  /** undefined if nothing was said of its AMI. @throws SecretKeyError */
  amiSecret(id: string): Promise<string | undefined>;
  /** undefined if none was given. @throws SecretKeyError */
  recordingsSecret(id: string): Promise<string | undefined>;
}

/** Nobody knows this PBX (any more). */
export class UnknownPbx extends Error {
  override readonly name = 'UnknownPbx';
  constructor(id: string) {
    super(`There is no PBX ${id} here: see bin/ringflow pbx list. Its calls wait until it is added.`);
  }
}

/** An id stays with the account whose calls were kept under it: whoever has the id sees them. */
export class ForeignPbx extends Error {
  override readonly name = 'ForeignPbx';
  constructor(id: string) {
    super(`Calls of another amoCRM account are kept under the id ${id} of a PBX: choose another name for this one.`);
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

    async marks(): Promise<Map<string, string>> {
      const [rows] = await pool.query<RowDataPacket[]>('SELECT * FROM pbxs');
      const sealed = await secrets.marks(rows.flatMap(({ id }) => [databaseUrlOf(id), amiSecretOf(id)]));
      const markOf = (row: RowDataPacket) =>
        JSON.stringify([row, sealed.get(databaseUrlOf(row.id)), sealed.get(amiSecretOf(row.id))]);
      return new Map(rows.map((row) => [row.id, markOf(row)]));
    },

    async databaseUrl(id: string): Promise<string> {
      const url = await secrets.read(databaseUrlOf(id));
      if (url === undefined) throw new UnknownPbx(id);
      return url;
    },

    async surroundings(id: string): Promise<PbxSurroundings> {
      const [[row]] = await pool.query<RowDataPacket[]>('SELECT * FROM pbxs WHERE id = ?', [id]);
      if (!row) return { ami: null, recordings: null };
      const { ami_host: host, ami_port: port, ami_user: user } = row;
      return {
        ami: host === null ? null : { host, port, user },
        recordings: readJson(row.recordings) as RecordingsSource | null,
      };
    },

    recordingsSecret: (id: string): Promise<string | undefined> => secrets.read(recordingsSecretOf(id)),

    amiSecret: (id: string): Promise<string | undefined> => secrets.read(amiSecretOf(id)),

    /** @param access null: Ringflow is to do without. @returns false if there is no such PBX. @throws SecretKeyError */
    async setAmi(id: string, access: AmiAccess | null): Promise<boolean> {
      const { host = null, port = null, user = null } = access ?? {};
      return inTransaction(pool, async (queries) => {
        const sql = 'UPDATE pbxs SET ami_host = ?, ami_port = ?, ami_user = ? WHERE id = ?';
        const [result] = await queries.query<ResultSetHeader>(sql, [host, port, user, id]);
        if (result.affectedRows === 0) return false;
        if (access) await secrets.write(amiSecretOf(id), access.secret, queries);
        else await secrets.forget(amiSecretOf(id), queries);
        return true;
      });
    },

    /**
     * @param source null: nobody can say where they are
     * @param secret to be kept with it; the one before goes in any case
     * @returns false if there is no such PBX. @throws SecretKeyError
     */
    async setRecordings(id: string, source: RecordingsSource | null, secret?: string): Promise<boolean> {
      return inTransaction(pool, async (queries) => {
        const row = { recordings: source && JSON.stringify(source) };
        const [result] = await queries.query<ResultSetHeader>('UPDATE pbxs SET ? WHERE id = ?', [row, id]);
        if (result.affectedRows === 0) return false;
        if (secret === undefined) await secrets.forget(recordingsSecretOf(id), queries);
        else await secrets.write(recordingsSecretOf(id), secret, queries);
        return true;
      });
    },

    /** @returns the id of another PBX that reads the same table: each of its calls would be registered twice */
    async twinOf(pbx: Pick<Pbx, 'id' | 'celTable'>, databaseUrl: string): Promise<string | undefined> {
      const wanted = tableAt(databaseUrl, pbx.celTable);
      for (const { id, celTable } of await this.list()) {
        if (id === pbx.id) continue;
        const url = await this.databaseUrl(id).catch(noneIfUnread);
        if (wanted !== undefined && url !== undefined && tableAt(url, celTable) === wanted) return id;
      }
      return undefined;
    },

    /** The calls of this PBX are this account's from now on. @throws ForeignPbx if some are another's */
    claim: (id: string, accountId: string): Promise<void> =>
      inTransaction(pool, (queries) => claim(queries, id, accountId)),

    /** @returns false if there is one of this id. @throws SecretKeyError, ForeignPbx; then nothing was written */
    async add(pbx: Pbx, databaseUrl: string): Promise<boolean> {
      try {
        await inTransaction(pool, async (queries) => {
          await claim(queries, pbx.id, pbx.accountId);
          await queries.query('INSERT INTO pbxs SET ?', [rowOf(pbx)]);
          await secrets.write(databaseUrlOf(pbx.id), databaseUrl, queries);
        });
        return true;
      } catch (error) {
        if ((error as { code?: string }).code === 'ER_DUP_ENTRY') return false;
        throw error;
      }
    },

    /** Writes down what the environment or an administrator says of a PBX, in place of what was said before. @throws SecretKeyError, ForeignPbx */
    async put(pbx: Pbx, databaseUrl: string): Promise<void> {
      const row = rowOf(pbx);
      await inTransaction(pool, async (queries) => {
        await claim(queries, pbx.id, pbx.accountId);
        await queries.query('INSERT INTO pbxs SET ? ON DUPLICATE KEY UPDATE ?', [row, row]);
        await secrets.write(databaseUrlOf(pbx.id), databaseUrl, queries);
      });
    },

    /** The place of reading is kept, should it be added again. @returns false if there is none of this id */
    async remove(id: string): Promise<boolean> {
      return inTransaction(pool, async (queries) => {
        const [removed] = await queries.query<ResultSetHeader>('DELETE FROM pbxs WHERE id = ?', [id]);
        await secrets.forget(databaseUrlOf(id), queries);
        await secrets.forget(amiSecretOf(id), queries);
        await secrets.forget(routingKeyOf(id), queries);
        await secrets.forget(recordingsSecretOf(id), queries);
        return removed.affectedRows > 0;
      });
    },
  };
}

async function claim(queries: Queries, id: string, accountId: string): Promise<void> {
  const row = { pbx_id: id, account_id: accountId };
  await queries.query('INSERT INTO pbx_owners SET ? ON DUPLICATE KEY UPDATE pbx_id = pbx_id', [row]);
  const owner = 'SELECT account_id FROM pbx_owners WHERE pbx_id = ? FOR UPDATE';
  const [[known]] = await queries.query<RowDataPacket[]>(owner, [id]);
  if (known?.account_id === accountId) return;
  const [calls] = await queries.query<RowDataPacket[]>('SELECT 1 FROM calls WHERE pbx_id = ? LIMIT 1', [id]);
  if (calls.length > 0) throw new ForeignPbx(id);
  await queries.query('UPDATE pbx_owners SET ? WHERE pbx_id = ?', [row, id]);
}

/** A PBX whose address can't be opened, or that was removed meanwhile, is not read. */
function noneIfUnread(error: unknown): undefined {
  if (!(error instanceof SecretKeyError || error instanceof UnknownPbx)) throw error;
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
