import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openFolder } from './folder.ts';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ringflow-folder-'));
  folder = join(home, 'monitor');
  mkdirSync(join(folder, '2026/11/25'), { recursive: true });
  mkdirSync(join(home, 'elsewhere'));
  writeFileSync(join(home, 'elsewhere/secret.wav'), 'not for you');
  writeFileSync(join(folder, '2026/11/25/a.wav'), '0123456789');
});
afterEach(() => rmSync(home, { recursive: true }));

const source = () => openFolder({ folder });
const hear = async (path: string, start = 0, end = 9) => {
  const found = await source().find([path]);
  return found && (await buffer(await source().read(found, { start, end }))).toString();
};

it('finds a file and reads the part that is asked for', async () => {
  expect(await source().find(['gone.wav', '2026/11/25/a.wav'])).toMatchObject({
    ...{ path: '2026/11/25/a.wav', sizeBytes: 10 },
  });
  expect(await hear('2026/11/25/a.wav', 3, 5)).toBe('345');
});

it('the folder itself may be a symbolic link, and so may what stays inside', async () => {
  symlinkSync(folder, join(home, 'mounted'));
  symlinkSync('2026/11/25/a.wav', join(folder, 'newest.wav'));
  const found = await openFolder({ folder: join(home, 'mounted') }).find(['newest.wav']);
  expect(found?.sizeBytes).toBe(10);
});

it.each([
  ['a symbolic link to a file outside', () => symlinkSync('../elsewhere/secret.wav', join(folder, 'b.wav')), 'b.wav'],
  ['a whole one', () => symlinkSync('/etc/passwd', join(folder, 'b.wav')), 'b.wav'],
  ['a folder that leads outside', () => symlinkSync('../elsewhere', join(folder, 'b')), 'b/secret.wav'],
  [
    'a chain of links',
    () => {
      symlinkSync('c', join(folder, 'b'));
      symlinkSync(join(home, 'elsewhere'), join(folder, 'c'));
    },
    'b/secret.wav',
  ],
  ['a link to itself', () => symlinkSync('b.wav', join(folder, 'b.wav')), 'b.wav'],
  [
    'a folder whose name begins alike',
    () => {
      mkdirSync(join(home, 'monitor-old'));
      linkSync(join(home, 'elsewhere/secret.wav'), join(home, 'monitor-old/b.wav'));
      symlinkSync('../monitor-old/b.wav', join(folder, 'b.wav'));
    },
    'b.wav',
  ],
  ['a step outside', () => undefined, '../elsewhere/secret.wav'],
  ['a folder', () => mkdirSync(join(folder, 'b.wav')), 'b.wav'],
  ['a file used as a folder', () => undefined, '2026/11/25/a.wav/b.wav'],
  ['a pipe, which nobody would ever fill', () => execFileSync('/usr/bin/mkfifo', [join(folder, 'b.wav')]), 'b.wav'],
  ['a device', () => symlinkSync('/dev/zero', join(folder, 'b.wav')), 'b.wav'],
])('%s is not there', async (_, prepare, path) => {
  prepare();
  expect(await source().find([path])).toBeUndefined();
});

it('what takes the place of a file after it was found is not read', async () => {
  const found = await source().find(['2026/11/25/a.wav']);
  renameSync(join(folder, '2026/11/25'), join(home, 'moved'));
  symlinkSync(join(home, 'elsewhere'), join(folder, '2026/11/25'));
  renameSync(join(home, 'elsewhere/secret.wav'), join(home, 'elsewhere/a.wav'));
  if (!found) throw new Error('it was not found');
  await expect(source().read(found, { start: 0, end: 9 })).rejects.toMatchObject({ code: 'ENOENT' });
});

it('says what is wrong with the folder', async () => {
  await expect(openFolder({ folder: join(home, 'nowhere') }).reach()).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(openFolder({ folder: join(folder, '2026/11/25/a.wav') }).reach()).rejects.toMatchObject({
    code: 'ENOTDIR',
  });
  await expect(openFolder({ folder: join(home, 'nowhere') }).find(['a.wav'])).rejects.toMatchObject({ code: 'ENOENT' });
});
