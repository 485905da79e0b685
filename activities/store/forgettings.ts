import type { Redis } from 'ioredis';
import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Forgotten, FoundOfPerson } from '../../proto/forgetting.ts';
import type { NumberList } from '../../proto/rule.ts';
import { readJson } from './ledger.ts';

/** A call by where it stands: PBX, linkedid. */
export type CallPlace = [pbxId: string, linkedid: string];

export interface Forgetting {
  accountId: string;
  /** As it was written; null once it is done. */
  phone: string | null;
  result: Forgotten | null;
}

export type Forgettings = ReturnType<typeof createForgettings>;

/** What people have asked to be deleted. */
export function createForgettings(pool: Pool) {
  return {
    /** @returns its id */
    async ask(accountId: string, phone: string, askedBy: string): Promise<number> {
      const [{ insertId }] = await pool.query<ResultSetHeader>('INSERT INTO forgettings SET ?', [
        { account_id: accountId, phone, asked_by: askedBy, asked_at: new Date() },
      ]);
      return insertId;
    },

    async drop(id: number): Promise<void> {
      await pool.query('DELETE FROM forgettings WHERE id = ?', [id]);
    },

    async find(id: number): Promise<Forgetting | undefined> {
      const sql = 'SELECT account_id, phone, result FROM forgettings WHERE id = ?';
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [id]);
      if (!row) return undefined;
      const result = (readJson(row.result) ?? null) as Forgotten | null;
      return { accountId: row.account_id, phone: row.phone, result };
    },

    /** Those that are not done. */
    async open(): Promise<{ id: number; accountId: string }[]> {
      const sql = 'SELECT id, account_id FROM forgettings WHERE phone IS NOT NULL';
      const [rows] = await pool.query<RowDataPacket[]>(sql);
      return rows.map(({ id, account_id }) => ({ id, accountId: account_id }));
    },

    /** Which calls it is about, also after they are gone. @param find asked once */
    async callsOf(id: number, find: () => Promise<CallPlace[]>): Promise<CallPlace[]> {
      const [[row]] = await pool.query<RowDataPacket[]>('SELECT calls FROM forgettings WHERE id = ?', [id]);
      const known = readJson(row?.calls) as CallPlace[] | null;
      if (known) return known;
      const calls = await find();
      await pool.query('UPDATE forgettings SET calls = ? WHERE id = ?', [JSON.stringify(calls), id]);
      return calls;
    },

    /** The phone goes too. */
    async close(id: number, result: Forgotten): Promise<void> {
      await pool.query('UPDATE forgettings SET phone = NULL, result = ? WHERE id = ?', [JSON.stringify(result), id]);
    },

    /** Whose converted sound has not been looked for yet. */
    async withSound(): Promise<{ id: number; calls: CallPlace[] }[]> {
      const sql = 'SELECT id, calls FROM forgettings WHERE calls IS NOT NULL AND NOT is_sound_gone LIMIT 100';
      const [rows] = await pool.query<RowDataPacket[]>(sql);
      return rows.map(({ id, calls }) => ({ id, calls: readJson(calls) as CallPlace[] }));
    },

    async noteSoundGone(id: number): Promise<void> {
      await pool.query('UPDATE forgettings SET is_sound_gone = TRUE WHERE id = ?', [id]);
    },
  };
}

const mostRecordings = 100;
const hidden = '••••••••••';

export type PersonalData = ReturnType<typeof createPersonalData>;

/**
 * What our MySQL and Redis have of one person in one account. It is looked for in whole tables, without an index.
 *
 * @param key the last ten digits of the phone
 */
