import type { Redis } from 'ioredis';
import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { SignedPermit } from '../../../proto/licence/permit.ts';
import type { LicensingTalk } from '../../../proto/licence/wire.ts';
import type { IdentityReader } from './identity.ts';

/** What is kept of the licence, beside secrets. */
export interface LicenceRecord {
  /** The last genuine one; undefined: there was none yet. */
  signed?: SignedPermit;
  /** The highest that were seen. */
  permitSerial: number;
  keySetSerial: number;
  /** The latest moment that was ever seen, ms UTC. */
  latestMs: number;
  talk: LicensingTalk | null;
  /** When the licensing server has last answered as it should. */
  reachedAtMs: number | null;
}

/** A permit as it is taken in. */
export interface TakenPermit {
  signed: SignedPermit;
  serial: number;
  keySetSerial: number;
  issuedAtMs: number;
}

export type LicenceRecords = ReturnType<typeof createLicenceRecords>;

/** Whoever died between both writes leaves an older copy for so long. */
const copySeconds = 30;

/** Kept in MySQL; of it a copy in Redis, which every call reads. */
export function createLicenceRecords(pool: Pool, redis: Redis, identity: IdentityReader) {
  const copyKey = async () => `ringflow:licence:${(await identity()).id}`;
  const readKept = async (): Promise<LicenceRecord> => {
    const [[row]] = await pool.query<RowDataPacket[]>('SELECT * FROM licence WHERE id = 1');
    if (!row)
      throw new Error('The table licence has lost its row: INSERT INTO licence (id) VALUES (1) brings it back.');
    return recordOf(row);
  };
  const refreshCopy = async (): Promise<LicenceRecord> => {
    const record = await readKept();
    try {
      await redis.set(await copyKey(), JSON.stringify(record), 'EX', copySeconds);
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
      return copy === null ? refreshCopy() : (JSON.parse(copy) as LicenceRecord);
    },

    /**
     * Puts a genuine permit in place of the last one. One that was not seen before says itself what time it is: should
     * this clock once have been far ahead, that is forgotten.
     *
     * @returns false if a newer one was seen, also meanwhile; then nothing was written
     */
    async take({ signed, serial, keySetSerial, issuedAtMs }: TakenPermit, nowMs: number): Promise<boolean> {
      const latestMs = Math.max(issuedAtMs, nowMs);
      const [result] = await pool.query<ResultSetHeader>(
        `UPDATE licence SET latest_ms = IF(permit_serial < ?, ?, GREATEST(latest_ms, ?)),
           permit = ?, key_set = ?, permit_serial = ?, key_set_serial = ?
         WHERE id = 1 AND permit_serial <= ? AND key_set_serial <= ?`,
        [serial, latestMs, latestMs, signed.permit, signed.keys, serial, keySetSerial, serial, keySetSerial],
      );
      await refreshCopy();
      return result.affectedRows > 0;
    },

    async noteTalk({ atMs, failure }: LicensingTalk): Promise<void> {
      const reached = failure === null ? atMs : null;
      await pool.query(
        `UPDATE licence SET talked_at_ms = ?, talk_failure = ?, reached_at_ms = COALESCE(?, reached_at_ms) WHERE id = 1`,
        [atMs, failure, reached],
      );
      await refreshCopy();
    },

    /** From now on it is not earlier than that. */
    async raise(latestMs: number): Promise<void> {
      const moment = Math.floor(latestMs);
      await pool.query('UPDATE licence SET latest_ms = GREATEST(latest_ms, ?) WHERE id = 1', [moment]);
      await refreshCopy();
    },
  };
}

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
