import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './folders.ts';
import { runCommand, step } from './progress.ts';
import { ensureChromium } from './services/chromium.ts';
import { ensureMariadb } from './services/mariadb.ts';
import { ensureRedis } from './services/redis.ts';
import { ensureTemporal } from './services/temporal.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Each counts as one test. */
const checks: [string, string, string[]][] = [
  ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['types', 'tsc', ['--noEmit']],
  ['dead code', 'knip', []],
];

async function test(): Promise<number> {
  await Promise.all([ensureTemporal(), ensureMariadb(), ensureRedis(), ensureChromium()]);
  const outcomes: boolean[] = [];
  for (const [title, program, args] of checks) outcomes.push(await step(title, () => succeeds(program, args)));
  outcomes.push(await step('generated files', areGeneratedFilesCurrent));
  const jest = await step('tests', runJest);
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
  const folder = mkdtempSync(join(tmpdir(), 'ringflow-generated-'));
  try {
    const fresh = join(folder, 'amocrm.ts');
    if (!(await succeeds('openapi-typescript', ['proto/amocrm.openapi.yaml', '-o', fresh]))) return false;
    const isCurrent = readFileSync(fresh, 'utf8') === readFileSync(join(root, 'proto/generated/amocrm.ts'), 'utf8');
    if (!isCurrent) console.error('proto/generated/amocrm.ts is out of date: npm run generate');
    return isCurrent;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runJest(): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'ringflow-jest-'));
  const file = join(folder, 'result.json');
  try {
    // a failed test may leave a connection open, and the run must end all the same
    await succeeds('jest', ['--forceExit', '--json', `--outputFile=${file}`, ...process.argv.slice(2)]);
    const result = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    return {
      passed: result.numPassedTests ?? 0,
      // a file that could not even be loaded has no tests to count
      failed: (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0),
      skipped: (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await runCommand(test);
