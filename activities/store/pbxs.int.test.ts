import { randomBytes } from 'node:crypto';
import type { RecordingsSource } from '../../proto/recordings/source.ts';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';
import { createJournal } from './journal.ts';
import { readKeyRing } from './key-ring.ts';
import { createPbxs, type Pbx } from './pbxs.ts';
import { createSecrets } from './secrets.ts';

let database: Database;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.drop());
afterEach(() =>
  database.pool.query('DELETE FROM pbxs; DELETE FROM pbx_owners; DELETE FROM calls; DELETE FROM secrets'),
);

const [old, young] = ['old', 'young'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);
const secretsBy = (keys: string) => createSecrets(database.pool, readKeyRing(keys));
const pbxsBy = (keys: string) => createPbxs(database.pool, secretsBy(keys));

const url = 'mysql://reader:s3cret@10.0.0.7:3306/asteriskcdrdb';
const office: Pbx = {
  id: 'office',
  accountId: 'acme.amocrm.ru',
  celTable: 'cel',
  cdrTable: 'asteriskcdrdb.cdr',
  timezone: 'Europe/Moscow',
};

it('a PBX is found as it was added, with the address of its database, which stands nowhere in the clear', async () => {
  const pbxs = pbxsBy(`${old}`);
  expect(await pbxs.add(office, url)).toBe(true);
  expect(await pbxs.find('office')).toEqual(office);
  expect(await pbxs.list()).toEqual([office]);
  expect(await pbxs.databaseUrl('office')).toBe(url);
  const [rows] = await database.pool.query('SELECT CONVERT(ciphertext USING latin1) AS text FROM secrets');
  const [plain] = await database.pool.query('SELECT * FROM pbxs');
  expect(JSON.stringify([rows, plain])).not.toContain('s3cret');
});

it('one that is there already is not replaced by adding another of its id', async () => {
  const pbxs = pbxsBy(`${old}`);
  await pbxs.add(office, url);
  expect(await pbxs.add({ ...office, accountId: 'other.amocrm.ru' }, 'mysql://a:b@c/d')).toBe(false);
  expect(await pbxs.find('office')).toEqual(office);
  expect(await pbxs.databaseUrl('office')).toBe(url);
});

it('without a key none is added', async () => {
  await expect(pbxsBy('').add(office, url)).rejects.toThrow(/RINGFLOW_SECRET_KEYS is missing/);
  expect(await pbxsBy('').list()).toEqual([]);
});

it('that of the environment follows its values, whoever seeds it and by which key', async () => {
  await pbxsBy(`${old}`).put(office, url);
  const moved: Pbx = { ...office, accountId: 'other.amocrm.ru', timezone: 'Asia/Omsk', celTable: 'cel_2' };
  await pbxsBy(`${young}`).put(moved, `${url}_2`);
  expect(await pbxsBy(`${young}`).list()).toEqual([moved]);
  expect(await pbxsBy(`${young}`).databaseUrl('office')).toBe(`${url}_2`);
});

it('one that was removed is gone with its address', async () => {
  const pbxs = pbxsBy(`${old}`);
  await pbxs.add(office, url);
  expect(await pbxs.remove('office')).toBe(true);
  expect(await pbxs.find('office')).toBeUndefined();
  await expect(pbxs.databaseUrl('office')).rejects.toThrow(/no PBX office here: see bin\/ringflow pbx list/);
  expect(await pbxs.remove('office')).toBe(false);
});

it('a rotation of the keys takes the addresses along', async () => {
  await pbxsBy(`${old}`).add(office, url);
  await secretsBy(`${young},${old}`).rotate();
  expect(await pbxsBy(`${young}`).databaseUrl('office')).toBe(url);
});

describe('what there is of a PBX beside its tables', () => {
  const access = { host: '10.0.0.7', port: 5038, user: 'ringflow', secret: 'ami-s3cret' };
  const server: RecordingsSource = {
    ...{ kind: 'sftp', host: '10.0.0.7', port: 22, user: 'ringflow', folder: '/monitor' },
    ...{ hostKey: null, pbxFolder: null },
  };

  it('is nothing until it is told, and outlives what the environment says of the tables', async () => {
    const pbxs = pbxsBy(`${old}`);
    await pbxs.add(office, url);
    expect(await pbxs.surroundings('office')).toEqual({ ami: null, recordings: null });
    await pbxs.setAmi('office', access);
    await pbxs.setRecordings('office', server, 'an ssh password');
    await pbxs.put({ ...office, timezone: 'Asia/Omsk' }, url);
    const { secret, ...address } = access;
    expect(await pbxs.surroundings('office')).toEqual({ ami: address, recordings: server });
    expect(await pbxs.amiSecret('office')).toBe(secret);
    const [plain] = await database.pool.query('SELECT * FROM pbxs');
    expect(await pbxs.recordingsSecret('office')).toBe('an ssh password');
    expect(JSON.stringify(plain)).not.toMatch(new RegExp(`${secret}|an ssh password`));
  });

  it('goes with the PBX, and the secret with what it is for', async () => {
    const pbxs = pbxsBy(`${old}`);
    await pbxs.add(office, url);
    await pbxs.setAmi('office', access);
    await pbxs.setAmi('office', null);
    expect([await pbxs.surroundings('office'), await pbxs.amiSecret('office')]).toMatchObject([
      { ami: null },
      undefined,
    ]);
    await pbxs.setAmi('office', access);
    await pbxs.setRecordings('office', server, 'an ssh password');
    await pbxs.remove('office');
    expect([await pbxs.amiSecret('office'), await pbxs.recordingsSecret('office')]).toEqual([undefined, undefined]);
    expect(await pbxs.setAmi('office', access)).toBe(false);
    expect(await pbxs.amiSecret('office')).toBeUndefined();
  });
});

