import type { Redis } from 'ioredis';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { readJson } from '../../activities/store/ledger.ts';
import type { Cursor } from './cursor.ts';
import { type Lease, LeaseLost } from './lease.ts';

/** KEYS: lease, cursor. ARGV: the lease's owner, cursor. A lease that ran out without anybody taking it is still ours. */
const saveUnlessTaken = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
return 1
`;

/** Rows read between two checkpoints are read again if Redis loses the cursor: calls know them by their ids. */
const checkpointEveryMs = 5_000;

export type CursorStore = ReturnType<typeof createCursorStore>;

/** The cursor of one PBX: in Redis at each step, in MySQL every few seconds, in case Redis is emptied. */
export function createCursorStore(redis: Redis, pool: Pool, pbxId: string, onTrouble: (message: string) => void) {
  const key = `ringflow:pbx:${pbxId}:cursor`;
  let checkpointedAtMs = 0;
  /** One at a time, so that an older place never comes after a newer one. */
  let checkpointing: Promise<void> | undefined;

  const write = async (cursor: string): Promise<void> => {
    try {
      await pool.query('REPLACE INTO cel_cursors (pbx_id, cel_cursor) VALUES (?, ?)', [pbxId, cursor]);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      onTrouble(`The place of reading can't be kept in MySQL (${code ?? message}): check MYSQL_URL; reading goes on.`);
    }
  };

  /** Nobody waits for it, cards least of all: without one only a lost Redis would make rows be read again. */
  const checkpointIfDue = (cursor: string): void => {
    if (checkpointing || Date.now() - checkpointedAtMs <= checkpointEveryMs) return;
    checkpointedAtMs = Date.now();
    checkpointing = write(cursor).finally(() => {
      checkpointing = undefined;
    });
  };

  return {
    /** Where reading stopped; undefined for a PBX that was never read. */
    async load(): Promise<Cursor | undefined> {
      const stored = await redis.get(key);
      if (stored !== null) return JSON.parse(stored) as Cursor;
      const [rows] = await pool.query<RowDataPacket[]>('SELECT cel_cursor FROM cel_cursors WHERE pbx_id = ?', [pbxId]);
      return rows[0] && (readJson(rows[0].cel_cursor) as Cursor);
    },

    /** @throws LeaseLost if another connector reads this PBX by now */
    async save(cursor: Cursor, lease: Lease): Promise<void> {
      const json = JSON.stringify(cursor);
      if ((await redis.eval(saveUnlessTaken, 2, lease.key, key, lease.owner, json)) !== 1) throw new LeaseLost();
      checkpointIfDue(json);
    },

    /** Before a planned end. */
    async close(cursor: Cursor): Promise<void> {
      await checkpointing;
      await write(JSON.stringify(cursor));
    },
  };
}
