import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

export interface Use {
  /** Since its beginning. */
  cpuSeconds: number;
  memoryMb: number;
  /** Open files and connections. */
  handles: number;
}

/** What processes of a name use now, taken together; those that have ended use nothing. */
export function usesOf(processes: Record<string, number[]>): Record<string, Use> {
  const all = Object.entries(processes).map(([name, pids]) => [name, sum(pids.flatMap(useOf))] as const);
  return Object.fromEntries(all);
}

/** Share of one core that each took between the two, percent. */
export function shares(before: Record<string, Use>, after: Record<string, Use>, seconds: number) {
  const share = (name: string) => ((after[name]?.cpuSeconds ?? 0) - (before[name]?.cpuSeconds ?? 0)) / seconds;
  return Object.fromEntries(Object.keys(after).map((name) => [name, Math.round(share(name) * 1_000) / 10]));
}

function useOf(pid: number): Use[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user = 0, system = 0] = [fields[11], fields[12]].map(Number);
    const [, kb = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    const handles = readdirSync(`/proc/${pid}/fd`).length;
    return [{ cpuSeconds: (user + system) / ticksPerSecond, memoryMb: Number(kb) / 1_024, handles }];
  } catch {
    return [];
  }
}

function sum(uses: readonly Use[]): Use {
  const total = (of: (use: Use) => number) => uses.map(of).reduce((all, one) => all + one, 0);
  return {
    cpuSeconds: total((use) => use.cpuSeconds),
    memoryMb: Math.round(total((use) => use.memoryMb)),
    handles: total((use) => use.handles),
  };
}
