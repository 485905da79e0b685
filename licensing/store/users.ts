import { hash, verify } from '@node-rs/argon2';
import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import { nullable } from '../../proto/nullable.ts';
import { Login } from '../../proto/user.ts';
import { type HistoryEvent, writeHistory } from './history.ts';
import { isDuplicate, type Queries } from './mysql.ts';
import { hashOfToken, newToken } from './tokens.ts';
import { inTransaction } from './transaction.ts';

/** `admin` does everything; `support` serves all customers; `partner` serves the partner's own. */
export const Role = Type.Enum(['admin', 'support', 'partner']);
export type Role = Static<typeof Role>;

export const UserDescription = Type.Object(
  {
    login: Login,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    role: Role,
    /** Of whom a partner's person is; null for all others. */
    partnerId: nullable(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
export type UserDescription = Static<typeof UserDescription>;

export const User = Type.Object({
  ...UserDescription.properties,
  id: Type.Integer(),
  /** False until they have chosen a password. */
  hasPassword: Type.Boolean(),
});
export type User = Static<typeof User>;

export type Users = ReturnType<typeof createUsers>;

export type UserRefusal = 'login-taken' | 'no-admin' | 'gone' | 'partner-unknown';

const linkHours = 48;

/** Verified in place of the password of somebody who is not there: both answers take as long. */
const nobodysHash = hash(newToken());

/** The people who may use the pages. @param actor of each change, for the history */
export function createUsers(pool: Pool, nowMs: () => number = Date.now) {
  const findWhere = async (condition: string, value: unknown) => {
    const [[row]] = await pool.query<RowDataPacket[]>(`SELECT * FROM users WHERE ${condition}`, [value]);
    return row;
  };
  const note = (queries: Queries, actor: string, event: HistoryEvent, login: string) =>
    writeHistory(queries, { actor, event, details: { login } }, nowMs());

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

    async add(user: UserDescription, actor: string): Promise<User | UserRefusal> {
      const id = await refusing(() =>
        inTransaction(pool, async (queries) => {
          const sql = 'INSERT INTO users SET ?';
          const [{ insertId }] = await saying(() => queries.query<ResultSetHeader>(sql, [rowOf(user)]));
          await note(queries, actor, 'user-added', user.login);
          return insertId;
        }),
      );
      return typeof id === 'string' ? id : ((await this.find(id)) ?? 'gone');
    },

    /** Describes somebody anew. Nothing is changed if nobody could manage users afterwards. */
    change(id: number, user: UserDescription, actor: string): Promise<'done' | UserRefusal> {
      return keepingAnAdmin(async (queries) => {
        const sql = 'UPDATE users SET ? WHERE id = ?';
        const [{ affectedRows }] = await saying(() => queries.query<ResultSetHeader>(sql, [rowOf(user), id]));
        if (affectedRows === 0) return 'gone';
        await note(queries, actor, 'user-changed', user.login);
        return 'done';
      });
    },

    /** With all their sessions. */
    remove(id: number, actor: string): Promise<'done' | UserRefusal> {
      return keepingAnAdmin(async (queries) => {
        const [[row]] = await queries.query<RowDataPacket[]>('SELECT login FROM users WHERE id = ?', [id]);
        if (!row) return 'gone';
        await queries.query('DELETE FROM users WHERE id = ?', [id]);
        await note(queries, actor, 'user-removed', row.login);
        return 'done';
      });
    },

    /** @returns a token by which the person chooses a password, once, within two days; earlier ones are void */
    issueLink({ id, login }: User, actor: string): Promise<string> {
      const token = newToken();
      return inTransaction(pool, async (queries) => {
        await queries.query(
          `REPLACE INTO password_links (user_id, token_hash, expires_at)
           VALUES (?, ?, UTC_TIMESTAMP(3) + INTERVAL ${linkHours} HOUR)`,
          [id, hashOfToken(token)],
        );
        await note(queries, actor, 'password-link', login);
        return token;
      });
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
        await note(queries, `user:${holder.login}`, 'password-chosen', holder.login);
        return { ...holder, hasPassword: true };
      });
    },
  };

  /** Somebody who can sign in must be left to manage the others. */
  function keepingAnAdmin(work: (queries: Queries) => Promise<'done' | UserRefusal>): Promise<'done' | UserRefusal> {
    return refusing(() =>
      inTransaction(pool, async (queries) => {
        const admins = "SELECT id FROM users WHERE role = 'admin' AND password_hash IS NOT NULL FOR UPDATE";
        const [before] = await queries.query<RowDataPacket[]>(admins);
        const result = await work(queries);
        const [after] = await queries.query<RowDataPacket[]>(admins);
        if (before.length > 0 && after.length === 0) throw new Undone('no-admin');
        return result;
      }),
    );
  }
}

/** Ends a transaction without a trace. */
class Undone extends Error {
  readonly why: UserRefusal;
  constructor(why: UserRefusal) {
    super(why);
    this.why = why;
  }
}

async function refusing<T>(work: () => Promise<T>): Promise<T | UserRefusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Undone) return error.why;
    throw error;
  }
}

async function saying<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDuplicate(error)) throw new Undone('login-taken');
    if ((error as { code?: string }).code === 'ER_NO_REFERENCED_ROW_2') throw new Undone('partner-unknown');
    throw error;
  }
}

function userOf(row: RowDataPacket): User {
  return {
    ...{ id: row.id, login: row.login, name: row.name, role: row.role },
    ...{ partnerId: row.partner_id, hasPassword: row.password_hash !== null },
  };
}

const rowOf = ({ login, name, role, partnerId }: UserDescription) => ({
  ...{ login: login.toLowerCase(), name, role },
  partner_id: role === 'partner' ? partnerId : null,
});
