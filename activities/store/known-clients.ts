import type { Redis } from 'ioredis';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Client, ClientChange } from '../../proto/client.ts';
import { phoneKey } from '../../proto/phone.ts';
import { readJson } from './ledger.ts';

/** An entity of amoCRM by its plural name: `contacts`, `companies`, `leads`, `customers`. */
export interface EntityId {
  entityType: string;
  entityId: number;
}

/** What was last heard of a phone. */
export interface KnownClient {
  /** null: amoCRM did not know it; undefined: only where its calls land was heard. */
  client?: Client | null;
  /** Where amoCRM itself put the last call of this phone. */
  landing?: EntityId;
  /** When amoCRM was asked, ms since the epoch. */
  askedAtMs: number;
}

const minuteMs = 60_000;
/** As long as changes in amoCRM are followed what is known holds until it changes; else not for long. */
const trustedMs = { followed: 24 * 60 * minuteMs, unfollowed: 10 * minuteMs };
/** A stranger may be written down at any moment; a landing alone does not tell whose it is, so no change of theirs is heard. */
const clientlessTrustedMs = 10 * minuteMs;
/** To lead a call to whom a client had a week ago harms less than to lead it nowhere. */
const lastKnownUnfollowedMs = 7 * 24 * 60 * minuteMs;
const cachedSeconds = 24 * 3_600;
const forgottenAtOnce = 1_000;
/** By then nobody believes any more that amoCRM does not know a phone, and most of these never call again. */
const strangersKeptMs = 24 * 60 * minuteMs;
/** Longer than the longest pause between two looks at what has changed. */
const useRememberedMs = 2 * 60 * minuteMs;
/** Longer than an answer of amoCRM can be under way. */
export const changeRememberedMs = 2 * minuteMs;

export const prefixOf = (accountId: string): string => `ringflow:clients:${accountId}`;

/** Names of the marks of changes in an account; each holds when the change was heard of, ms since the epoch. */
export const marksOf = (accountId: string) => ({
  all: `${prefixOf(accountId)}:changed`,
  phone: (key: string) => `${prefixOf(accountId)}:changed:${key}`,
  entity: ({ entityType, entityId }: EntityId) => `${prefixOf(accountId)}:changed:${entityType}:${entityId}`,
});

/**
 * Writes what was heard (KEYS[1]) unless something has changed since it was asked for.
 * KEYS[2…]: marks of changes, ms. ARGV: what, when it was asked, seconds to keep, `NX` to leave what is there.
 * @returns 0 if it has changed
 */
const writeUnlessChanged = `
for i = 2, #KEYS do
  local changedAt = redis.call('GET', KEYS[i])
  if changedAt and tonumber(changedAt) >= tonumber(ARGV[2]) then return 0 end
end
if ARGV[4] == 'NX' then redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3], 'NX')
else redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3]) end
return 1`;

export type KnownClients = ReturnType<typeof createKnownClients>;

/**
 * The index phone → client: Redis for speed, MySQL so that emptying Redis loses nothing. To forget is always safe: it
 * costs a question; whatever is created in amoCRM asks there first.
 */
