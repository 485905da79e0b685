import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringflow-prepare-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Prepares a copy, with an npm that empties what it installs into, as `npm ci` does. */
function prepare() {
  const copy = join(folder, 'copy');
  cpSync(join(__dirname, 'prepare.sh'), join(copy, 'bin/stack/prepare.sh'));
  writeFileSync(join(copy, 'package-lock.json'), '{"new": true}');
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  writeFileSync(join(programs, 'npm'), '#!/bin/sh\nrm -rf node_modules/*\nmkdir -p node_modules\n');
  chmodSync(join(programs, 'npm'), 0o755);
  const PATH = [programs, dirname(process.execPath), '/usr/bin:/bin'].join(':');
  return spawnSync('bash', ['bin/stack/prepare.sh'], { cwd: copy, encoding: 'utf8', env: { PATH } });
}

describe('bin/stack/prepare.sh', () => {
  it('empties no folder of packages that others use, and says what to do', () => {
    const shared = join(folder, 'shared');
    mkdirSync(join(shared, 'a-package'), { recursive: true });
    mkdirSync(join(folder, 'copy'));
    symlinkSync(shared, join(folder, 'copy/node_modules'));
    expect(prepare()).toMatchObject({ status: 1, stderr: expect.stringMatching(/link to .*shared.*rm node_modules/) });
    expect(readdirSync(shared)).toEqual(['a-package']);
  });

  it('installs where there is nothing', () => {
    mkdirSync(join(folder, 'copy'));
    expect(prepare()).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'copy/node_modules'), { recursive: true })).toEqual(['.ringflow-lock']);
  });
});
