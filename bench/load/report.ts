import { writeFileSync } from 'node:fs';
import { percentile } from '../statistics.ts';

/** Prints the table, and writes it as JSON where `--json FILE` asks for it. */
export function report(title: string, rows: readonly object[], json: string | undefined): void {
  console.log(`\n${title}`);
  console.table(rows);
  if (json) writeFileSync(json, `${JSON.stringify({ title, rows }, undefined, 2)}\n`);
}

export function spread(values: readonly number[]) {
  const of = (percent: number) => Math.round(percentile(values, percent));
  return { p50: of(50), p95: of(95), p99: of(99) };
}