describe('an id under which calls are kept', () => {
  const foreign = { ...office, accountId: 'other.amocrm.ru' };

  it('stays with their account, also when the PBX is gone', async () => {
    const pbxs = pbxsBy(`${old}`);
    await pbxs.add(office, url);
    await createJournal(database.pool).write(journalEntry({ pbxId: 'office' }));
    await pbxs.remove('office');
    await expect(pbxs.add(foreign, url)).rejects.toThrow(/another amoCRM account .* office .*choose another name/);
    await expect(pbxs.put(foreign, url)).rejects.toThrow(/choose another name/);
    expect(await pbxs.list()).toEqual([]);
    await expect(pbxs.databaseUrl('office')).rejects.toThrow('no PBX');
    expect(await pbxs.add(office, url)).toBe(true);
  });

  it('belongs to nobody yet while there are none', async () => {
    const pbxs = pbxsBy(`${old}`);
    await pbxs.add(office, url);
    await pbxs.remove('office');
    expect(await pbxs.add(foreign, url)).toBe(true);
  });
});

describe('a PBX that reads the table of another', () => {
  const copy = { id: 'copy', celTable: 'cel' };

  it.each([
    ['by another user', 'mysql://other:pass@10.0.0.7/asteriskcdrdb', 'cel'],
    ['by the whole name of the table', 'mysql://reader:s3cret@10.0.0.7/another', 'asteriskcdrdb.cel'],
  ])('is known %s', async (_, address, celTable) => {
    const pbxs = pbxsBy(`${old}`);
    await pbxs.add(office, url);
    expect(await pbxs.twinOf({ ...copy, celTable }, address)).toBe('office');
    expect(await pbxs.twinOf({ id: 'office', celTable }, address)).toBeUndefined();
    expect(await pbxs.twinOf({ ...copy, celTable: 'cel_2' }, address)).toBeUndefined();
  });

  it('is known by any name of this machine', async () => {
    const pbxs = pbxsBy(`${old}`);
    await pbxs.add(office, 'mysql://a:b@localhost/asterisk');
    expect(await pbxs.twinOf(copy, 'mysql://a:b@127.0.0.1:3306/asterisk')).toBe('office');
    expect(await pbxs.twinOf(copy, 'mysql://a:b@[::1]/asterisk')).toBe('office');
  });

  it('is looked for although an address is none, or its key is gone', async () => {
    await pbxsBy(`${old}`).add({ ...office, id: 'unread' }, url);
    const pbxs = pbxsBy(`${young}`);
    await pbxs.add({ ...office, id: 'bad' }, 'mysql://a:b#c@host/d');
    await pbxs.add(office, url);
    expect(await pbxs.twinOf(copy, url)).toBe('office');
    expect(await pbxs.twinOf(copy, 'mysql://a:b#c@host/d')).toBeUndefined();
  });
});

it('its mark changes with whatever says how one gets there, and with nothing else', async () => {
  const pbxs = pbxsBy(`${old}`);
  const access = { host: '10.0.0.7', port: 5038, user: 'ringflow', secret: 'one' };
  await pbxs.add(office, url);
  await pbxs.add({ ...office, id: 'branch' }, `${url}_2`);
  const markOf = async (id: string) => (await pbxs.marks()).get(id);
  const ofBranch = await markOf('branch');
  const seen = [await markOf('office')];
  const changes = [
    () => pbxs.put({ ...office, timezone: 'Asia/Omsk' }, url),
    () => pbxs.put({ ...office, timezone: 'Asia/Omsk' }, `${url}_3`),
    () => pbxs.setAmi('office', access),
    () => pbxs.setAmi('office', { ...access, secret: 'two' }),
    () => pbxs.setAmi('office', null),
  ];
  for (const change of changes) {
    await change();
    seen.push(await markOf('office'));
    expect(await markOf('office')).toBe(seen.at(-1));
  }
  for (const [i, mark] of seen.slice(1).entries()) expect(mark).not.toBe(seen[i]);
  expect(await markOf('branch')).toBe(ofBranch);
});
