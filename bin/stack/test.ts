import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from './folders.ts';
import { runCommand, step } from './progress.ts';
import { ensureAsterisk, ensureOldAsterisk } from './services/asterisk.ts';
import { ensureCaddy } from './services/caddy.ts';
import { ensureChromium } from './services/chromium.ts';
import { ensureMariadb } from './services/mariadb.ts';
import { ensurePostgres } from './services/postgres.ts';
import { ensureRedis } from './services/redis.ts';
import { ensureTemporal } from './services/temporal.ts';
import { ensureTemporalServer } from './services/temporal-server.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Failure {
  /** From the repository's root. */
  file: string;
  test: string;
}

/** What jest writes with --json. */
interface JestResult {
  numPassedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** On a slow machine several races have come at once; more files that fail are hardly that. */
const mostFilesAgain = 6;

/** Each counts as one test. */
const checks: [string, string, string[]][] = [
  ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['types', 'tsc', ['--noEmit']],
  ['types of the pages', 'tsc', ['--noEmit', '-p', 'web']],
  ['dead code', 'knip', []],
  ['pages', 'npm', ['run', '--silent', 'build-web']],
];

async function test(): Promise<number> {
  const servers = [ensureTemporal(), ensureMariadb(), ensureRedis(), ensureChromium()];
  const ofProduction = [ensureTemporalServer(), ensurePostgres(), ensureCaddy()];
  await Promise.all([...servers, ...ofProduction, ensureAsterisk(), ensureOldAsterisk()]);
  const outcomes: boolean[] = [];
  for (const [title, program, args] of checks) outcomes.push(await step(title, () => succeeds(program, args)));
  outcomes.push(await step('generated files', areGeneratedFilesCurrent));
  const jest = await step('tests', runTests);
  const failed = jest.failed + outcomes.filter((ok) => !ok).length;
  const passed = jest.passed + outcomes.filter((ok) => ok).length;
  console.log(`\n${passed} passed, ${failed} failed${jest.skipped > 0 ? `, ${jest.skipped} skipped` : ''}`);
  return failed > 0 ? 1 : 0;
}

function succeeds(program: string, args: string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** What is generated must be what would be generated now. */
async function areGeneratedFilesCurrent(): Promise<boolean> {
  const generated = [
    ...['proto/generated/amocrm.ts', 'proto/api.openapi.json', 'proto/generated/api.ts'],
    ...['proto/licensing.openapi.yaml', 'proto/generated/licensing.ts'],
  ];
  const read = () => generated.map((file) => readFileSync(join(root, file), 'utf8'));
  const before = read();
  if (!(await succeeds('npm', ['run', '--silent', 'generate']))) return false;
  const old = generated.filter((_, index) => read()[index] !== before[index]);
  for (const file of old) console.error(`${file} was out of date: commit what \`npm run generate\` has made of it`);
  return old.length === 0;
}

/**
 * Real processes on a busy machine meet races. A few files that failed run once more, by themselves; what passed only
 * then is told by name above the last line, and is a fault to look into.
 */
async function runTests(): Promise<Tally> {
  const { failures, ...first } = await runJest(process.argv.slice(2));
  const files = [...new Set(failures.map(({ file }) => file))];
  if (files.length === 0 || files.length > mostFilesAgain) return first;
  const again = await step(`once more, by themselves: ${files.join(', ')}`, () =>
    runJest(['--runInBand', '--runTestsByPath', ...files]),
  );
  const stillFail = new Set(again.failures.map(({ test }) => test));
  const passed = failures.filter(({ file, test }) => !stillFail.has(test) && !stillFail.has(file));
  for (const { test } of passed) console.log(`Passed at the second try only: ${test}`);
  return { ...first, passed: first.passed + passed.length, failed: again.failed };
}

/** A file that could not even be loaded has no tests: it counts as one that failed. */
async function runJest(options: string[]): Promise<Tally & { failures: Failure[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'ringflow-jest-'));
  const file = join(folder, 'result.json');
  try {
    // a failed test may leave a connection open, and the run must end all the same
    await succeeds('jest', ['--forceExit', '--json', `--outputFile=${file}`, ...options]);
    const result = JSON.parse(readFileSync(file, 'utf8')) as JestResult;
    const failures = result.testResults.flatMap(failuresOf);
    const skipped = result.numPendingTests + result.numTodoTests;
    return { passed: result.numPassedTests, failed: failures.length, skipped, failures };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function failuresOf({ name, status, assertionResults }: JestResult['testResults'][number]): Failure[] {
  const file = relative(root, name);
  const tests = assertionResults.filter((result) => result.status === 'failed');
  if (tests.length === 0 && status === 'failed') return [{ file, test: file }];
  return tests.map(({ fullName }) => ({ file, test: `${file}: ${fullName}` }));
}

await runCommand(test);
