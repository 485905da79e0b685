import { randomBytes } from 'node:crypto';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { readKeyRing } from './key-ring.ts';
import { createSecrets } from './secrets.ts';

let database: Database;
beforeAll(async () => {
  database = await createStoreDatabase();
});
afterAll(() => database.drop());

const [old, young] = ['old', 'young'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);
const secretsBy = (keys: string) => createSecrets(database.pool, readKeyRing(keys));

it('a secret is read as it was written last, and stands nowhere in the clear', async () => {
  const secrets = secretsBy(`${old}`);
  await secrets.write('one', 'the first');
  await secrets.write('one', 'the second');
  expect(await secrets.read('one')).toBe('the second');
  expect(await secrets.read('another')).toBeUndefined();
  const [rows] = await database.pool.query('SELECT CONVERT(ciphertext USING latin1) AS text FROM secrets');
  expect(JSON.stringify(rows)).not.toContain('the second');
  await secrets.forget('one');
  expect(await secrets.read('one')).toBeUndefined();
});

it('forgets only what it was told, not what was written meanwhile', async () => {
  const secrets = secretsBy(`${old}`);
  await secrets.write('entered', 'the second');
  await secrets.forgetOnly('entered', 'the first');
  expect(await secrets.read('entered')).toBe('the second');
  await secrets.forgetOnly('entered', 'the second');
  expect(await secrets.read('entered')).toBeUndefined();
});

it('after a rotation the old key is not needed any more', async () => {
  await secretsBy(`${old}`).write('kept', 'through all');
  await expect(secretsBy(`${young}`).read('kept')).rejects.toThrow(/RINGFLOW_SECRET_KEYS lacks the key "old"/);
  expect(await secretsBy(`${young},${old}`).rotate()).toBe(1);
  expect(await secretsBy(`${young}`).read('kept')).toBe('through all');
  expect(await secretsBy(`${young},${old}`).rotate()).toBe(0);
});
