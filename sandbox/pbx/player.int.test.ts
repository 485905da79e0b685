import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { RowDataPacket } from 'mysql2/promise';
import { readCelRow } from '../../proto/cel.ts';
import { createDatabase, type Database } from '../../tests/rig/databases.ts';
import { type Part, startPart } from '../../tests/rig/part.ts';
import { type Recording, readRecordings } from './recording.ts';

jest.setTimeout(60_000);

const recordings = readRecordings();
const timezone = 'Asia/Kolkata';
let database: Database;
let part: Part | undefined;

beforeEach(async () => {
  database = await createDatabase('pbx_player');
});
afterEach(async () => {
  await part?.kill();
  part = undefined;
  await database.drop();
});

/** The player's process on a free port. */
async function startPlayer(changes: Record<string, string> = {}): Promise<{ player: Part; url: string }> {
  part = startPart('sandbox/pbx/main.ts', {
    SANDBOX_PBX_PORT: '0',
    SANDBOX_PBX_DATABASE_URL: database.url,
    SANDBOX_PBX_TIMEZONE: timezone,
    SANDBOX_PBX_CALL_EVERY_SECONDS: '0',
    ...changes,
  });
  await part.ready;
  const url = /http:\S+/.exec(part.log())?.[0] ?? '';
  return { player: part, url };
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(204);
}

async function status(url: string): Promise<{ automatic: boolean; playing: number }> {
  return (await (await fetch(`${url}/status`)).json()) as { automatic: boolean; playing: number };
}

async function whenAllHaveEnded(url: string): Promise<void> {
  while ((await status(url)).playing > 0) await new Promise(setImmediate);
}

async function rowsOf(table: 'cel' | 'cdr'): Promise<RowDataPacket[]> {
  const order = table === 'cel' ? 'id' : 'calldate';
  return (await database.pool.query<RowDataPacket[]>(`SELECT * FROM ${table} ORDER BY ${order}`))[0];
}

/** Asks the table until it fits. */
async function cel(fits: (rows: RowDataPacket[]) => boolean): Promise<RowDataPacket[]> {
  for (;;) {
    const rows = await rowsOf('cel');
    if (fits(rows)) return rows;
  }
}

describe('the PBX player', () => {
  it('writes a call as Asterisk would: now, row by row, complete, under ids of its own', async () => {
    const { url } = await startPlayer();
    const recording = recordings.get('in-busy') as Recording;
    const beganAtMs = Date.now();
    for (const _ of [1, 2]) {
      await post(`${url}/play`, { name: 'in-busy' });
      await whenAllHaveEnded(url);
    }
    const rows = await rowsOf('cel');
    const types = recording.cel.map((row) => row.eventtype);
    expect(rows.map((row) => row.eventtype)).toEqual([...types, ...types]);
    expect(new Set(rows.map((row) => row.linkedid)).size).toBe(2);
    for (const row of rows) {
      const { row: read } = readCelRow(row, timezone) as { row: { eventAtMs: number } };
      expect(read.eventAtMs).toBeGreaterThanOrEqual(beganAtMs - 1000);
      expect(read.eventAtMs).toBeLessThanOrEqual(Date.now());
    }
    const cdr = await rowsOf('cdr');
    expect(cdr).toHaveLength(2 * recording.cdr.length);
    for (const { linkedid } of cdr) expect(rows.map((row) => row.linkedid)).toContain(linkedid);
  });

  it('lets calls come by themselves until it is told not to', async () => {
    const { url } = await startPlayer({ SANDBOX_PBX_CALL_EVERY_SECONDS: '0.05' });
    expect((await status(url)).automatic).toBe(true);
    await cel((rows) => new Set(rows.map((row) => row.linkedid)).size >= 3);
    await post(`${url}/automatic`, { on: false });
    const begun = await rowsOf('cel');
    expect((await status(url)).automatic).toBe(false);
    await whenAllHaveEnded(url);
    const rows = await rowsOf('cel');
    const ended = rows.filter((row) => row.eventtype === 'LINKEDID_END');
    expect(ended.length).toBeGreaterThanOrEqual(new Set(begun.map((row) => row.linkedid)).size);
    expect(ended.length).toBe(new Set(rows.map((row) => row.linkedid)).size);
  });

  it('ends at once when it is told to, and leaves calls as a dying PBX does', async () => {
    const { player, url } = await startPlayer();
    await post(`${url}/play`, { name: 'park-comeback' });
    await cel((rows) => rows.length > 0);
    expect(await player.stop()).toBe(0);
    const rows = await rowsOf('cel');
    expect(rows.length).toBeLessThan((recordings.get('park-comeback') as Recording).cel.length);
    expect(rows.map((row) => row.eventtype)).not.toContain('LINKEDID_END');
    expect(player.log()).not.toContain('Error');
  });

  it('goes on without its database, says so once, and writes again when the database is back', async () => {
    const way = new BreakableWay(new URL(database.url));
    const { player, url } = await startPlayer({ SANDBOX_PBX_DATABASE_URL: await way.open() });
    await post(`${url}/play`, { name: 'in-busy' });
    await whenAllHaveEnded(url);
    await way.break();
    for (const _ of [1, 2]) {
      await post(`${url}/play`, { name: 'in-busy' });
      await whenAllHaveEnded(url);
    }
    expect(await status(url)).toEqual({ automatic: false, playing: 0 });
    expect(player.log().match(/takes no rows/g)).toHaveLength(1);
    await way.open();
    await post(`${url}/play`, { name: 'in-busy' });
    await player.said('takes rows again');
    await whenAllHaveEnded(url);
    await way.break();
    expect((await rowsOf('cel')).filter((row) => row.eventtype === 'LINKEDID_END')).toHaveLength(2);
    expect(player.log()).not.toContain(new URL(database.url).password);
  });

  it('waits for a database that starts later, and then makes the tables', async () => {
    const way = new BreakableWay(new URL(database.url));
    const address = await way.open();
    await way.break();
    const { player, url } = await startPlayer({ SANDBOX_PBX_DATABASE_URL: address });
    expect((await status(url)).playing).toBe(0);
    await way.open();
    await player.said('takes rows again');
    await way.break();
    expect(await rowsOf('cel')).toEqual([]);
    expect(await rowsOf('cdr')).toEqual([]);
  });

  it('does not start with a faulty environment: exit 2 with every fault', async () => {
    const started = startPlayer({ SANDBOX_PBX_DATABASE_URL: '', SANDBOX_PBX_TIMEZONE: 'Moscow' });
    await expect(started).rejects.toThrow(/ended with 2/);
    expect(part?.log()).toMatch(/SANDBOX_PBX_DATABASE_URL is missing.*\n.*SANDBOX_PBX_TIMEZONE has a wrong form/);
  });
});

/** A way to the database that can be broken, always through the same port. */
class BreakableWay {
  readonly #database: URL;
  #server: Server | undefined;
  #port = 0;
  readonly #sockets = new Set<Socket>();

  constructor(database: URL) {
    this.#database = database;
  }

  /** @returns the address of the database through this way */
  async open(): Promise<string> {
    this.#server = createServer((socket) => {
      const onward = connect(Number(this.#database.port), this.#database.hostname);
      for (const end of [socket, onward]) {
        this.#sockets.add(end);
        end.on('error', () => end.destroy());
      }
      socket.pipe(onward).pipe(socket);
    });
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return Object.assign(new URL(this.#database), { hostname: '127.0.0.1', port: String(this.#port) }).href;
  }

  async break(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    this.#server?.close();
    if (this.#server) await once(this.#server, 'close');
  }
}
