import type { Redis } from 'ioredis';
import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { type Static, Type } from 'typebox';
import { SignedPermit } from '../../../proto/licence/permit.ts';
import { LicensingTalk } from '../../../proto/licence/wire.ts';
import { nullable } from '../../../proto/nullable.ts';
import { readAs } from '../read-as.ts';
import type { IdentityReader } from './identity.ts';

/** What is kept of the licence, beside secrets. */
const LicenceRecord = Type.Object({
  /** The last genuine one; undefined: there was none yet. */
  signed: Type.Optional(SignedPermit),
  /** The highest that were seen. */
  permitSerial: Type.Integer(),
  keySetSerial: Type.Integer(),
  /** The latest moment that was ever seen, ms UTC. */
  latestMs: Type.Integer(),
  talk: nullable(LicensingTalk),
  /** When the licensing server has last answered as it should. */
  reachedAtMs: nullable(Type.Integer()),
});
export type LicenceRecord = Static<typeof LicenceRecord>;

/** A permit as it is taken in. */
export interface TakenPermit {
  signed: SignedPermit;
  serial: number;
  keySetSerial: number;
  issuedAtMs: number;
}

/** `answer`: the licensing server has made it but now, and so tells the time; `kept`: nobody knows how long it has lain. */
export type PermitKind = 'answer' | 'kept';

export type LicenceRecords = ReturnType<typeof createLicenceRecords>;

/** Whoever died between both writes leaves an older copy for so long. */
const copySeconds = 30;
/** Whoever has read MySQL before another wrote does not put the older copy over the newer one. */
const setUnlessNewer = `
local copy = redis.call('GET', KEYS[1])
local isRead, kept = pcall(cjson.decode, copy or '')
if isRead and type(kept) == 'table' then
  local fresh = cjson.decode(ARGV[1])
  for _, name in ipairs({'permitSerial', 'keySetSerial', 'latestMs'}) do
    local one, other = tonumber(kept[name]), tonumber(fresh[name])
    if one == nil or one < other then break end
    if one > other then return 0 end
  end
end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1`;

/** Kept in MySQL; of it a copy in Redis, which every call reads. */
export function createLicenceRecords(pool: Pool, redis: Redis, identity: IdentityReader) {
  const copyKey = async () => `ringflow:licence:${(await identity()).id}`;
  /** A table that was emptied holds up no call: it is begun anew. */
  const ensureRow = () => pool.query('INSERT IGNORE INTO licence (id) VALUES (1)');
  const readRow = async () => {
    const [[row]] = await pool.query<RowDataPacket[]>('SELECT * FROM licence WHERE id = 1');
    return row;
  };
  const readKept = async (): Promise<LicenceRecord> => {
    const row = (await readRow()) ?? (await ensureRow().then(readRow));
    return row ? recordOf(row) : nothingKept;
  };
  const refreshCopy = async (): Promise<LicenceRecord> => {
    const record = await readKept();
    try {
      await redis.eval(setUnlessNewer, 1, await copyKey(), JSON.stringify(record), copySeconds);
    } catch {
      // an older copy goes by itself, then MySQL is asked
    }
    return record;
  };
  return {
    async read(): Promise<LicenceRecord> {
      const copy = await copyKey()
        .then((key) => redis.get(key))
        .catch(() => null);
      return (copy === null ? undefined : readAs(LicenceRecord, copy)) ?? refreshCopy();
    },

    /**
     * Puts a genuine permit in place of the last one. What the server has just answered says itself what time it is: should
     * this clock once have been far ahead, that is forgotten.
     *
     * @returns false if a newer one was seen, also meanwhile; then nothing was written
     */
    async take(
      { signed, serial, keySetSerial, issuedAtMs }: TakenPermit,
      nowMs: number,
      as: PermitKind,
    ): Promise<boolean> {
      const latestMs = Math.max(issuedAtMs, nowMs);
      await ensureRow();
      const [result] = await pool.query<ResultSetHeader>(
        `UPDATE licence SET latest_ms = IF(? AND permit_serial < ?, ?, GREATEST(latest_ms, ?)),
           permit = ?, key_set = ?, permit_serial = ?, key_set_serial = ?
         WHERE id = 1 AND permit_serial <= ? AND key_set_serial <= ?`,
        [
          as === 'answer',
          serial,
          latestMs,
          latestMs,
          signed.permit,
          signed.keys,
          serial,
          keySetSerial,
          serial,
          keySetSerial,
        ],
      );
      await refreshCopy();
      return result.affectedRows > 0;
    },

    async noteTalk({ atMs, failure }: LicensingTalk): Promise<void> {
      const reached = failure === null ? atMs : null;
      await ensureRow();
      await pool.query(
        `UPDATE licence SET talked_at_ms = ?, talk_failure = ?, reached_at_ms = COALESCE(?, reached_at_ms) WHERE id = 1`,
        [atMs, failure, reached],
      );
      await refreshCopy();
    },

    /** From now on it is not earlier than that. */
    async raise(latestMs: number): Promise<void> {
      const moment = Math.floor(latestMs);
      await ensureRow();
      await pool.query('UPDATE licence SET latest_ms = GREATEST(latest_ms, ?) WHERE id = 1', [moment]);
      await refreshCopy();
    },
  };
}

const nothingKept: LicenceRecord = { permitSerial: 0, keySetSerial: 0, latestMs: 0, talk: null, reachedAtMs: null };

function recordOf(row: RowDataPacket): LicenceRecord {
  const { permit, key_set: keys, talked_at_ms: atMs, reached_at_ms: reached } = row;
  return {
    ...(permit !== null && keys !== null && { signed: { permit, keys } }),
    permitSerial: Number(row.permit_serial),
    keySetSerial: Number(row.key_set_serial),
    latestMs: Number(row.latest_ms),
    talk: atMs === null ? null : { atMs: Number(atMs), failure: row.talk_failure },
    reachedAtMs: reached === null ? null : Number(reached),
  };
}
