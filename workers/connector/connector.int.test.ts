import { Client } from '@temporalio/client';
import { Redis } from 'ioredis';
import type { RowDataPacket } from 'mysql2/promise';
import pino from 'pino';
import { openCelTable } from '../../activities/asterisk/cel-table.ts';
import { openPbxDatabase } from '../../activities/asterisk/pbx-database.ts';
import { createJournal } from '../../activities/store/journal.ts';
import { readJson } from '../../activities/store/ledger.ts';
import type { CelRow } from '../../proto/cel.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import { utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { createPbxDatabase, createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { randomPbxId } from '../../tests/rig/installation.ts';
import { servers } from '../../tests/rig/servers.ts';
import { connectNamespace } from '../../tests/rig/temporal.ts';
import { defaultTiming } from '../../workflows/call/contract.ts';
import { createCursorStore } from './cursor-store.ts';
import { createDelivery } from './deliver.ts';
import { Lease } from './lease.ts';
import { Pace } from './pace.ts';
import { CelTail } from './tail.ts';

jest.setTimeout(60_000);

const silent = pino({ level: 'silent' });
let pbx: Database;
let store: Database;
let redis: Redis;

beforeAll(async () => {
  [pbx, store] = await Promise.all([createPbxDatabase(), createStoreDatabase()]);
  redis = new Redis(servers.redisUrl);
});
afterAll(async () => {
  await redis.quit();
  await Promise.all([pbx.drop(), store.drop()]);
});

/** @param beganMs of the first call. @param everyMs after it the others follow */
async function fillCel(calls: number, beganMs = Date.now(), everyMs = 0): Promise<void> {
  const rows = Array.from({ length: calls }, (_, i) => {
    const atMs = beganMs + i * everyMs;
    const id = `${Math.floor(atMs / 1000)}.${i}`;
    return ['CHAN_START', id, id, utcMsToPbxTime(atMs, 'UTC')];
  });
  await pbx.pool.query(
    `INSERT INTO cel (eventtype, uniqueid, linkedid, eventtime, cid_name, cid_num, cid_ani, cid_rdnis, cid_dnid, exten,
       context, channame, appname, appdata, amaflags, accountcode, peer, userdeftype, extra)
     VALUES ${rows.map(() => "(?, ?, ?, ?, '', '', '', '', '', '', '', 'PJSIP/t-1', '', '', 3, '', '', '', '')").join(',')}`,
    rows.flat(),
  );
}

type TailParts = ConstructorParameters<typeof CelTail>[0];

/** Nobody hears of the reading. */
const untold: TailParts['report'] = {
  begun: () => undefined,
  looked: () => undefined,
  rowsCame: () => undefined,
  rowsAppeared: () => undefined,
};

/** For reading a PBX that was never read, with its lease; what is read, and by whom, is the test's. */
async function setUpTail() {
  const pbxId = randomPbxId();
  const lease = new Lease(redis, pbxId);
  await lease.take();
  const pool = openPbxDatabase(pbx.url);
  const table = await openCelTable(pool, 'cel');
  const cursors = createCursorStore(redis, store.pool, pbxId, () => undefined);
  const usual: Omit<TailParts, 'delivery'> = {
    ...{ table, cursors, lease, logger: silent, pace: new Pace(() => 1), pbx: defaultPbx(pbxId, 'UTC') },
    temporal: { id: 'one', demandSame: async () => undefined },
    report: untold,
  };
  return {
    ...{ pbxId, table, cursors, stop: new AbortController() },
    tailOf: (own: Pick<TailParts, 'delivery'> & Partial<TailParts>) => new CelTail({ ...usual, ...own }),
    close: () => pool.end(),
  };
}

const allAreRead = () => Promise.reject(new Error('all rows can be read'));

it('a backlog that takes longer than the lease lasts is read once and to its end', async () => {
  const { stop, tailOf, close } = await setUpTail();
  const delivered: string[] = [];
  const calls = 400;
  const tail = tailOf({
    delivery: {
      async deliver({ linkedid }) {
        await new Promise((resolve) => setTimeout(resolve, 400)); // a Temporal that is slow
        if (delivered.push(linkedid) === calls) stop.abort();
      },
      keepUnreadable: allAreRead,
    },
  });
  await tail.run(stop.signal, () => void fillCel(calls));
  expect(new Set(delivered).size).toBe(calls);
  expect(delivered).toHaveLength(calls);
  await close();
});

it('while a backlog is read it says up to when the table is read, then that all is', async () => {
  await pbx.pool.query('DELETE FROM cel');
  const { stop, tailOf, close } = await setUpTail();
  const beganMs = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
  const told: [number, boolean][] = [];
  const tail = tailOf({
    delivery: { deliver: async () => undefined, keepUnreadable: async () => undefined },
    report: {
      ...untold,
      looked(untilMs, isWhole) {
        told.push([untilMs, isWhole]);
        if (told.length > 1 && isWhole && told.some(([, whole]) => !whole)) stop.abort();
      },
    },
  });
  await tail.run(stop.signal, () => void fillCel(1_200, beganMs, 1_000));
  const behind = told.filter(([, isWhole]) => !isWhole).map(([untilMs]) => untilMs - beganMs);
  expect(behind[0]).toBeGreaterThan(400_000); // of 500 rows, a second each
  expect(behind.every((ms) => ms < 1_200_000)).toBe(true);
  expect(told.at(-1)?.[0]).toBeGreaterThan(beganMs + 3_500_000);
  await close();
});