export function createKnownClients(pool: Pool, redis: Redis) {
  const nameOf = (accountId: string, key: string) => `${prefixOf(accountId)}:phone:${key}`;

  const mark = async (marks: readonly string[], forgotten: readonly string[] = []): Promise<void> => {
    const changes = redis.multi();
    for (const name of marks) changes.set(name, String(Date.now()), 'PX', changeRememberedMs);
    for (const name of forgotten) changes.del(name);
    await changes.exec();
  };

  /** @returns false if the client has changed since; then nothing was written */
  const cache = async (accountId: string, key: string, known: KnownClient, mode: 'NX' | 'always'): Promise<boolean> => {
    const { all, phone, entity } = marksOf(accountId);
    const names = [nameOf(accountId, key), all, phone(key), ...entitiesOf(known).map(entity)];
    const values = [JSON.stringify(known), known.askedAtMs, cachedSeconds, mode];
    return (await redis.eval(writeUnlessChanged, names.length, ...names, ...values)) === 1;
  };

  const stored = async (accountId: string, key: string): Promise<KnownClient | undefined> => {
    const sql = 'SELECT known FROM known_clients WHERE account_id = ? AND phone_key = ?';
    const [[row]] = await pool.query<RowDataPacket[]>(sql, [accountId, key]);
    return row && (readJson(row.known) as KnownClient);
  };

  /** The keys of phones under which one of these entities is known. */
  const keysOf = async (accountId: string, entities: readonly EntityId[]): Promise<string[]> => {
    if (entities.length === 0) return [];
    const [rows] = await pool.query<RowDataPacket[]>(
      `SELECT DISTINCT phone_key FROM known_client_entities
       WHERE account_id = ? AND (entity_type, entity_id) IN (?)`,
      [accountId, entities.map(({ entityType, entityId }) => [entityType, entityId])],
    );
    return rows.map((row) => String(row.phone_key));
  };

  /** Marked before, so that no older answer stays in MySQL, and after: one written meanwhile may have lost its entities. */
  const forgetKeys = async (accountId: string, keys: readonly string[]): Promise<void> => {
    if (keys.length === 0) return;
    const marks = keys.map(marksOf(accountId).phone);
    const names = keys.map((key) => nameOf(accountId, key));
    await mark(marks, names);
    // once more after their entities: of one remembered between the two the next change would not be heard
    for (const table of ['known_clients', 'known_client_entities', 'known_clients']) {
      await pool.query(`DELETE FROM ${table} WHERE account_id = ? AND phone_key IN (?)`, [accountId, keys]);
    }
    await mark(marks, names);
  };

  const usedNotedAtMs = new Map<string, number>();
  const noteUse = async (accountId: string): Promise<void> => {
    if (Date.now() - (usedNotedAtMs.get(accountId) ?? 0) < minuteMs) return;
    usedNotedAtMs.set(accountId, Date.now());
    await redis.set(`${prefixOf(accountId)}:used`, '1', 'PX', useRememberedMs);
  };

  /** However long ago amoCRM was asked. */
  const held = async (accountId: string, phone: string) => {
    const key = phoneKey(phone);
    const [cached, followed] = await redis.mget(nameOf(accountId, key), `${prefixOf(accountId)}:followed`);
    const known = cached == null ? await stored(accountId, key) : (JSON.parse(cached) as KnownClient);
    if (known && cached == null && !(await cache(accountId, key, known, 'NX'))) {
      await forgetKeys(accountId, [key]);
      return { known: undefined, isFollowed: followed != null };
    }
    return { known, isFollowed: followed != null };
  };

  const peek = async (accountId: string, phone: string): Promise<KnownClient | undefined> => {
    const { known, isFollowed } = await held(accountId, phone);
    const holdsMs = isFollowed ? trustedMs.followed : trustedMs.unfollowed;
    const trusted = known?.client ? holdsMs : clientlessTrustedMs;
    return known && Date.now() - known.askedAtMs < trusted ? known : undefined;
  };

  return {
    /** What may be believed without asking amoCRM; undefined if nothing. */
    async recall(accountId: string, phone: string): Promise<KnownClient | undefined> {
      await noteUse(accountId);
      return peek(accountId, phone);
    },

    /** The same for whoever only keeps the index: that is no use of it. */
    peek,

    /**
     * Whom amoCRM had under a phone when it was last asked: good enough to decide who is rung, where nothing is written
     * by it and nobody may be asked. What has changed since then was forgotten, as far as changes are heard of.
     */
    async lastKnown(accountId: string, phone: string): Promise<Client | undefined> {
      const { known, isFollowed } = await held(accountId, phone);
      const isTooOld = !isFollowed && known && Date.now() - known.askedAtMs > lastKnownUnfollowedMs;
      return isTooOld ? undefined : (known?.client ?? undefined);
    },

    /** What amoCRM has just said; left out if the client has changed since it was asked. */
    async remember(accountId: string, phone: string, known: KnownClient): Promise<void> {
      const key = phoneKey(phone);
      await pool.query('REPLACE INTO known_clients (account_id, phone_key, known, seen_at) VALUES (?)', [
        [accountId, key, JSON.stringify(known), new Date(known.askedAtMs)],
      ]);
      const entities = entitiesOf(known).map(({ entityType, entityId }) => [accountId, entityType, entityId, key]);
      if (entities.length > 0) {
        const sql = 'INSERT IGNORE INTO known_client_entities (account_id, entity_type, entity_id, phone_key) VALUES ?';
        await pool.query(sql, [entities]);
      }
      if (!(await cache(accountId, key, known, 'always'))) await forgetKeys(accountId, [key]);
    },

    /** These entities have changed in amoCRM, or are gone. @returns the keys of phones of which nothing is known now */
    async forgetEntities(accountId: string, entities: readonly EntityId[]): Promise<string[]> {
      if (entities.length === 0) return [];
      await mark(entities.map(marksOf(accountId).entity)); // also for whom is just being asked about
      const keys = await keysOf(accountId, entities);
      await forgetKeys(accountId, keys);
      return keys;
    },

    /**
     * Whether all that is told of something new is known: what we have made ourselves comes back as news (contract 8.4).
     * A lead has to be known under each phone of its client.
     */
    async isEcho(accountId: string, { phones, ...entity }: ClientChange): Promise<boolean> {
      const keys = await keysOf(accountId, [entity]);
      const entries = entity.entityType === 'leads' ? keys.map((key) => stored(accountId, key)) : [];
      const owners = (await Promise.all(entries)).flatMap((entry) => (entry?.client ? [entry.client] : []));
      const concerned = [...phones.map(phoneKey), ...(await keysOf(accountId, owners))].filter((key) => key !== '');
      return keys.length > 0 && concerned.every((key) => keys.includes(key));
    },

    /** Something has changed about these phones. */
    forgetPhones: (accountId: string, phones: readonly string[]): Promise<void> =>
      forgetKeys(
        accountId,
        [...new Set(phones.map(phoneKey))].filter((key) => key !== ''),
      ),

    /** Some of those whom amoCRM did not know a day ago: else every number that ever called would stay for good. */
    async forgetOldStrangers(accountId: string): Promise<void> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT phone_key FROM known_clients
         WHERE account_id = ? AND seen_at < ? AND JSON_TYPE(JSON_EXTRACT(known, '$.client')) = 'NULL' LIMIT ?`,
        [accountId, new Date(Date.now() - strangersKeptMs), forgottenAtOnce],
      );
      await forgetKeys(
        accountId,
        rows.map((row) => String(row.phone_key)),
      );
    },

    /** Whether anybody has asked lately: an account where nobody calls is left in peace. */
    isUsed: async (accountId: string): Promise<boolean> => (await redis.exists(`${prefixOf(accountId)}:used`)) === 1,

    /** Nothing is known any more of this account. */
    async forgetAll(accountId: string): Promise<void> {
      await mark([marksOf(accountId).all]);
      const [rows] = await pool.query<RowDataPacket[]>('SELECT phone_key FROM known_clients WHERE account_id = ?', [
        accountId,
      ]);
      for (let from = 0; from < rows.length; from += forgottenAtOnce) {
        const some = rows.slice(from, from + forgottenAtOnce);
        await forgetKeys(
          accountId,
          some.map((row) => String(row.phone_key)),
        );
      }
    },

    /** Changes in amoCRM are heard of, at the latest after that time. */
    async follow(accountId: string, withinMs: number): Promise<void> {
      await redis.set(`${prefixOf(accountId)}:followed`, '1', 'PX', withinMs);
    },
  };
}

function entitiesOf({ client, landing }: KnownClient): EntityId[] {
  return [
    ...(client ? [{ entityType: client.entityType, entityId: client.entityId }] : []),
    ...(client?.openLeadIds ?? []).map((entityId) => ({ entityType: 'leads', entityId })),
    ...(landing ? [landing] : []),
  ];
}
