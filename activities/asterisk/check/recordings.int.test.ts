import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPbxDatabase, type Database } from '../../../tests/rig/databases.ts';
import { servers } from '../../../tests/rig/servers.ts';
import { startSshd } from '../../../tests/rig/sshd.ts';
import { checkRecordings } from './recordings.ts';

let database: Database;
let folder: string;

beforeEach(async () => {
  database = await createPbxDatabase();
  folder = mkdtempSync(join(tmpdir(), 'ringflow-recordings-'));
});
afterEach(async () => {
  await database.drop();
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const check = (of = folder) =>
  checkRecordings(
    { source: { kind: 'folder', folder: of, pbxFolder: null }, secret: undefined },
    { pool: database.pool, cdrTable: 'cdr' },
  );

async function call(recordingfile: string, calldate = '2026-11-25 10:00:00', billsec = 12): Promise<void> {
  await database.pool.query('INSERT INTO cdr SET ?', [{ calldate, recordingfile, billsec }]);
}

function record(...path: string[]): void {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, 'RIFF');
}

describe('the check of recordings', () => {
  it('asks for nothing where none are set', async () => {
    expect(await checkRecordings(undefined, { pool: database.pool, cdrTable: 'cdr' })).toMatchObject({
      ...{ state: 'ok', finding: 'not-set' },
    });
  });

  it('finds them by day as FreePBX keeps them, in the folder itself, and where a path is told', async () => {
    await call('in-101.wav');
    record('2026', '11', '25', 'in-101.wav');
    await call('flat.wav');
    record('flat.wav');
    await call(join(folder, 'deep', 'path.wav'));
    record('deep', 'path.wav');
    expect(await check()).toMatchObject({ state: 'ok', finding: 'fine', values: { count: '3' } });
  });

  (servers.sshd === undefined ? it.skip : it)('finds them over ssh, once the key of the server is known', async () => {
    const sshd = await startSshd();
    await call('in-101.wav');
    record('2026', '11', '25', 'in-101.wav');
    const { port, user, privateKey: secret } = sshd;
    const place = { kind: 'sftp' as const, host: '127.0.0.1', port, user, folder, pbxFolder: null };
    const tables = { pool: database.pool, cdrTable: 'cdr' };
    const look = (hostKey: string | null) => checkRecordings({ source: { ...place, hostKey }, secret }, tables);
    const unknown = { finding: 'unreachable', values: { code: 'HOST_KEY', value: sshd.hostKey } };
    expect([await look(null), await look(sshd.hostKey)]).toMatchObject([unknown, { finding: 'fine' }]);
    const locked = { source: { ...place, hostKey: sshd.hostKey }, secret: 'locked' as const };
    expect(await checkRecordings(locked, tables)).toMatchObject({ state: 'error', values: { code: 'LOCKED' } });
    await sshd.stop();
  });

  it('names one that is not there, and where it was looked for', async () => {
    await call('here.wav');
    record('2026', '11', '25', 'here.wav');
    await call('gone.wav', '2026-11-25 11:00:00');
    expect(await check()).toMatchObject({
      state: 'warning',
      finding: 'lacks-recordings',
      values: { count: '2', missing: '1', file: '2026/11/25/gone.wav' },
    });
  });

  it('says that the folder is the wrong one if none is there', async () => {
    await call('gone.wav');
    expect(await check()).toMatchObject({ state: 'error', finding: 'lacks-recordings' });
  });

  it('waits for the first recording: calls in vain name one that nobody needs', async () => {
    await call('');
    await call('in-vain.wav', '2026-11-25 10:00:00', 0);
    expect(await check()).toMatchObject({ state: 'warning', finding: 'no-recordings-yet' });
  });

  it.each([
    ['is not there', () => join(folder, 'nowhere'), 'ENOENT'],
    ['is a file', () => join(folder, 'a-file'), 'ENOTDIR'],
  ])('says that the folder %s', async (_, path, code) => {
    record('a-file');
    expect(await check(path())).toMatchObject({ state: 'error', finding: 'unreachable', values: { code } });
  });

  it('says which columns an old CDR lacks', async () => {
    await database.pool.query('ALTER TABLE cdr DROP COLUMN recordingfile');
    expect(await check()).toMatchObject({
      state: 'warning',
      finding: 'lacks-columns',
      values: { columns: 'recordingfile' },
    });
  });
});
