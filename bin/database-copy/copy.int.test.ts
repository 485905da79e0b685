import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createStoreDatabase, type Database } from '../../tests/rig/databases.ts';
import { servers } from '../../tests/rig/servers.ts';
import { readCopy, takeCopy } from './copy.ts';

let database: Database;
let folder: string;
let file: string;
beforeAll(async () => {
  database = await createStoreDatabase();
  folder = mkdtempSync(join(servers.stateFolder, 'copies-'));
  file = join(folder, 'ringflow.copy');
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

it('copies that are taken at once under one name leave one that is whole', async () => {
  const taken = await Promise.all([1, 2, 3].map(() => takeCopy(database.url, 'ringflow', file)));
  expect(taken).toContainEqual(await readCopy(file));
  expect(readdirSync(folder)).toEqual(['ringflow.copy']);
});

it.each([
  ['a folder', () => folder, "can't be read (EISDIR)"],
  ['a file that is not there', () => join(folder, 'none'), "can't be read (ENOENT)"],
  ['an empty file', () => made(Buffer.alloc(0)), 'no copy of a database'],
  ['a text', () => made(Buffer.from('hello\n')), 'no copy of a database'],
  ['something else that is zipped', () => made(gzipSync('hello\n')), 'no copy of a database'],
  ['half a copy', () => made(readFileSync(file).subarray(0, 2_000)), 'was cut off'],
])('%s is told from a copy', async (_, place, said) => {
  await expect(readCopy(place())).rejects.toMatchObject({ message: expect.stringContaining(said) });
});

function made(bytes: Buffer): string {
  const place = join(folder, 'other.copy');
  writeFileSync(place, bytes);
  return place;
}
