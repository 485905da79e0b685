import type { Pool } from 'mysql2/promise';
import { createPbxDatabase, type Database } from '../../tests/rig/databases.ts';
import { startLongWay } from '../../tests/rig/long-way.ts';
import { openCdrTable } from './cdr-table.ts';
import { openCelTable } from './cel-table.ts';
import { createAsteriskActivities } from './index.ts';
import { openPbxDatabase } from './pbx-database.ts';
import type { CallRows } from './rows-of-calls.ts';

let database: Database;
const pools: Pool[] = [];

beforeAll(async () => {
  database = await createPbxDatabase();
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

function open(changes: Partial<URL> = {}): Pool {
  const pool = openPbxDatabase(Object.assign(new URL(database.url), changes).href);
  pools.push(pool);
  return pool;
}

describe("Asterisk's database", () => {
  it('is read by a user who may do nothing else', async () => {
    const user = `reader_${Date.now()}`;
    await database.pool.query(`CREATE USER ${user} IDENTIFIED BY 'secret-word'`);
    await database.pool.query(`GRANT SELECT ON ${database.name}.* TO ${user}`);
    const pool = open({ username: user, password: 'secret-word' });
    const table = await openCelTable(pool, 'cel');
    expect(table.lost).toEqual([]);
    expect(await table.newest()).toBeUndefined();
    await expect(pool.query('DELETE FROM cel')).rejects.toThrow(/denied/);
    await database.pool.query(`DROP USER ${user}`);
  });

  it.each<[string, Partial<URL>, string, RegExp]>([
    ['nobody listens', { port: '1' }, 'cel', /nothing listens there.*PBX_DATABASE_URL/],
    ['the password is wrong', { username: 'ringflow', password: 'secret-word' }, 'cel', /user or password is wrong/],
    ['the database is missing', { pathname: '/nowhere' }, 'cel', /no such database/],
    ['the table is missing', {}, 'cel_2', /table does not exist.*PBX_CEL_TABLE/],
    ['the table is another one', {}, 'cdr', /lacks the columns id, eventtype.*CEL table/],
  ])('says what to do when %s', async (_, changes, table, advice) => {
    const error = await openCelTable(open(changes), table).catch((e: Error) => e);
    expect(error).toMatchObject({ name: 'PbxDatabaseError', message: expect.stringMatching(advice) });
    expect(String(error)).not.toContain('secret-word');
  });

  it('is read without the columns that an old layout lacks, and tells what is lost', async () => {
    await database.pool.query('CREATE TABLE old_cel LIKE cel; ALTER TABLE old_cel DROP extra, DROP cid_ani');
    const table = await openCelTable(open(), 'old_cel');
    expect(table.lost.map(([column]) => column).sort()).toEqual(['cid_ani', 'extra']);
    expect(await table.read(0, [], 10)).toMatchObject({ rows: [] });
  });

  it('gives text in a broken or foreign encoding as text', async () => {
    await database.pool.query(
      `CREATE TABLE latin_cel LIKE cel; ALTER TABLE latin_cel MODIFY cid_name VARCHAR(80) CHARACTER SET latin1 NULL,
         MODIFY cid_num VARBINARY(80) NULL`,
    );
    const columns = 'eventtype, eventtime, cid_name, cid_num, uniqueid, linkedid';
    await database.pool.query(
      `SET STATEMENT sql_mode='' FOR INSERT INTO latin_cel (${columns})
      VALUES ('CHAN_START', NOW(), x'c3f5 e9', x'ff3739', '1.1', '1.1')`.replace('c3f5 e9', 'c3f5e9'),
    );
    const { rows } = await (await openCelTable(open(), 'latin_cel')).read(0, [], 10);
    expect(rows[0]).toMatchObject({ cid_name: 'Ãõé', cid_num: '\ufffd79' });
  });

  it('can be read again after a way that swallows everything, however many have waited for it', async () => {
    const way = await startLongWay(database.url, 0);
    const table = await openCelTable(open({ port: new URL(way.url).port }), 'cel');
    const asked = () => Promise.allSettled(Array.from({ length: 8 }, () => table.newest()));
    await asked(); // as many connections as there may be
    way.lose();
    const silent = (await asked()).map((one) => one.status === 'rejected' && one.reason.code);
    expect(silent).toContain('PROTOCOL_SEQUENCE_TIMEOUT');
    way.heal();
    expect((await asked()).map(({ status }) => status)).toEqual(Array(8).fill('fulfilled'));
    way.close();
  }, 60_000);

  it('is read without CDR columns that a layout lacks', async () => {
    await database.pool.query('CREATE TABLE old_cdr LIKE cdr; ALTER TABLE old_cdr DROP recordingfile, DROP linkedid');
    await database.pool.query("INSERT INTO old_cdr (calldate, uniqueid, cnum) VALUES (NOW(), '1.1', '101')");
    const table = await openCdrTable(open(), 'old_cdr');
    expect(await table.ofChannels(['1.1', '2.2'])).toMatchObject([
      { uniqueid: '1.1', callerNumber: '101', recordingFile: '' },
    ]);
  });
});

describe('what a call asks of the tables', () => {
  const created = Math.floor(Date.now() / 1000);
  const [older, younger] = [`${created}.1`, `${created}.2`];
  const activities = () =>
    createAsteriskActivities(
      async () => ({ pool: open(), celTable: 'call_cel', cdrTable: 'cdr', timezone: 'UTC' }),
      async () => ({ ami: undefined, recordings: undefined, recordingLinks: 'fine' }),
      async () => undefined,
    );
  const request = { pbxId: 'main', linkedids: [older, younger], knownRowIds: [], beginningSeen: false };

  beforeAll(async () => {
    await database.pool.query('CREATE TABLE call_cel LIKE cel');
    const rows = Array.from({ length: 2_500 }, (_, i) => {
      const linkedid = i % 5 === 0 ? younger : older;
      const uniqueid = i < 10 ? younger : linkedid;
      return ['BRIDGE_ENTER', new Date().toISOString().slice(0, 19), uniqueid, i === 1 ? older : linkedid];
    });
    await database.pool.query(
      `SET STATEMENT sql_mode='' FOR INSERT INTO call_cel (eventtype, eventtime, uniqueid, linkedid) VALUES ?`,
      [rows],
    );
  });

  it('comes in pages that fit into a message, each row once', async () => {
    const ids: number[] = [];
    let nextId: number | undefined = 0;
    let pages = 0;
    while (nextId !== undefined) {
      const page: CallRows = await activities().readRows({ ...request, ...(pages > 0 && { fromId: nextId }) });
      ids.push(...page.rows.map(({ id }) => id));
      nextId = page.nextId;
      pages++;
    }
    expect(pages).toBeGreaterThan(2);
    expect(ids).toHaveLength(2_500);
    expect(new Set(ids).size).toBe(2_500);
    const known = { ...request, knownRowIds: ids.slice(0, 2_499) };
    expect((await activities().readRows(known)).rows.map(({ id }) => id)).toEqual(ids.slice(2_499));
  });

  it('has no row that tells which key was pressed, neither for a call nor for whoever looks at it', async () => {
    await database.pool.query('CREATE TABLE menu_cel LIKE cel');
    const nowText = new Date().toISOString().slice(0, 19);
    const rows = ['CHAN_START', 'DTMF', 'CHAN_END'].map((type) => [type, nowText, older, older, '{"digit":"7"}']);
    await database.pool.query(
      `SET STATEMENT sql_mode='' FOR INSERT INTO menu_cel (eventtype, eventtime, uniqueid, linkedid, extra) VALUES ?`,
      [rows],
    );
    const inMenu = createAsteriskActivities(
      async () => ({ pool: open(), celTable: 'menu_cel', cdrTable: 'cdr', timezone: 'UTC' }),
      async () => ({ ami: undefined, recordings: undefined, recordingLinks: 'fine' }),
      async () => undefined,
    );
    const read = await inMenu.readRows({ ...request, linkedids: [older] });
    expect(read.rows.map(({ eventType }) => eventType)).toEqual(['CHAN_START', 'CHAN_END']);
    const shown = await inMenu.showRows({ pbxId: 'main', ids: [1, 2, 3] });
    expect(shown).toMatchObject({
      rows: [{ columns: { eventtype: 'CHAN_START' } }, { columns: { eventtype: 'CHAN_END' } }],
    });
  });

  it('names all linkedids of a channel, and none for an id that is no channel', async () => {
    const uniqueids = [younger, `${created}.77`, 'order 7'];
    const answer = await activities().linkedidsOf({ pbxId: 'main', uniqueids });
    expect(answer).toEqual({ [younger]: expect.arrayContaining([older, younger]), [`${created}.77`]: [] });
    expect(await activities().linkedidsOf({ pbxId: 'main', uniqueids: ['order 7'] })).toEqual({});
  });
});

it('quotes a table name that nobody should have', async () => {
  const error = await openCelTable(open(), 'cel` WHERE 1; DROP TABLE cel; -- ').catch((e: Error) => e);
  expect(error).toBeInstanceOf(Error);
  const [rows] = await database.pool.query("SHOW TABLES LIKE 'cel'");
  expect(rows).toHaveLength(1);
});