export function createPersonalData(
  pool: Pool,
  redis: Redis,
  accountId: string,
  pbxIds: readonly string[],
  key: string,
) {
  const pbxs = pbxIds.length > 0 ? pbxIds : [''];
  const like = `%${key}%`;
  const ofClient = 'pbx_id IN (?) AND external_number LIKE ?';
  const ofOthers = `pbx_id IN (?) AND (external_number IS NULL OR external_number NOT LIKE ?)
    AND (\`call\` LIKE ? OR registration LIKE ?)`;
  const lateRows = 'pbx_id IN (?) AND cel_row LIKE ?';
  const ownKeys = ['contact', 'lead', 'call-back'].map((kind) => `${kind}:${accountId}:${key}`);
  const effects = `(effect_key IN (?) OR (SUBSTRING_INDEX(effect_key, ':', 1) IN (?) AND (intention LIKE ? OR record LIKE ?)))`;
  const client = [pbxs, `%${key}`];
  const others = [pbxs, `%${key}`, like, like];
  const ofEffects = [ownKeys, pbxs, like, like];

  const count = async (table: string, condition: string, values: unknown[]): Promise<number> => {
    const [[row]] = await pool.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${condition}`, values);
    return Number(row?.n ?? 0);
  };
  const change = async (sql: string, values: unknown[]): Promise<number> =>
    (await pool.query<ResultSetHeader>(sql, values))[0].affectedRows;

  return {
    /** @param lists of the account's settings */
    async find(lists: readonly NumberList[]): Promise<FoundOfPerson> {
      const [files] = await pool.query<RowDataPacket[]>(
        `SELECT pbx_id, JSON_VALUE(\`call\`, '$.recordingFile') AS file FROM calls
         WHERE ${ofClient} AND JSON_VALUE(\`call\`, '$.recordingFile') IS NOT NULL LIMIT ${mostRecordings}`,
        client,
      );
      return {
        calls: await count('calls', ofClient, client),
        mentions: await count('calls', ofOthers, others),
        lateRows: await count('late_rows', lateRows, [pbxs, like]),
        effects: await count('side_effects', effects, ofEffects),
        isKnownClient: (await count('known_clients', 'account_id = ? AND phone_key = ?', [accountId, key])) > 0,
        recordings: files.map(({ pbx_id: pbxId, file }) => ({ pbxId, file })),
        numberLists: lists.filter(({ numbers }) => numbers.some((one) => one.endsWith(key))).map(({ name }) => name),
      };
    },

    /** Every call in whose history the number may stand. */
    async calls(): Promise<CallPlace[]> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT pbx_id, linkedid FROM calls WHERE ${ofClient} UNION SELECT pbx_id, linkedid FROM calls WHERE ${ofOthers}
         UNION SELECT pbx_id, linkedid FROM late_rows WHERE ${lateRows}`,
        [...client, ...others, pbxs, like],
      );
      const places = rows.map((row): CallPlace => [row.pbx_id, row.linkedid]);
      if (places.length === 0) return [];
      const sql = 'SELECT pbx_id, linkedid FROM joined_calls WHERE (pbx_id, into_linkedid) IN (?)';
      const [joined] = await pool.query<RowDataPacket[]>(sql, [places]);
      return [...places, ...joined.map((row): CallPlace => [row.pbx_id, row.linkedid])];
    },

    /** The clicks by which these calls came about. */
    async clicks(places: readonly CallPlace[]): Promise<{ userId: number; requestId: string }[]> {
      if (places.length === 0) return [];
      const sql = 'SELECT user_id, request_id FROM clicks WHERE (pbx_id, linkedid) IN (?)';
      const [rows] = await pool.query<RowDataPacket[]>(sql, [places]);
      return rows.map((row) => ({ userId: Number(row.user_id), requestId: row.request_id as string }));
    },

    /** May be done again after a crash. The ledger's keys of calls stay, so that nothing is registered twice. */
    async forget(): Promise<Omit<Forgotten, 'histories' | 'running'>> {
      const ofCalls =
        '(pbx_id, linkedid) IN (SELECT pbx_id, linkedid FROM calls WHERE pbx_id IN (?) AND external_number LIKE ?)';
      for (const table of ['recording_links', 'recording_listens', 'clicks', 'others_notes']) {
        await change(`DELETE FROM ${table} WHERE ${ofCalls}`, client);
      }
      const gone = await change(`DELETE FROM calls WHERE ${ofClient}`, client);
      await change('DELETE FROM phone_endings WHERE pbx_id IN (?) AND external_number LIKE ?', client);
      const mentions = await change(
        `UPDATE calls SET \`call\` = REPLACE(\`call\`, ?, ?), registration = REPLACE(registration, ?, ?) WHERE ${ofOthers}`,
        [key, hidden, key, hidden, ...others],
      );
      await change('DELETE FROM known_client_entities WHERE account_id = ? AND phone_key = ?', [accountId, key]);
      await change('DELETE FROM known_clients WHERE account_id = ? AND phone_key = ?', [accountId, key]);
      const ofBackfills = 'backfill_id IN (SELECT id FROM backfills WHERE account_id = ?) AND detail LIKE ?';
      await change(`UPDATE backfill_calls SET detail = '' WHERE ${ofBackfills}`, [accountId, like]);
      return {
        calls: gone,
        mentions,
        lateRows: await change(`DELETE FROM late_rows WHERE ${lateRows}`, [pbxs, like]),
        effects: await this.forgetEffects(),
        marks: await forgetMarks(redis, [accountId, ...pbxIds], key),
      };
    },

    async forgetEffects(): Promise<number> {
      const own = await change('DELETE FROM side_effects WHERE effect_key IN (?)', [ownKeys]);
      const ofCalls = await change(
        `UPDATE side_effects SET intention = REPLACE(intention, ?, ?), record = REPLACE(record, ?, ?) WHERE ${effects}`,
        [key, hidden, key, hidden, ...ofEffects],
      );
      return own + ofCalls;
    },
  };
}

/** What Redis has under names of these owners, by its name or in its value. @returns how many were deleted */
async function forgetMarks(redis: Redis, owners: readonly string[], key: string): Promise<number> {
  let count = 0;
  for await (const names of redis.scanStream({ match: 'ringflow:*', count: 500 }) as AsyncIterable<string[]>) {
    for (const name of names.filter((one) => owners.some((owner) => one.includes(owner)))) {
      if (name.includes(key) || (await holds(redis, name, key))) count += await redis.del(name);
    }
  }
  return count;
}

async function holds(redis: Redis, name: string, key: string): Promise<boolean> {
  switch (await redis.type(name)) {
    case 'string':
      return ((await redis.get(name)) ?? '').includes(key);
    case 'hash':
      return JSON.stringify(await redis.hgetall(name)).includes(key);
    case 'set':
      return JSON.stringify(await redis.smembers(name)).includes(key);
    default:
      return false;
  }
}
