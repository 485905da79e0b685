import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { clientSecretOf, type Queries, type Secrets, tokensOf } from './secrets.ts';
import { inTransaction } from './transaction.ts';

/** Only of a connected account requests are sent; with any other everything waits. */
export type AccountState = 'pending' | 'connected' | 'reconnect-needed' | 'disconnected';

export interface Account {
  /** Ours; the host at first sight. */
  id: string;
  baseUrl: string;
  /** amoCRM's own number; null until the account was connected by an integration. */
  amocrmId: number | null;
  /** Null: the long-lived token of the environment is used. */
  clientId: string | null;
  redirectUri: string | null;
  state: AccountState;
  /** Why, in words, with what to do; empty if all is well. */
  reason: string;
  /** For how long it has been in that state. */
  inStateMs: number;
  /** Somebody has seen a card of ours there. */
  hasShownCard: boolean;
}

/** Somebody has allowed it and nobody has taken that back, though the permission may have to be renewed. */
export const isConnected = ({ state }: Pick<Account, 'state'>): boolean =>
  state === 'connected' || state === 'reconnect-needed';

/** An integration as amoCRM knows it. */
export interface Integration {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

export interface AccountSeed {
  baseUrl: string;
  integration: Integration | undefined;
  /** The environment has a long-lived token; without either the integration is named in the browser. */
  hasToken?: boolean;
  /** amoCRM's own number of the account, if that token tells: by it an account that has moved is known again. */
  amocrmId?: number;
}

export type Accounts = ReturnType<typeof createAccounts>;

export const howToConnect =
  'run `bin/ringflow account connect`, open the link that it prints and allow the integration; or do it on the page amoCRM of the settings';
const notConnectedYet = `amoCRM is not connected yet: ${howToConnect}.`;

const columns = '*, TIMESTAMPDIFF(MICROSECOND, state_at, UTC_TIMESTAMP(3)) AS in_state_us';

/** The amoCRM accounts that this installation serves. */
export function createAccounts(pool: Pool) {
  /** Of these it is written down: not at each card. */
  const withCards = new Set<string>();

  const findWhere = async (condition: string, value: unknown, queries: Queries = pool) => {
    const sql = `SELECT ${columns} FROM accounts WHERE ${condition}`;
    const [[row]] = await queries.query<RowDataPacket[]>(sql, [value]);
    return row && accountOf(row);
  };

  const soleWith = async ({ clientId }: Integration): Promise<Account | undefined> => {
    const sql = `SELECT ${columns} FROM accounts WHERE client_id = ? LIMIT 2`;
    const [rows] = await pool.query<RowDataPacket[]>(sql, [clientId]);
    return rows.length === 1 && rows[0] ? accountOf(rows[0]) : undefined;
  };

  return {
    find: (id: string, queries?: Queries): Promise<Account | undefined> => findWhere('id = ?', id, queries),

    findByAmocrmId: (amocrmId: number, queries?: Queries) => findWhere('amocrm_id = ?', amocrmId, queries),

    /** @param origin where people see it */
    findByAddress: (origin: string): Promise<Account | undefined> => findWhere('base_url = ?', origin),

    /** The account at that address; the name that a new one would get if there is none. */
    async idAt(baseUrl: string): Promise<string> {
      return (await findWhere('base_url = ?', originOf(baseUrl)))?.id ?? new URL(baseUrl).host;
    },

    async list(): Promise<Account[]> {
      const [rows] = await pool.query<RowDataPacket[]>(`SELECT ${columns} FROM accounts ORDER BY created_at, id`);
      return rows.map(accountOf);
    },

    /**
     * Writes down what the environment says of the account. One that has moved keeps its id: it is known again by its
     * number, or by its integration, which amoCRM lets no other account have.
     *
     * @returns its id. @throws SecretKeyError
     */
    async seed({ baseUrl, integration, hasToken, amocrmId }: AccountSeed, secrets: Secrets): Promise<string> {
      const namesake = amocrmId === undefined ? undefined : await this.findByAmocrmId(amocrmId);
      const resident = await findWhere('base_url = ?', originOf(baseUrl));
      const known = resident ?? namesake ?? (integration && (await soleWith(integration)));
      const id = known?.id ?? new URL(baseUrl).host;
      await this.add(id, baseUrl);
      if (!resident) await this.situate(id, baseUrl, null);
      if (integration) await this.takeIntegration(id, integration, secrets);
      else if (!hasToken) await this.forgetToken(id);
      else {
        await pool.query(
          `UPDATE accounts SET client_id = NULL, redirect_uri = NULL, state = 'connected', state_reason = ''
           WHERE id = ?`,
          [id],
        );
        if (!namesake) await this.situate(id, baseUrl, amocrmId ?? null);
      }
      return id;
    },

    /** Does nothing if it is there already. */
    async add(id: string, baseUrl: string, queries: Queries = pool): Promise<void> {
      await queries.query(
        `INSERT IGNORE INTO accounts (id, base_url, state, state_reason, state_at)
         VALUES (?, ?, 'pending', ?, UTC_TIMESTAMP(3))`,
        [id, originOf(baseUrl), notConnectedYet],
      );
    },

    /** What was connected by a long-lived token is not any more. */
    async forgetToken(id: string): Promise<void> {
      const account = await findWhere('id = ?', id);
      if (account?.clientId === null) await this.enter(id, 'pending', notConnectedYet);
    },

    /** The tokens of another integration are worth nothing under this one. @throws SecretKeyError */
    async takeIntegration(id: string, integration: Integration, secrets: Secrets, queries: Queries = pool) {
      const { clientId, redirectUri, clientSecret } = integration;
      const [replaced] = await queries.query<ResultSetHeader>(
        `UPDATE accounts SET client_id = ?, state = 'pending', state_reason = ?, state_at = UTC_TIMESTAMP(3)
         WHERE id = ? AND NOT (client_id <=> ?)`,
        [clientId, notConnectedYet, id, clientId],
      );
      if (replaced.affectedRows > 0) await secrets.forget(tokensOf(id), queries);
      await queries.query('UPDATE accounts SET redirect_uri = ? WHERE id = ?', [redirectUri, id]);
      const name = clientSecretOf(id);
      if ((await secrets.read(name, queries)) !== clientSecret) await secrets.write(name, clientSecret, queries);
    },

    async enter(id: string, state: AccountState, reason: string, queries: Queries = pool): Promise<void> {
      await queries.query(
        `UPDATE accounts SET state = ?, state_reason = ?, state_at = UTC_TIMESTAMP(3)
         WHERE id = ? AND (state <> ? OR state_reason <> ?)`,
        [state, reason, id, state, reason],
      );
    },

    /** A card of ours was shown there. */
    async noteCard(id: string): Promise<void> {
      if (withCards.has(id)) return;
      const sql = 'UPDATE accounts SET first_card_at = UTC_TIMESTAMP(3) WHERE id = ? AND first_card_at IS NULL';
      await pool.query(sql, [id]);
      withCards.add(id);
    },

    /** Where the account lives and which number amoCRM gave it, as amoCRM itself has said. */
    async situate(id: string, baseUrl: string, amocrmId: number | null, queries: Queries = pool): Promise<void> {
      await queries.query('UPDATE accounts SET base_url = ?, amocrm_id = COALESCE(?, amocrm_id) WHERE id = ?', [
        originOf(baseUrl),
        amocrmId,
        id,
      ]);
    },

    /** @returns a number that no earlier pair of tokens of this account has had */
    async nextTokenVersion(id: string, queries: Queries = pool): Promise<number> {
      const sql = 'UPDATE accounts SET token_version = LAST_INSERT_ID(token_version + 1) WHERE id = ?';
      const [result] = await queries.query<ResultSetHeader>(sql, [id]);
      return result.insertId;
    },

    /**
     * Does something while nobody else can, in one transaction, which is undone if it fails.
     *
     * @param work gets the account as it is now, or undefined if there is none
     */
    alone<T>(id: string, work: (queries: Queries, account: Account | undefined) => Promise<T>): Promise<T> {
      return inTransaction(pool, async (queries) => work(queries, await findWhere('id = ? FOR UPDATE', id, queries)));
    },
  };
}

function originOf(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '');
}

function accountOf(row: RowDataPacket): Account {
  return {
    id: row.id,
    baseUrl: row.base_url,
    amocrmId: row.amocrm_id === null ? null : Number(row.amocrm_id),
    clientId: row.client_id,
    redirectUri: row.redirect_uri,
    state: row.state,
    reason: row.state_reason,
    inStateMs: Number(row.in_state_us) / 1000,
    hasShownCard: row.first_card_at !== null,
  };
}
