import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Recording } from '../../proto/crm-action.ts';
import { recordingLinkKey, type Secrets } from './secrets.ts';

export interface RecordingLink extends Recording {
  id: string;
  issuedAtMs: number;
  /** Also since when a newer one takes its place. */
  revokedAtMs: number | null;
  /** What stands in the address. */
  token: string;
}

export type RecordingLinks = ReturnType<typeof createRecordingLinks>;

const idBytes = 12;
const macBytes = 18;
/** Both end with a whole character of base64url, so no other text means the same. */
const tokenForm = /^([\w-]{16})([\w-]{24})$/;

/**
 * Links by which recordings are heard without signing in. A token is a random id, which tells nothing of the call, and
 * our signature: whoever guesses costs no look into the database.
 */
export function createRecordingLinks(pool: Pool, secrets: Secrets) {
  let key: Promise<string> | undefined;
  const ownKey = (): Promise<string> => {
    key ??= secrets.writeOnce(recordingLinkKey, randomBytes(32).toString('base64url'));
    key.catch(() => {
      key = undefined;
    });
    return key;
  };
  const tokenOf = async (id: string): Promise<string> => `${id}${macOf(await ownKey(), id)}`;
  const linkOf = async (row: RowDataPacket | undefined): Promise<RecordingLink | undefined> =>
    row && {
      ...{ id: row.id, pbxId: row.pbx_id, linkedid: row.linkedid, file: row.file, token: await tokenOf(row.id) },
      startedAtMs: row.started_at.getTime(),
      issuedAtMs: row.issued_at.getTime(),
      revokedAtMs: row.ended_at?.getTime() ?? null,
    };
  const rowOf = ({ pbxId, linkedid, startedAtMs, file }: Recording, serial: number) => ({
    ...{ id: randomBytes(idBytes).toString('base64url'), pbx_id: pbxId, linkedid, serial, file },
    ...{ started_at: new Date(startedAtMs), issued_at: new Date() },
  });

  return {
    /** The newest link of a call. @throws SecretKeyError */
    async of(pbxId: string, linkedid: string): Promise<RecordingLink | undefined> {
      const sql = `${withEnd} WHERE pbx_id = ? AND linkedid = ? ORDER BY serial DESC LIMIT 1`;
      const [[row]] = await pool.query<RowDataPacket[]>(sql, [pbxId, linkedid]);
      return linkOf(row);
    },

    /**
     * The link of a call, the same however often it is asked for.
     *
     * @returns undefined if it was revoked: only a person gives out another. @throws SecretKeyError
     */
    async issue(call: Recording): Promise<RecordingLink | undefined> {
      await ownKey(); // before anything is written
      await pool.query('INSERT IGNORE INTO recording_links SET ?', [rowOf(call, 0)]);
      const link = await this.of(call.pbxId, call.linkedid);
      return link?.revokedAtMs === null ? link : undefined;
    },

    /** A new link of a call; those before serve no more. @throws SecretKeyError */
    async renew(call: Recording): Promise<RecordingLink> {
      await ownKey();
      for (;;) {
        const row = rowOf(call, Date.now());
        try {
          await pool.query('INSERT INTO recording_links SET ?', [row]);
          return (await linkOf({ ...row, ended_at: null } as unknown as RowDataPacket)) as RecordingLink;
        } catch (error) {
          if ((error as { code?: string }).code !== 'ER_DUP_ENTRY') throw error; // another in the same millisecond
        }
      }
    },

    /** What a token that was signed by us stands for. @throws SecretKeyError */
    async find(token: string): Promise<RecordingLink | undefined> {
      const [, id = '', mac = ''] = tokenForm.exec(token) ?? [];
      if (id === '' || !isSame(macOf(await ownKey(), id), mac)) return undefined;
      const [[row]] = await pool.query<RowDataPacket[]>(`${withEnd} WHERE id = ?`, [id]);
      return linkOf(row);
    },

    /** @returns whether there was one to revoke */
    async revoke(pbxId: string, linkedid: string): Promise<boolean> {
      const sql = `${revocation} AND linkedid = ?`;
      const [result] = await pool.query<ResultSetHeader>(sql, [new Date(), pbxId, linkedid]);
      return result.affectedRows > 0;
    },

    /** Of calls that began before that moment. @returns how many */
    async revokeBefore(pbxId: string, beforeMs: number): Promise<number> {
      const sql = `${revocation} AND started_at < ?`;
      const [result] = await pool.query<ResultSetHeader>(sql, [new Date(), pbxId, new Date(beforeMs)]);
      return result.affectedRows;
    },

    /** Of calls that began before that moment the names of files, which may hold phones, and who has listened. */
    async forgetBefore(pbxId: string, beforeMs: number): Promise<void> {
      const before = [pbxId, new Date(beforeMs)];
      await pool.query(
        `UPDATE recording_links SET file = '' WHERE pbx_id = ? AND started_at < ? AND file <> ''`,
        before,
      );
      await pool.query('DELETE FROM recording_listens WHERE pbx_id = ? AND started_at < ?', before);
    },

    /** Which of these calls, if they began since that moment, can be heard: from the journal, or by a link of theirs. */
    async knownSince(pbxId: string, linkedids: readonly string[], sinceMs: number): Promise<string[]> {
      const which = [pbxId, linkedids, new Date(sinceMs)];
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT linkedid FROM calls WHERE pbx_id = ? AND linkedid IN (?) AND started_at >= ?
         UNION SELECT linkedid FROM recording_links WHERE pbx_id = ? AND linkedid IN (?) AND started_at >= ? AND file <> ''`,
        [...which, ...which],
      );
      return rows.map(({ linkedid }) => linkedid);
    },
  };
}

const revocation = 'UPDATE recording_links SET revoked_at = ? WHERE revoked_at IS NULL AND pbx_id = ?';

/** A link ends when it is revoked, or when a newer one of its call is given out. */
const withEnd = `SELECT l.*, COALESCE(l.revoked_at, (
    SELECT MIN(newer.issued_at) FROM recording_links newer
    WHERE newer.pbx_id = l.pbx_id AND newer.linkedid = l.linkedid AND newer.serial > l.serial)) AS ended_at
  FROM recording_links l`;

/** Of nothing else that a key of ours may ever sign. */
const purpose = 'ringflow recording link ';

function macOf(key: string, id: string): string {
  const mac = createHmac('sha256', Buffer.from(key, 'base64url')).update(purpose + id);
  return mac.digest().subarray(0, macBytes).toString('base64url');
}

/** In a time that tells nothing. */
function isSame(mac: string, claimed: string): boolean {
  const [own, other] = [Buffer.from(mac), Buffer.from(claimed)];
  return own.length === other.length && timingSafeEqual(own, other);
}
