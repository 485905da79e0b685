import { appendFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename } from 'node:path';
import { percentile } from './statistics.ts';

/** Prints the table; where BENCH_JSON names a file it is added there as a line of JSON, with how, when and on what it was measured. */
export function report(title: string, rows: object): void {
  console.log(`\n${title}`);
  console.table(rows);
  const file = process.env.BENCH_JSON;
  if (!file) return;
  const [, program = '', ...options] = process.argv;
  const measured = { command: [basename(program, '.ts'), ...options].join(' '), at: new Date(), machine: machine() };
  appendFileSync(file, `${JSON.stringify({ title, ...measured, rows })}\n`);
}

function machine(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
}

export function spread(values: readonly number[]) {
  const of = (percent: number) => Math.round(percentile(values, percent));
  return { p50: of(50), p95: of(95), p99: of(99) };
}
