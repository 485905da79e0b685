import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { User, UserDescription } from '../../proto/user.ts';
import { readJson } from './ledger.ts';
import type { Queries } from './secrets.ts';
import { inTransaction } from './transaction.ts';

export type Users = ReturnType<typeof createUsers>;

/** What only its holder knows, and what is kept of it. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
export const newToken = (): string => randomBytes(32).toString('base64url');

const linkHours = 48;

/** Verified in place of the password of somebody who is not there: both answers take as long. */
const nobodysHash = hash(newToken());

/** The people who may use the settings in the browser. */
export function createUsers(pool: Pool) {
  const findWhere = async (condition: string, value: unknown, queries: Queries = pool) => {
    const [[row]] = await queries.query<RowDataPacket[]>(`SELECT * FROM users WHERE ${condition}`, [value]);
    return row;
  };

  return {
    async list(): Promise<User[]> {
      const [rows] = await pool.query<RowDataPacket[]>('SELECT * FROM users ORDER BY login');
      return rows.map(userOf);
    },

    async find(id: number): Promise<User | undefined> {
      const row = await findWhere('id = ?', id);
      return row && userOf(row);
    },

    async findByLogin(login: string): Promise<User | undefined> {
      const row = await findWhere('login = ?', login.toLowerCase());
      return row && userOf(row);
    },

    /** @returns undefined if nobody has this login and this password */
    async verify(login: string, password: string): Promise<User | undefined> {
      const row = await findWhere('login = ?', login.toLowerCase());
      const isRight = await verify(row?.password_hash ?? (await nobodysHash), password);
      return isRight && row ? userOf(row) : undefined;
    },

    /** @returns undefined if there is somebody of this login */
    async add(user: UserDescription): Promise<User | undefined> {
      try {
        const [{ insertId }] = await pool.query<ResultSetHeader>('INSERT INTO users SET ?', [rowOf(user)]);
        return await this.find(insertId);
      } catch (error) {
        if ((error as { code?: string }).code === 'ER_DUP_ENTRY') return undefined;
        throw error;
      }
    },

    /**
     * Describes somebody anew.
     *
     * @returns `no-admin` if nobody could manage users afterwards; then nothing was changed
     */
    change(id: number, user: UserDescription): Promise<'done' | 'login-taken' | 'no-admin' | 'gone'> {
      return keepingAnAdmin(async (queries) => {
        try {
          const [result] = await queries.query<ResultSetHeader>('UPDATE users SET ? WHERE id = ?', [rowOf(user), id]);
          return result.affectedRows > 0 ? 'done' : 'gone';
        } catch (error) {
          if ((error as { code?: string }).code === 'ER_DUP_ENTRY') return 'login-taken';
          throw error;
        }
      });
    },

    /** With all their sessions. */
    remove(id: number): Promise<'done' | 'no-admin' | 'gone'> {
      return keepingAnAdmin(async (queries) => {
        const [result] = await queries.query<ResultSetHeader>('DELETE FROM users WHERE id = ?', [id]);
        return result.affectedRows > 0 ? 'done' : 'gone';
      });
    },

    /** @returns a token by which the person chooses a password, once, within two days; earlier ones are void */
    async issueLink(userId: number): Promise<string> {
      const token = newToken();
      await pool.query(
        `REPLACE INTO password_links (user_id, token_hash, expires_at)
         VALUES (?, ?, UTC_TIMESTAMP(3) + INTERVAL ${linkHours} HOUR)`,
        [userId, hashOfToken(token)],
      );
      return token;
    },

    /** Whose link that is; undefined if it is not valid (any more). */
    async holderOf(token: string): Promise<User | undefined> {
      const row = await findWhere(
        'id = (SELECT user_id FROM password_links WHERE token_hash = ? AND expires_at > UTC_TIMESTAMP(3))',
        hashOfToken(token),
      );
      return row && userOf(row);
    },

    /** Uses the link up; whoever was signed in as this person is so no more. @returns undefined if it is not valid */
    async choosePassword(token: string, password: string): Promise<User | undefined> {
      const holder = await this.holderOf(token);
      if (!holder) return undefined; // before a hash is made, which takes its time
      const passwordHash = await hash(password);
      return inTransaction(pool, async (queries) => {
        const [used] = await queries.query<ResultSetHeader>('DELETE FROM password_links WHERE token_hash = ?', [
          hashOfToken(token),
        ]);
        if (used.affectedRows === 0) return undefined;
        await queries.query('UPDATE users SET password_hash = ? WHERE id = ?', [passwordHash, holder.id]);
        await queries.query('DELETE FROM sessions WHERE user_id = ?', [holder.id]);
        return { ...holder, hasPassword: true };
      });
    },
  };

  /** Somebody who can sign in must be left to manage the others. */
  async function keepingAnAdmin<T>(work: (queries: Queries) => Promise<T>): Promise<T | 'no-admin'> {
    const undo = new Error('no admin would be left');
    try {
      return await inTransaction(pool, async (queries) => {
        const admins = "SELECT id FROM users WHERE role = 'admin' AND password_hash IS NOT NULL FOR UPDATE";
        const [before] = await queries.query<RowDataPacket[]>(admins);
        const result = await work(queries);
        const [after] = await queries.query<RowDataPacket[]>(admins);
        if (before.length > 0 && after.length === 0) throw undo;
        return result;
      });
    } catch (error) {
      if (error === undo) return 'no-admin';
      throw error;
    }
  }
}

function userOf(row: RowDataPacket): User {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    role: row.role,
    extensions: readJson(row.extensions) as string[],
    accounts: row.accounts === null ? null : (readJson(row.accounts) as string[]),
    hasPassword: row.password_hash !== null,
  };
}

function rowOf({ login, name, role, extensions, accounts }: UserDescription) {
  return {
    ...{ login: login.toLowerCase(), name, role, extensions: JSON.stringify(extensions) },
    accounts: accounts && JSON.stringify(accounts),
  };
}
