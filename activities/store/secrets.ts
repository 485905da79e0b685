import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { KeyRing } from './key-ring.ts';

/** The pool, or one connection of it in the middle of a transaction. */
export type Queries = Pick<Pool, 'query'>;

/** What nobody may read without a key, by name, in our MySQL. */
export type Secrets = ReturnType<typeof createSecrets>;

export const clientSecretOf = (accountId: string): string => `account:${accountId}:client-secret`;
/** @param ref as settings name it */
export const alertSecretOf = (accountId: string, ref: string): string => `account:${accountId}:alert:${ref}`;
export const amiSecretOf = (pbxId: string): string => `pbx:${pbxId}:ami-secret`;
export const databaseUrlOf = (pbxId: string): string => `pbx:${pbxId}:database-url`;
/** By which one signs in where the PBX's recordings are. */
export const recordingsSecretOf = (pbxId: string): string => `pbx:${pbxId}:recordings-secret`;
/** By which links to recordings are signed: they stand in amoCRM for good, so it never changes. */
export const recordingLinkKey = 'recordings:link-key';
/** By which the dialplan proves which PBX asks. */
export const routingKeyOf = (pbxId: string): string => `pbx:${pbxId}:routing-key`;
/** Of this installation's key pair, as a JWK: by it requests to the licensing server are signed. */
export const installationKeySecret = 'licence:private-key';
export const licenceKeySecret = 'licence:key';
/** As somebody has entered it; the licensing server has not taken it yet. */
export const enteredKeySecret = 'licence:entered-key';
export const tokensOf = (accountId: string): string => `account:${accountId}:tokens`;

export function createSecrets(pool: Pool, ring: KeyRing) {
  return {
    /** @throws SecretKeyError */
    async read(name: string, queries: Queries = pool): Promise<string | undefined> {
      const sql = 'SELECT key_id, ciphertext FROM secrets WHERE name = ?';
      const [[row]] = await queries.query<RowDataPacket[]>(sql, [name]);
      return row && ring.open(name, { keyId: row.key_id, ciphertext: row.ciphertext });
    },

    /** By name, what changes with what is kept, of those of these that there are; no key is needed. */
    async marks(names: readonly string[]): Promise<Map<string, string>> {
      if (names.length === 0) return new Map();
      const sql = 'SELECT name, SHA1(ciphertext) AS mark FROM secrets WHERE name IN (?)';
      const [rows] = await pool.query<RowDataPacket[]>(sql, [names]);
      return new Map(rows.map(({ name, mark }) => [name, mark]));
    },

    /** @throws SecretKeyError */
    async write(name: string, text: string, queries: Queries = pool): Promise<void> {
      const { keyId, ciphertext } = ring.seal(name, text);
      await queries.query('REPLACE INTO secrets (name, key_id, ciphertext) VALUES (?)', [[name, keyId, ciphertext]]);
    },

    /** Writes it unless there is one already. @returns the one that stands. @throws SecretKeyError */
    async writeOnce(name: string, text: string): Promise<string> {
      const { keyId, ciphertext } = ring.seal(name, text);
      const row = [name, keyId, ciphertext];
      await pool.query('INSERT IGNORE INTO secrets (name, key_id, ciphertext) VALUES (?)', [row]);
      return (await this.read(name)) ?? text;
    },

    async forget(name: string, queries: Queries = pool): Promise<void> {
      await queries.query('DELETE FROM secrets WHERE name = ?', [name]);
    },

    /** The same, unless another was written meanwhile. @param text that is to be forgotten. @throws SecretKeyError */
    async forgetOnly(name: string, text: string): Promise<void> {
      const sql = 'SELECT key_id, ciphertext FROM secrets WHERE name = ?';
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [name]);
      if (!row || ring.open(name, { keyId: row.key_id, ciphertext: row.ciphertext }) !== text) return;
      await pool.query('DELETE FROM secrets WHERE name = ? AND ciphertext = ?', [name, row.ciphertext]);
    },

    /** Ids of the keys by which secrets here are encrypted that can't be opened. */
    async unreadable(): Promise<string[]> {
      const [rows] = await pool.query<RowDataPacket[]>('SELECT name, key_id, ciphertext FROM secrets');
      const closed = rows.filter(({ name, key_id: keyId, ciphertext }) => {
        try {
          ring.open(name, { keyId, ciphertext });
          return false;
        } catch {
          return true;
        }
      });
      return [...new Set(closed.map(({ key_id }) => key_id as string))];
    },

    /**
     * Encrypts with the newest key what older ones have encrypted; one that is written meanwhile is left alone.
     *
     * @returns how many were encrypted anew. @throws SecretKeyError if one can't be opened; those before it are done
     */
    async rotate(): Promise<number> {
      const sql = 'SELECT name, key_id, ciphertext FROM secrets WHERE key_id <> ?';
      const [rows] = await pool.query<RowDataPacket[]>(sql, [ring.firstKeyId()]);
      let count = 0;
      for (const row of rows) {
        const fresh = ring.seal(row.name, ring.open(row.name, { keyId: row.key_id, ciphertext: row.ciphertext }));
        const [result] = await pool.query<ResultSetHeader>(
          'UPDATE secrets SET key_id = ?, ciphertext = ? WHERE name = ? AND ciphertext = ?',
          [fresh.keyId, fresh.ciphertext, row.name, row.ciphertext],
        );
        count += result.affectedRows;
      }
      return count;
    },
  };
}
