import { Client, Connection } from '@temporalio/client';
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
import { connectTemporal } from '../../runtime/temporal.ts';
import { createPbxDatabase, createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { randomPbxId } from '../../tests/rig/installation.ts';
import { servers } from '../../tests/rig/servers.ts';
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

const sameTemporal = { id: 'one', demandSame: async () => undefined };

it('a backlog that takes longer than the lease lasts is read once and to its end', async () => {
  const pbxId = randomPbxId();
  const lease = new Lease(redis, pbxId);
  await lease.take();
  const pool = openPbxDatabase(pbx.url);
  const table = await openCelTable(pool, 'cel');
  const stop = new AbortController();
  const delivered: string[] = [];
  const calls = 400;
  const tail = new CelTail({
    table,
    cursors: createCursorStore(redis, store.pool, pbxId, () => undefined),
    lease,
    delivery: {
      async deliver({ linkedid }) {
        await new Promise((resolve) => setTimeout(resolve, 400)); // a Temporal that is slow
        if (delivered.push(linkedid) === calls) stop.abort();
      },
      keepUnreadable: () => Promise.reject(new Error('all rows can be read')),
    },
    report: { begun: () => undefined, looked: () => undefined, rowsCame: () => undefined },
    pbx: defaultPbx(pbxId, 'UTC'),
    logger: silent,
    pace: new Pace(() => 1),
    temporal: sameTemporal,
  });
  await tail.run(stop.signal, () => void fillCel(calls));
  expect(new Set(delivered).size).toBe(calls);
  expect(delivered).toHaveLength(calls);
  await pool.end();
});

it('while a backlog is read it says up to when the table is read, then that all is', async () => {
  const pbxId = randomPbxId();
  const lease = new Lease(redis, pbxId);
  await lease.take();
  const pool = openPbxDatabase(pbx.url);
  await pool.query('DELETE FROM cel');
  const stop = new AbortController();
  const beganMs = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
  const told: [number, boolean][] = [];
  const tail = new CelTail({
    ...{
      table: await openCelTable(pool, 'cel'),
      lease,
      logger: silent,
      pace: new Pace(() => 1),
      temporal: sameTemporal,
    },
    cursors: createCursorStore(redis, store.pool, pbxId, () => undefined),
    delivery: { deliver: async () => undefined, keepUnreadable: async () => undefined },
    report: {
      begun: () => undefined,
      rowsCame: () => undefined,
      looked(untilMs, isWhole) {
        told.push([untilMs, isWhole]);
        if (told.length > 1 && isWhole && told.some(([, whole]) => !whole)) stop.abort();
      },
    },
    pbx: defaultPbx(pbxId, 'UTC'),
  });
  await tail.run(stop.signal, () => void fillCel(1_200, beganMs, 1_000));
  const behind = told.filter(([, isWhole]) => !isWhole).map(([untilMs]) => untilMs - beganMs);
  expect(behind[0]).toBeGreaterThan(400_000); // of 500 rows, a second each
  expect(behind.every((ms) => ms < 1_200_000)).toBe(true);
  expect(told.at(-1)?.[0]).toBeGreaterThan(beganMs + 3_500_000);
  await pool.end();
});

it('a checkpoint that MySQL does not take stops no reading, and the last place is kept in the end', async () => {
  const pbxId = randomPbxId();
  const lease = new Lease(redis, pbxId);
  await lease.take();
  const pool = openPbxDatabase(pbx.url);
  await pool.query('DELETE FROM cel');
  const table = await openCelTable(pool, 'cel');
  const dump = await store.pool.getConnection();
  await dump.query('LOCK TABLES cel_cursors READ');
  const stop = new AbortController();
  const delivered: string[] = [];
  const tail = new CelTail({
    ...{ table, lease, logger: silent, pace: new Pace(() => 1), pbx: defaultPbx(pbxId, 'UTC'), temporal: sameTemporal },
    cursors: createCursorStore(redis, store.pool, pbxId, () => undefined),
    delivery: {
      async deliver({ linkedid }) {
        delivered.push(linkedid);
        if (delivered.length === 1) await fillCel(1);
        else {
          stop.abort();
          await dump.query('UNLOCK TABLES');
        }
      },
      keepUnreadable: () => Promise.reject(new Error('all rows can be read')),
    },
    report: { begun: () => undefined, looked: () => undefined, rowsCame: () => undefined },
  });
  await tail.run(stop.signal, () => void fillCel(1));
  expect(delivered).toHaveLength(2);
  const [[kept]] = await store.pool.query<RowDataPacket[]>('SELECT cel_cursor FROM cel_cursors WHERE pbx_id = ?', [
    pbxId,
  ]);
  expect(readJson(kept?.cel_cursor)).toMatchObject({ anchor: { id: (await table.newest())?.id } });
  dump.release();
  await pool.end();
});

it('rows that were written while bringing others took its time tell of no clock that is wrong', async () => {
  const pbxId = randomPbxId();
  const lease = new Lease(redis, pbxId);
  await lease.take();
  const pool = openPbxDatabase(pbx.url);
  await pool.query('DELETE FROM cel');
  const stop = new AbortController();
  const warned: string[] = [];
  let calls = 0;
  const tail = new CelTail({
    table: await openCelTable(pool, 'cel'),
    ...{ lease, pace: new Pace(() => 1), pbx: defaultPbx(pbxId, 'UTC'), temporal: sameTemporal },
    cursors: createCursorStore(redis, store.pool, pbxId, () => undefined),
    logger: pino({ level: 'warn' }, { write: (line) => void warned.push(line) }),
    delivery: {
      async deliver() {
        if (++calls > 1) stop.abort();
        else {
          await fillCel(1, Date.now() - 60_000);
          await new Promise((resolve) => setTimeout(resolve, 2_500)); // a Temporal that is slow
        }
      },
      keepUnreadable: () => Promise.reject(new Error('all rows can be read')),
    },
    report: { begun: () => undefined, looked: () => undefined, rowsCame: () => undefined },
  });
  await tail.run(stop.signal, () => void fillCel(1));
  expect(calls).toBe(2);
  expect(warned).toEqual([]);
  await pool.end();
});

it('rows that tell which keys were pressed are passed over, and nothing is kept of them', async () => {
  const pbxId = randomPbxId();
  const lease = new Lease(redis, pbxId);
  await lease.take();
  const pool = openPbxDatabase(pbx.url);
  const table = await openCelTable(pool, 'cel');
  const stop = new AbortController();
  const linkedid = `${Math.floor(Date.now() / 1000)}.9000`;
  const types: string[] = [];
  const cursors = createCursorStore(redis, store.pool, pbxId, () => undefined);
  const journal = createJournal(store.pool);
  const tail = new CelTail({
    temporal: sameTemporal,
    ...{ table, cursors, lease, logger: silent, pace: new Pace(() => 1), pbx: defaultPbx(pbxId, 'UTC') },
    delivery: {
      async deliver({ rows }) {
        types.push(...rows.map(({ eventType }) => eventType));
        if (types.includes('CHAN_END')) stop.abort();
      },
      keepUnreadable: (raws) => journal.keepUnreadableRows(pbxId, raws),
    },
    report: { begun: () => undefined, looked: () => undefined, rowsCame: () => undefined },
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
  await pool.end();
});

it('a row that Temporal refuses is kept, and those around it get through', async () => {
  const connection = await connectTemporal(
    { temporalAddress: servers.temporalAddress, temporalNamespace: 'default' },
    (address) => Connection.connect({ address }),
    silent,
    new AbortController().signal,
  );
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
