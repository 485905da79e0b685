import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { usesOf } from '../../../bench/load/processes.ts';

/** One look at one process. */
export interface Sample {
  part: string;
  pid: number;
  /** Of the process. */
  ageSeconds: number;
  memoryMb: number;
  handles: number;
}

/** What processes use, looked at every so many seconds until it is over. @param processes those that run now, by part */
export async function watch(
  processes: () => Record<string, readonly number[]>,
  everySeconds: number,
  isOver: () => boolean,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  while (everySeconds > 0 && !isOver()) {
    await sleep(everySeconds * 1_000, undefined, { ref: false });
    samples.push(...Object.entries(processes()).flatMap(([part, pids]) => pids.flatMap((pid) => lookAt(part, pid))));
  }
  return samples;
}

function lookAt(part: string, pid: number): Sample[] {
  const use = usesOf({ [part]: [pid] })[part];
  const ageSeconds = ageOf(pid);
  if (!use?.memoryMb || ageSeconds === undefined) return [];
  return [{ part, pid, ageSeconds, memoryMb: use.memoryMb, handles: use.handles }];
}

/** In hundredths of a second since the machine's start. */
function ageOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const startedAt = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]) / 100;
    return Math.round(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) - startedAt);
  } catch {
    return undefined;
  }
}
