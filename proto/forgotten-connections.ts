import type { Socket } from 'node:net';
import type { Connection, Pool, RowDataPacket } from 'mysql2/promise';

const silenceMs = 5_000;
const answerWithinMs = 5_000;

/** What the driver holds of a connection. */
interface Held {
  stream: Socket;
  /** By which the server knows it. */
  threadId: number;
  /** What waits for an answer. */
  _command?: unknown;
}

/**
 * A firewall or NAT that has forgotten a connection swallows what is asked on it, and tells nobody. Where an answer is
 * long in coming, the server is asked by another way whether it works on it, for a statement may take its time or wait for
 * a lock. If it does not, or can't be asked, the connection is ended, and whoever tries again gets another.
 *
 * @param connect makes a connection of its own to the same server, or fails soon
 */
export function endForgotten(pool: Pool, connect: () => Promise<Connection>): void {
  pool.on('connection', (connection) => {
    const held = connection as unknown as Held;
    const { stream, threadId } = held;
    const look = async (): Promise<void> => {
      const awaited = held._command;
      if (!awaited) return; // between two statements of a transaction
      const isInWork = await isWorkedOn(connect, threadId);
      if (held._command !== awaited) return;
      if (isInWork) stream.setTimeout(silenceMs);
      else
        stream.destroy(Object.assign(new Error('MySQL no longer answers on this connection'), { code: 'ETIMEDOUT' }));
    };
    stream.setTimeout(silenceMs).on('timeout', () => void look());
  });
}

/** What the server doesn't work on it forgets too: the locks of a transaction would else outlive it by hours. */
async function isWorkedOn(connect: () => Promise<Connection>, threadId: number): Promise<boolean> {
  try {
    const connection = await connect();
    const ask = (sql: string) =>
      connection.query<RowDataPacket[]>({ sql, values: [threadId], timeout: answerWithinMs });
    try {
      const sql = "SELECT 1 FROM information_schema.processlist WHERE id = ? AND command <> 'Sleep'";
      if ((await ask(sql))[0].length > 0) return true;
      await ask('KILL ?').catch(() => undefined); // it has done so already
      return false;
    } finally {
      connection.destroy();
    }
  } catch (error) {
    return (error as { sqlState?: string }).sqlState !== undefined; // it is there, but lets nobody in now
  }
}
