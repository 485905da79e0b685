import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Keeps what runs of the present version, `npm run keep-release`: tests/upgrade.test.ts begins calls with each kept
 * version and ends them with the present code. What is kept stays as it is.
 */

const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const file = join(import.meta.dirname, `${version}.tar.gz`);
if (existsSync(file)) {
  console.error(`${version} is kept already: give the new version its number in package.json first.`);
  process.exit(2);
}
const runs = ['proto', 'workflows', 'activities', 'workers', 'runtime', 'package.json', 'package-lock.json'];
const neverRun = ['*.test.ts', 'proto/generated', 'proto/*.json', 'proto/*.yaml'];
const excluded = neverRun.map(
  (pattern) =>
    `:(exclude,glob)${pattern.startsWith('*') ? `**/${pattern}` : pattern.includes('*') ? pattern : `${pattern}/**`}`,
);
execFileSync('git', ['archive', '--format=tar.gz', '-9', '-o', file, 'HEAD', ...runs, ...excluded], { cwd: root });
console.log(`kept ${file}`);
