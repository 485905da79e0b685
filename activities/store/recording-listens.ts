import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Recording } from '../../proto/crm-action.ts';
import type { Queries } from './secrets.ts';

/** Somebody who listens: by a link, or signed in. */
export interface Listener {
  address: string;
  linkId: string | null;
  login: string | null;
}

export interface Listen extends Omit<Listener, 'linkId'> {
  byLink: boolean;
  beganAtMs: number;
}

export type RecordingListens = ReturnType<typeof createRecordingListens>;

/** A player asks for many parts of a recording: that is one listening. */
const oneListeningMs = 10 * 60_000;
const mostShown = 100;
/** Longer than anybody takes to note a listening. */
const patienceSeconds = 5;

/** Who has listened to which call, when, and from where. */
export function createRecordingListens(pool: Pool) {
  return {
    async note({ pbxId, linkedid, startedAtMs }: Omit<Recording, 'file'>, listener: Listener): Promise<void> {
      const { address, linkId, login } = listener;
      const same = [pbxId, linkedid, address, linkId, login];
      const isNoted = async (queries: Queries) => {
        const [rows] = (await queries.query(
          `SELECT 1 FROM recording_listens
           WHERE pbx_id = ? AND linkedid = ? AND address = ? AND link_id <=> ? AND login <=> ? AND began_at > ? LIMIT 1`,
          [...same, new Date(Date.now() - oneListeningMs)],
        )) as [RowDataPacket[], unknown];
        return rows.length > 0;
      };
      if (await isNoted(pool)) return;
      // two requests at once must not both be first, and by their rows alone the database would undo one (a deadlock)
      const connection = await pool.getConnection();
      try {
        await connection.query('DO GET_LOCK(SHA1(?), ?)', [JSON.stringify(same), patienceSeconds]);
        if (await isNoted(connection)) return;
        await connection.query(
          `INSERT INTO recording_listens (pbx_id, linkedid, address, link_id, login, started_at, began_at) VALUES (?)`,
          [[...same, new Date(startedAtMs), new Date()]],
        );
      } finally {
        await connection.query('DO RELEASE_LOCK(SHA1(?))', [JSON.stringify(same)]).catch(() => connection.destroy());
        connection.release();
      }
    },

    /** Newest first. */
    async of(pbxId: string, linkedid: string): Promise<Listen[]> {
      const [rows] = await pool.query<RowDataPacket[]>(
        `SELECT address, login, link_id, began_at FROM recording_listens
         WHERE pbx_id = ? AND linkedid = ? ORDER BY began_at DESC LIMIT ?`,
        [pbxId, linkedid, mostShown],
      );
      return rows.map(({ address, login, link_id: link, began_at: began }) => ({
        ...{ address, login, byLink: link !== null, beganAtMs: began.getTime() },
      }));
    },
  };
}
