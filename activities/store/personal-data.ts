import type { Redis } from 'ioredis';
import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Forgotten, FoundOfPerson } from '../../proto/forgetting.ts';
import type { NumberList } from '../../proto/rule.ts';
import type { CallPlace } from './forgettings.ts';
import { liveChannel } from './live-calls.ts';
import { createRowsWithNumber, type Table } from './rows-with-number.ts';

const mostRecordings = 100;
/** Whoever waits for its fate asks about it more often; what nobody has touched for longer is nobody's work any more. */
const isUnsettled = "(state = 'open' AND updated_at > CURRENT_TIMESTAMP(3) - INTERVAL 7 DAY)";
const calls: Table = { name: 'calls', key: ['pbx_id', 'linkedid'], texts: ['call', 'registration'] };
const effects: Table = { name: 'side_effects', key: ['effect_key'], texts: ['intention', 'record'] };
const lateRows: Table = { name: 'late_rows', key: ['pbx_id', 'linkedid', 'cel_row_id'], texts: ['cel_row'] };

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
  const ofLateRows = 'pbx_id IN (?) AND cel_row LIKE ?';
  const ownKeys = ['contact', 'lead', 'call-back'].map((kind) => `${kind}:${accountId}:${key}`);
  const ofEffects = "SUBSTRING_INDEX(effect_key, ':', 1) IN (?) AND (intention LIKE ? OR record LIKE ?)";
  const client = [pbxs, `%${key}`];
  const others = [pbxs, `%${key}`, like, like];

  const count = async (table: string, condition: string, values: unknown[]): Promise<number> => {
    const [[row]] = await pool.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM ${table} WHERE ${condition}`, values);
    return Number(row?.n ?? 0);
  };
  const change = async (sql: string, values: unknown[]): Promise<number> =>
    (await pool.query<ResultSetHeader>(sql, values))[0].affectedRows;

  const rows = createRowsWithNumber(pool, key);
  const mentions = () => rows.find(calls, ofOthers, others);
  const mentionsInEffects = () => rows.find(effects, ofEffects, [pbxs, like, like]);
  const settledMentions = () => rows.find(effects, `NOT ${isUnsettled} AND ${ofEffects}`, [pbxs, like, like]);
  const unsettledMentions = () => rows.find(effects, `${isUnsettled} AND ${ofEffects}`, [pbxs, like, like]);
  const mentionsInLateRows = () => rows.find(lateRows, ofLateRows, [pbxs, like]);

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
        mentions: (await mentions()).length,
        lateRows: (await mentionsInLateRows()).length,
        effects: (await count('side_effects', 'effect_key IN (?)', [ownKeys])) + (await mentionsInEffects()).length,
        isKnownClient: (await count('known_clients', 'account_id = ? AND phone_key = ?', [accountId, key])) > 0,
        recordings: files.map(({ pbx_id: pbxId, file }) => ({ pbxId, file })),
        numberLists: lists.filter(({ numbers }) => numbers.some((one) => one.endsWith(key))).map(({ name }) => name),
      };
    },

    /** Every call in whose history the number may stand. */
    async calls(): Promise<CallPlace[]> {
      const sqlOfClient = `SELECT pbx_id, linkedid FROM calls WHERE ${ofClient}`;
      const [ofPerson] = await pool.query<RowDataPacket[]>(sqlOfClient, client);
      const further = [...(await mentions()), ...(await mentionsInLateRows())];
      const places = [
        ...ofPerson.map((row): CallPlace => [row.pbx_id, row.linkedid]),
        ...further.map(({ key: [pbxId, linkedid] }): CallPlace => [pbxId as string, linkedid as string]),
      ];
      if (places.length === 0) return [];
      const sql = 'SELECT pbx_id, linkedid FROM joined_calls WHERE (pbx_id, into_linkedid) IN (?) AND NOT left_out';
      const [joined] = await pool.query<RowDataPacket[]>(sql, [places]);
      return [...places, ...joined.map((row): CallPlace => [row.pbx_id, row.linkedid])];
    },

    /** Those that go on, that were let go by the journal, or that ended in another. */
    async withoutEntry(places: readonly CallPlace[]): Promise<CallPlace[]> {
      if (places.length === 0) return [];
      const sql = 'SELECT pbx_id, linkedid FROM calls WHERE (pbx_id, linkedid) IN (?)';
      const [rows] = await pool.query<RowDataPacket[]>(sql, [places]);
      const known = new Set(rows.map((row) => `${row.pbx_id}:${row.linkedid}`));
      return places.filter(([pbxId, linkedid]) => !known.has(`${pbxId}:${linkedid}`));
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
      await change('DELETE FROM known_client_entities WHERE account_id = ? AND phone_key = ?', [accountId, key]);
      await change('DELETE FROM known_clients WHERE account_id = ? AND phone_key = ?', [accountId, key]);
      const ofBackfills = 'backfill_id IN (SELECT id FROM backfills WHERE account_id = ?) AND detail LIKE ?';
      await change(`UPDATE backfill_calls SET detail = '' WHERE ${ofBackfills}`, [accountId, like]);
      return {
        calls: gone,
        mentions: await rows.hide(calls, mentions),
        lateRows: await this.forgetLateRows(),
        effects: await this.forgetEffects(),
        unsettled: await this.unsettled(),
        marks: await forgetMarks(redis, [accountId, ...pbxIds], key),
      };
    },

    async forgetLateRows(): Promise<number> {
      const keys = (await mentionsInLateRows()).map((row) => row.key);
      return keys.length === 0
        ? 0
        : change('DELETE FROM late_rows WHERE (pbx_id, linkedid, cel_row_id) IN (?)', [keys]);
    },

    /** What amoCRM may be doing just now is looked for by what is written here, so it stays; its call goes on. */
    async forgetEffects(): Promise<number> {
      const own = await change(`DELETE FROM side_effects WHERE effect_key IN (?) AND NOT ${isUnsettled}`, [ownKeys]);
      return own + (await rows.hide(effects, settledMentions));
    },

    /** What stays so; holds nothing by which the person could be found. */
    async unsettled(): Promise<string[]> {
      const sql = `SELECT effect_key FROM side_effects WHERE effect_key IN (?) AND ${isUnsettled} ORDER BY effect_key`;
      const [own] = await pool.query<RowDataPacket[]>(sql, [ownKeys]);
      return [
        ...own.map(({ effect_key }) => String(effect_key).split(':', 1)[0] as string),
        ...(await unsettledMentions()).map(({ key: [effectKey] }) => String(effectKey)),
      ];
    },
  };
}

/** What Redis has under names of these owners, by its name or in its value. @returns how many were deleted */
async function forgetMarks(redis: Redis, owners: readonly string[], key: string): Promise<number> {
  let count = 0;
  for await (const names of redis.scanStream({ match: 'ringflow:*', count: 500 }) as AsyncIterable<string[]>) {
    for (const name of names.filter((one) => owners.some((owner) => one.includes(owner)))) {
      if (name.includes(key)) count += await redis.del(name);
      else count += await forgetWithin(redis, name, key);
    }
  }
  return count;
}

/** Of the calls that go on only the person's go; whatever else is under one name belongs together. @returns how many */
async function forgetWithin(redis: Redis, name: string, key: string): Promise<number> {
  const texts = await textsUnder(redis, name);
  const theirs = texts.filter(([, text]) => text.includes(key));
  if (theirs.length === 0) return 0;
  const isOfLiveCalls = name.startsWith(`${liveChannel}:`) && (await redis.type(name)) === 'hash';
  return isOfLiveCalls ? redis.hdel(name, ...theirs.map(([field]) => field)) : redis.del(name);
}

/** By field, where there are several. */
async function textsUnder(redis: Redis, name: string): Promise<[field: string, text: string][]> {
  switch (await redis.type(name)) {
    case 'string':
      return [['', (await redis.get(name)) ?? '']];
    case 'hash':
      return Object.entries(await redis.hgetall(name));
    case 'set':
      return (await redis.smembers(name)).map((member) => [member, member]);
    default:
      return [];
  }
}
