import { appendFileSync } from 'node:fs';
import { percentile } from './statistics.ts';

/** Prints the table; where BENCH_JSON names a file it is added there, as a line of JSON. */
export function report(title: string, rows: object): void {
  console.log(`\n${title}`);
  console.table(rows);
  const file = process.env.BENCH_JSON;
  if (file) appendFileSync(file, `${JSON.stringify({ title, rows })}\n`);
}

export function spread(values: readonly number[]) {
  const of = (percent: number) => Math.round(percentile(values, percent));
  return { p50: of(50), p95: of(95), p99: of(99) };
}
