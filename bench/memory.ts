import { parseArgs } from 'node:util';
import { judged } from '../tests/faults/campaign/growth.ts';
import { watch } from '../tests/faults/campaign/watch.ts';
import { openPlace, type TemporalKind } from './load/place.ts';
import { type Use, usesOf } from './load/processes.ts';
import { report } from './load/report.ts';

/**
 * Memory and open handles of each process: at the beginning, with many calls open at once, and after many calls; and whether
 * they go on growing while those come (as bin/faults --watch judges it). Ends with 1 if one does.
 *
 * bin/bench memory [--calls 10000] [--per-second 12] [--open 500] [--temporal dev-server | postgres]
 */

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000' },
    'per-second': { type: 'string', default: '12' },
    open: { type: 'string', default: '500' },
    temporal: { type: 'string', default: 'dev-server' },
  },
});
const [calls, open, perSecond] = [values.calls, values.open, values['per-second']].map(Number) as [
  number,
  number,
  number,
];
const looks = 4;
/** Between two looks by which growth is judged. */
const watchSeconds = 15;

const place = await openPlace({ temporal: values.temporal as TemporalKind });
const { house, arrivals } = place;
let isOver = false;
const seen: [string, Record<string, Use>][] = [];
const look = (when: string) => seen.push([when, usesOf(place.processes())]);
try {
  let settled = 0;
  const [first = ''] = await arrivals.phones(1, 'met');
  await arrivals.one('in-direct-answered', first);
  await arrivals.settled(++settled, 60_000);
  look('after one call');
  settled += await beOpenAtOnce();
  look(`${open} calls over that were open at once`);
  const watching = watch(ours, watchSeconds, () => isOver);
  for (let part = 1; part <= looks; part++) {
    settled += await comeAndGo(Math.round(calls / looks));
    const areSettled = await arrivals.settled(settled, 300_000);
    look(`${(calls / looks) * part} more calls${areSettled ? '' : ' (not all settled)'}`);
  }
  isOver = true;
  tellGrowth(judged(await watching));
} finally {
  isOver = true;
  const rows = seen.map(([when, uses]) => ({
    when,
    ...Object.fromEntries(Object.entries(uses).map(([name, use]) => [name, `${use.memoryMb} MB, ${use.handles}`])),
  }));
  report(`Memory and handles (Temporal: ${place.temporal})`, rows);
  await place.close();
}

/** What remembers what has happened, on purpose, is not judged. */
function ours(): Record<string, number[]> {
  const { worker = [], connector = [], redis = [] } = place.processes();
  return { worker, connector, redis };
}

async function comeAndGo(count: number): Promise<number> {
  const phones = await arrivals.phones(Math.ceil(count / 5), 'met');
  const phoneOf = (index: number) => phones[index % phones.length] as string;
  const scenarios = ['in-direct-answered', 'in-direct-no-answer'];
  await arrivals.come({ perSecond, seconds: count / perSecond, scenarios, phoneOf });
  return count;
}

function tellGrowth(verdicts: ReturnType<typeof judged>): void {
  for (const { part, grows } of verdicts) {
    console.log(
      grows === undefined ? `${part}: too short to tell whether it grows` : grows.join('\n') || `${part}: flat`,
    );
    if (grows?.length) process.exitCode = 1;
  }
}

/** They ring and are answered, and nobody hangs up until all are there. @returns how many */
async function beOpenAtOnce(): Promise<number> {
  const { newCall, split, write } = await import('../tests/rig/calls.ts');
  const phones = await arrivals.phones(open, 'met');
  const all = phones.map((clientNumber) =>
    split(newCall('in-direct-answered', { clientNumber }).rows, ({ eventtype }) => eventtype === 'HANGUP'),
  );
  for (const [talking] of all) await write(house, talking);
  const areOpen = async () =>
    (await house.temporal.workflow.count("WorkflowType = 'call' AND ExecutionStatus = 'Running'")).count >= open;
  while (!(await areOpen())) await new Promise((resolve) => setTimeout(resolve, 500));
  look(`${open} calls open at once`);
  for (const [, rest] of all) await write(house, rest);
  await arrivals.settled(1 + open, 300_000);
  return open;
}