it('a checkpoint that MySQL does not take stops no reading, and the last place is kept in the end', async () => {
  await pbx.pool.query('DELETE FROM cel');
  const { pbxId, table, stop, tailOf, close } = await setUpTail();
  const dump = await store.pool.getConnection();
  await dump.query('LOCK TABLES cel_cursors READ');
  const delivered: string[] = [];
  const tail = tailOf({
    delivery: {
      async deliver({ linkedid }) {
        delivered.push(linkedid);
        if (delivered.length === 1) await fillCel(1);
        else {
          stop.abort();
          await dump.query('UNLOCK TABLES');
        }
      },
      keepUnreadable: allAreRead,
    },
  });
  await tail.run(stop.signal, () => void fillCel(1));
  expect(delivered).toHaveLength(2);
  const [[kept]] = await store.pool.query<RowDataPacket[]>('SELECT cel_cursor FROM cel_cursors WHERE pbx_id = ?', [
    pbxId,
  ]);
  expect(readJson(kept?.cel_cursor)).toMatchObject({ anchor: { id: (await table.newest())?.id } });
  dump.release();
  await close();
});

it('rows that were written while bringing others took its time tell of no clock that is wrong', async () => {
  await pbx.pool.query('DELETE FROM cel');
  const { stop, tailOf, close } = await setUpTail();
  const warned: string[] = [];
  let calls = 0;
  const tail = tailOf({
    logger: pino({ level: 'warn' }, { write: (line) => void warned.push(line) }),
    delivery: {
      async deliver() {
        if (++calls > 1) stop.abort();
        else {
          await fillCel(1, Date.now() - 60_000);
          await new Promise((resolve) => setTimeout(resolve, 2_500)); // a Temporal that is slow
        }
      },
      keepUnreadable: allAreRead,
    },
  });
  await tail.run(stop.signal, () => void fillCel(1));
  expect(calls).toBe(2);
  expect(warned).toEqual([]);
  await close();
});

it('rows that are taken for those of a backup are shown to whoever knows whether the clock is behind', async () => {
  await pbx.pool.query('DELETE FROM cel');
  const { stop, tailOf, close } = await setUpTail();
  const appeared: number[] = [];
  let delivered = 0;
  const tail = tailOf({
    delivery: { deliver: async () => void delivered++, keepUnreadable: allAreRead },
    report: {
      ...untold,
      rowsAppeared(rows, atMs) {
        appeared.push(...rows.map(({ eventAtMs }) => atMs - eventAtMs));
        stop.abort();
      },
    },
  });
  await tail.run(stop.signal, () => void fillCel(1, Date.now() - 72 * 3_600_000));
  expect([delivered, appeared.map((ageMs) => Math.round(ageMs / 3_600_000))]).toEqual([0, [72]]);
  await close();
});

it('rows that tell which keys were pressed are passed over, and nothing is kept of them', async () => {
  const { pbxId, table, cursors, stop, tailOf, close } = await setUpTail();
  const linkedid = `${Math.floor(Date.now() / 1000)}.9000`;
  const types: string[] = [];
  const journal = createJournal(store.pool);
  const tail = tailOf({
    delivery: {
      async deliver({ rows }) {
        types.push(...rows.map(({ eventType }) => eventType));
        if (types.includes('CHAN_END')) stop.abort();
      },
      keepUnreadable: (raws) => journal.keepUnreadableRows(pbxId, raws),
    },
  });
  const write = (eventtype: string, uniqueid = linkedid) =>
    pbx.pool.query("SET STATEMENT sql_mode='' FOR INSERT INTO cel SET ?, eventtime = UTC_TIMESTAMP()", [
      { eventtype, uniqueid, linkedid, channame: 'PJSIP/t-1', extra: '{"digit":"7"}' },
    ]);
  await tail.run(stop.signal, async () => {
    await write('CHAN_START');
    await write('DTMF');
    await write('DTMF', 'broken');
    await write('HANGUP', 'broken');
    await write('CHAN_END');
  });
  expect(types).toEqual(['CHAN_START', 'CHAN_END']);
  const [kept] = await store.pool.query('SELECT cel_row FROM late_rows WHERE pbx_id = ?', [pbxId]);
  expect(kept).toHaveLength(1); // the broken one that is no key
  expect(JSON.stringify(kept)).toContain('HANGUP');
  expect((await cursors.load())?.anchor?.id).toBe((await table.newest())?.id);
  await close();
});

it('a row that Temporal refuses is kept, and those around it get through', async () => {
  const connection = await connectNamespace('default');
  const client = new Client({ connection });
  const pbxId = randomPbxId();
  const linkedid = `${Math.floor(Date.now() / 1000)}.1`;
  const delivery = createDelivery(
    client,
    createJournal(store.pool),
    defaultPbx(pbxId, 'UTC'),
    defaultTiming,
    'masked',
    silent,
  );
  const row = (id: number, appData = ''): CelRow =>
    ({
      id,
      eventType: 'APP_START',
      eventAtMs: Date.now(),
      uniqueid: linkedid,
      linkedid,
      channel: '',
      appData,
      extra: {},
    }) as CelRow;
  await delivery.deliver(
    { linkedid, rows: [row(1), row(2, 'x'.repeat(3_000_000)), row(3)], fresh: true, readAtMs: Date.now() },
    Date.now(),
  );
  const { events } = await client.workflow.getHandle(`call:${pbxId}:${linkedid}`).fetchHistory();
  const signalled = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
    (signal?.input?.payloads ?? []).flatMap(
      ({ data }) => (JSON.parse(Buffer.from(data ?? '').toString()) as { rows: CelRow[] }).rows,
    ),
  );
  expect(signalled.map(({ id }) => id).sort()).toEqual([1, 3]);
  const [kept] = await store.pool.query('SELECT cel_row_id FROM late_rows WHERE pbx_id = ?', [pbxId]);
  expect(kept).toMatchObject([{ cel_row_id: 2 }]);
  await client.workflow.getHandle(`call:${pbxId}:${linkedid}`).terminate();
  await connection.close();
});
