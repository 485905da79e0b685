import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Daemons } from './daemons.ts';
import { root } from './folders.ts';
import { step } from './progress.ts';

/** Those that use Ringflow's own database. */
export const ownParts = ['connector', 'api', 'worker'];

/** In the order in which they are stopped. */
export const partsAndServices = [
  ...['pbx-player', 'phones', 'asterisk', ...ownParts, 'licensing', 'amocrm'],
  ...['temporal', 'redis', 'mariadb'],
];

const patienceMs = 30_000;

/**
 * Starts one of the project's own processes, unless it runs, and waits until it does its work.
 *
 * @param isUp tells whether it does; without it its log does
 * @returns undefined once it does its work, else what it complains of; it goes on trying then
 */
export async function startPart(
  daemons: Daemons,
  name: string,
  file: string,
  isUp: (() => Promise<boolean>) | undefined,
  environment: Record<string, string>,
): Promise<string | undefined> {
  const isReady = await step(name, () =>
    daemons.start({
      name,
      program: process.execPath,
      args: ['--max-old-space-size=1024', join(root, file)],
      environment,
      isUp: isUp ?? (async () => readFileSync(daemons.logOf(name), 'utf8').includes('"msg":"ready"')),
      timeoutMs: patienceMs,
    }),
  );
  return isReady ? undefined : `${name} is not ready yet: ${lastComplaint(daemons.logOf(name))}`;
}

const warning = 40;

function lastComplaint(log: string): string {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  for (const line of lines.reverse()) {
    if (!line.startsWith('{')) continue;
    const { level, msg } = JSON.parse(line) as { level: number; msg: string };
    if (level >= warning) return msg;
  }
  return `see ${log}`;
}
