import { randomBytes } from 'node:crypto';
import pino from 'pino';
import { createJournal } from '../activities/store/journal.ts';
import { readKeyRing } from '../activities/store/key-ring.ts';
import { createPbxs } from '../activities/store/pbxs.ts';
import { createSecrets } from '../activities/store/secrets.ts';
import { createStoreDatabase, type Database } from '../tests/rig/databases.ts';
import { journalEntry } from '../tests/rig/journal-entry.ts';
import { readConfiguration } from './configuration/configuration.ts';
import { seedPbx } from './seed-pbx.ts';

let store: Database;
beforeAll(async () => {
  store = await createStoreDatabase();
});
afterAll(() => store.drop());
afterEach(() => store.pool.query('DELETE FROM pbxs; DELETE FROM pbx_owners; DELETE FROM calls; DELETE FROM secrets'));

const key = `test:${randomBytes(32).toString('base64')}`;
const pbxsBy = (keys: string) => createPbxs(store.pool, createSecrets(store.pool, readKeyRing(keys)));
const branch = { id: 'branch', accountId: 'other', celTable: 'cel', cdrTable: 'cdr', timezone: 'UTC' };
const ofEnvironment = { id: 'main', accountId: 'acme', celTable: 'cel', cdrTable: 'cdr', timezone: 'Asia/Omsk' };

const told: string[] = [];
const logger = pino({ level: 'error' }, { write: (line) => told.push(JSON.parse(line).msg) });
beforeEach(() => told.splice(0));

const seed = (keys: string, changes: Record<string, string> = {}) =>
  seedPbx(
    readConfiguration({
      PBX_DATABASE_URL: 'mysql://a:b@c/d',
      PBX_TIMEZONE: 'Asia/Omsk',
      AMOCRM_BASE_URL: 'https://acme.amocrm.ru',
      AMOCRM_ACCESS_TOKEN: 'token',
      MYSQL_URL: store.url,
      REDIS_URL: 'redis://127.0.0.1',
      RINGFLOW_SECRET_KEYS: keys,
      ...changes,
    }),
    'acme',
    pbxsBy(keys),
    logger,
    new AbortController().signal,
  );

it('with a key the PBX of the environment is kept beside the others, as the environment says now', async () => {
  await pbxsBy(key).add(branch, 'mysql://a:b@c/branch');
  await seed(key);
  const known = await seed(key, { PBX_DATABASE_URL: 'mysql://a:b@c/moved', PBX_CEL_TABLE: 'cel_2' });
  expect(await known.list()).toEqual([branch, { ...ofEnvironment, celTable: 'cel_2' }]);
  expect(await pbxsBy(key).databaseUrl('main')).toBe('mysql://a:b@c/moved');
  expect(await known.databaseUrl('branch')).toBe('mysql://a:b@c/branch');
});

it('without a key it is used straight from the environment and kept nowhere', async () => {
  await pbxsBy(key).add(branch, 'mysql://a:b@c/branch');
  const known = await seed('');
  expect(await known.list()).toEqual([ofEnvironment, branch]);
  expect(await known.find('main')).toEqual(ofEnvironment);
  expect(await known.databaseUrl('main')).toBe('mysql://a:b@c/d');
  expect(await known.find('branch')).toEqual(branch);
  await expect(known.databaseUrl('branch')).rejects.toThrow(/RINGFLOW_SECRET_KEYS lacks the key "test"/);
  expect(await pbxsBy(key).list()).toEqual([branch]);
});

it('without a key what the environment says goes before what was kept of it', async () => {
  await seed(key, { PBX_DATABASE_URL: 'mysql://a:b@c/old', PBX_CEL_TABLE: 'old' });
  const known = await seed('');
  expect(await known.list()).toEqual([ofEnvironment]);
  expect(await known.databaseUrl('main')).toBe('mysql://a:b@c/d');
});

const ami = { PBX_AMI_HOST: '10.0.0.7', PBX_AMI_USER: 'ringflow', PBX_AMI_SECRET: 'ami-s3cret' };

it('its AMI and recordings are taken from the environment until somebody sets others', async () => {
  const known = await seed(key, { ...ami, PBX_RECORDINGS: '/mnt/monitor' });
  const address = { host: '10.0.0.7', port: 5038, user: 'ringflow' };
  expect(await known.surroundings('main')).toEqual({
    ami: address,
    recordings: { kind: 'folder', folder: '/mnt/monitor', pbxFolder: null },
  });
  expect(await known.amiSecret('main')).toBe('ami-s3cret');
  await pbxsBy(key).setAmi('main', { ...address, host: '10.0.0.8', secret: 'another' });
  await seed(key, ami);
  expect(await known.surroundings('main')).toMatchObject({ ami: { host: '10.0.0.8' } });
  expect(await known.amiSecret('main')).toBe('another');
});

it('without a key they are used straight from the environment', async () => {
  const known = await seed('', ami);
  expect(await known.surroundings('main')).toMatchObject({ ami: { host: '10.0.0.7' }, recordings: null });
  expect(await known.amiSecret('main')).toBe('ami-s3cret');
});

it('is not read where another PBX reads its table already', async () => {
  await pbxsBy(key).add({ ...branch, accountId: 'acme' }, 'mysql://other:user@c:3306/d');
  const known = await seed(key, { PBX_CEL_TABLE: 'd.cel' });
  expect((await known.list()).map(({ id }) => id)).toEqual(['branch']);
  expect(told).toEqual([expect.stringMatching(/PBX main .* as the PBX branch.*Remove branch/)]);
});

it.each([key, ''])('shows no account the calls of another (keys: %#)', async (keys) => {
  await pbxsBy(key).claim('main', 'other');
  await createJournal(store.pool).write(journalEntry({ pbxId: 'main' }));
  const known = await seed(keys);
  expect(await known.list()).toEqual([]);
  expect(told).toEqual([expect.stringMatching(/PBX main .* another amoCRM account than acme.*another PBX_ID/)]);
});
