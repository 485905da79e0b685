import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parts } from './parts.ts';

/**
 * All that can be measured, one after another, since each takes the whole machine. What was found is printed once more in
 * the end, and kept as lines of JSON.
 */

const file = join(mkdtempSync(join(tmpdir(), 'ringflow-bench-')), 'bench.jsonl');
writeFileSync(file, '');
let areAllWell = true;
for (const [index, [name, ...options]] of parts.entries()) {
  console.log(`\n${index + 1}/${parts.length}: bin/bench ${[name, ...options].join(' ')}`);
  const child = spawn(process.execPath, [join(import.meta.dirname, `../${name}.ts`), ...options], {
    stdio: 'inherit',
    env: { ...process.env, BENCH_JSON: file },
  });
  const [code] = await once(child, 'close');
  if (code === 0) continue;
  areAllWell = false;
  console.error(`bin/bench ${name} failed (${code})`);
}
for (const line of readFileSync(file, 'utf8').trim().split('\n').filter(Boolean)) {
  const { title, rows } = JSON.parse(line) as { title: string; rows: object };
  console.log(`\n${title}`);
  console.table(rows);
}
console.log(`\nThe same as JSON: ${file}`);
process.exit(areAllWell ? 0 : 1);
