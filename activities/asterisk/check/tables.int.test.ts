import type { Pool } from 'mysql2/promise';
import { newCall } from '../../../tests/rig/calls.ts';
import { createPbxDatabase, type Database } from '../../../tests/rig/databases.ts';
import { openPbxDatabase } from '../pbx-database.ts';
import { checkPbxTables } from './tables.ts';

let database: Database;
const pools: Pool[] = [];

beforeEach(async () => {
  database = await createPbxDatabase();
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()));
  await database.drop();
});

function check(changes: { url?: Partial<URL>; timezone?: string; celTable?: string; pattern?: string } = {}) {
  const pool = openPbxDatabase(Object.assign(new URL(database.url), changes.url).href);
  pools.push(pool);
  const { timezone = 'Europe/Moscow', celTable = 'cel', pattern = '^\\d{2,6}$' } = changes;
  return checkPbxTables({ pool, celTable, cdrTable: 'cdr', timezone }, pattern);
}

/** @param leaveOut events that this PBX does not write */
async function writeCalls(leaveOut: string[] = []): Promise<void> {
  for (let call = 0; call < 5; call++) {
    for (const { table, row } of newCall('in-direct-answered').rows) {
      if (table === 'cel' && !leaveOut.includes(String(row.eventtype)))
        await database.pool.query('INSERT INTO cel SET ?', [row]);
    }
  }
}

const faults = async (...args: Parameters<typeof check>) =>
  (await check(...args))
    .filter(({ state }) => state !== 'ok')
    .map(({ subject, finding, values }) => ({ subject, finding, values }));

describe('the set-up of a PBX', () => {
  it('is fine where calls are written as Ringflow needs them', async () => {
    await writeCalls();
    const findings = await check();
    expect(findings.map(({ state }) => state)).toEqual(Array(7).fill('ok'));
    expect(findings.at(-1)?.values).toMatchObject({ phones: '101' });
  });

  it('is told before the first call, without guesses', async () => {
    expect(await faults()).toEqual([{ subject: 'calls', finding: 'no-calls-yet', values: {} }]);
  });

  it.each<[string, Partial<URL>, string]>([
    ['nobody listens', { port: '1' }, 'ECONNREFUSED'],
    ['the password is wrong', { username: 'ringflow', password: 'secret-word' }, 'ER_ACCESS_DENIED_ERROR'],
  ])('names the fault when %s, and no password', async (_, url, code) => {
    const findings = await check({ url });
    expect(findings).toMatchObject([{ subject: 'database', state: 'error', finding: 'unreachable', values: { code } }]);
    expect(JSON.stringify(findings)).not.toContain('secret-word');
  });

  it('waits for no query without an end: a network may swallow what is asked', async () => {
    await writeCalls();
    const asked: unknown[] = [];
    const getConnection = database.pool.getConnection.bind(database.pool);
    jest.spyOn(database.pool, 'getConnection').mockImplementation(async () => {
      const connection = await getConnection();
      const query = connection.query.bind(connection);
      connection.query = ((options: never) => {
        asked.push(options);
        return query(options);
      }) as never;
      return connection;
    });
    const tables = { pool: database.pool, celTable: 'cel', cdrTable: 'cdr', timezone: 'Europe/Moscow' };
    await checkPbxTables(tables, '^\\d{2,6}$');
    expect(asked.length).toBeGreaterThan(3);
    for (const query of asked) expect(query).toMatchObject({ timeout: expect.any(Number) });
  });

  it('names the table that is not there, and looks at the other', async () => {
    expect(await check({ celTable: 'nowhere' })).toMatchObject([
      { subject: 'database', state: 'ok' },
      { subject: 'cel-table', state: 'error', values: { code: 'ER_NO_SUCH_TABLE' } },
      { subject: 'cdr-table', state: 'ok' },
    ]);
  });

  it('names the columns that an old layout lacks', async () => {
    await database.pool.query('ALTER TABLE cel DROP COLUMN linkedid, DROP COLUMN context');
    expect(await faults()).toEqual([
      { subject: 'cel-table', finding: 'lacks-columns', values: { columns: 'context, linkedid' } },
    ]);
  });

  it('names the events that cel.conf leaves out', async () => {
    await writeCalls(['LINKEDID_END', 'BRIDGE_EXIT']);
    expect(await faults()).toEqual([
      { subject: 'events', finding: 'lacks-events', values: { events: 'LINKEDID_END, BRIDGE_EXIT' } },
    ]);
  });

  it('tells by how much the time zone is off', async () => {
    await writeCalls();
    expect(await faults({ timezone: 'Asia/Kolkata' })).toEqual([
      { subject: 'timezone', finding: 'other-timezone', values: { timezone: 'Asia/Kolkata', hours: '-2.5' } },
    ]);
  });

  it('tells which channels there are when no phone fits', async () => {
    await writeCalls();
    expect(await faults({ pattern: '^9\\d{4}$' })).toEqual([
      {
        subject: 'phones',
        finding: 'no-phones',
        values: { pattern: '^9\\d{4}$', seen: expect.stringContaining('101') },
      },
    ]);
  });
});
