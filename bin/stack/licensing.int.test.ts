import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { createDatabase, type Database } from '../../tests/rig/databases.ts';
import { makeMachine } from '../../tests/rig/licensed-machine.ts';
import { servers } from '../../tests/rig/servers.ts';
import { Daemons } from './daemons.ts';
import { startLicensing } from './licensing.ts';
import { Memory } from './memory.ts';

jest.setTimeout(60_000);

let database: Database;
const folder = join(servers.stateFolder, `own-${randomUUID().slice(0, 8)}`);
const daemons = new Daemons(folder);
const start = () =>
  startLicensing(daemons, folder, new Memory(folder), database.url, { AMOCRM_BASE_URL: 'http://127.0.0.1:8090' });

beforeAll(async () => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined); // what bin/up tells a person
  database = await createDatabase('licensing');
});
afterAll(async () => {
  await daemons.stop('licensing');
  await database.drop();
  rmSync(folder, { recursive: true });
});

it("starts a server that knows a demo customer, to whom the account's trial belongs; once more it is the same", async () => {
  const first = await start();
  if (!first) throw new Error('none was started');
  expect(first).toMatchObject({ complaint: undefined, link: expect.stringMatching(/^https:.*\/password#.{43}$/) });
  const { LICENSING_CA_FILE: caFile = '', LICENSING_ROOT_KEY: rootKey = '' } = first.environment;
  const own = await makeMachine({ url: first.url, caFile, rootKey });
  const { permit } = await own.ask('trial', { accounts: ['127.0.0.1:8090'] });
  expect(permit).toMatchObject({ kind: 'trial', customer: 'Demo' });
  await daemons.stop('licensing');
  const again = await start();
  expect(again?.environment).toEqual(first.environment);
  expect((await own.ask('check')).permit).toMatchObject({ kind: 'trial', paidUntil: permit?.paidUntil });
  expect(again?.own.LICENSING_SECRET_KEYS).toBe(first.own.LICENSING_SECRET_KEYS);
  expect(JSON.stringify(first.environment)).not.toContain(first.own.LICENSING_SECRET_KEYS);
});

it('lets a trial that has ended go on', async () => {
  const [sql, account] = ['UPDATE trials SET ends_at = ends_at - INTERVAL 60 DAY WHERE account = ?', '127.0.0.1:8090'];
  await database.pool.query(sql, [account]);
  await daemons.stop('licensing');
  await start();
  const goesOn = 'SELECT 1 FROM trials WHERE account = ? AND ends_at > UTC_TIMESTAMP() + INTERVAL 13 DAY';
  expect((await database.pool.query<RowDataPacket[]>(goesOn, [account]))[0]).toHaveLength(1);
});

it('starts none where the environment names another', async () => {
  process.env.LICENSING_URL = 'https://licensing.example.com';
  expect(await start()).toBeUndefined();
  delete process.env.LICENSING_URL;
});
