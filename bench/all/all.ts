import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parts } from './parts.ts';

/**
 * All that can be measured, one after another, since each takes the whole machine. What was found is printed once more in
 * the end, and kept as JSON.
 */

const folder = mkdtempSync(join(tmpdir(), 'ringflow-bench-'));
const found: { title: string; rows: object[] }[] = [];
for (const [index, [name, ...options]] of parts.entries()) {
  console.log(`\n${index + 1}/${parts.length}: bin/bench ${[name, ...options].join(' ')}`);
  const json = join(folder, `${index}-${name}.json`);
  const child = spawn(process.execPath, [join(import.meta.dirname, `../${name}.ts`), ...options, '--json', json], {
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');
  if (code !== 0) console.error(`bin/bench ${name} failed (${code})`);
  else found.push(JSON.parse(readFileSync(json, 'utf8')));
}
for (const { title, rows } of found) {
  console.log(`\n${title}`);
  console.table(rows);
}
const file = join(folder, 'bench.json');
writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
console.log(`All of it: ${file}`);
process.exit(found.length === parts.length ? 0 : 1);
