import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { servers } from './servers.ts';

const releases = join(import.meta.dirname, '../releases');

/** Versions that run at somebody's, oldest first. */
export const releasedVersions: string[] = readdirSync(releases)
  .flatMap((file) => (file.endsWith('.tar.gz') ? [file.replace('.tar.gz', '')] : []))
  .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/** Number of the newest migration of that version. */
export const schemaOf = (folder: string): number =>
  Math.max(...readdirSync(join(folder, 'activities/store/migrations')).map((name) => Number.parseInt(name, 10)));

/** @returns the folder in which this version can run, with the packages of today */
export function unpackRelease(version: string): string {
  const folder = mkdtempSync(join(servers.stateFolder, 'release-'));
  execFileSync('tar', ['-xzf', join(releases, `${version}.tar.gz`), '-C', folder]);
  const packages = join(import.meta.dirname, '../../node_modules');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(packages)) {
    // what a version has compiled is its own
    if (name !== '.cache') symlinkSync(join(packages, name), join(folder, 'node_modules', name));
  }
  return folder;
}
