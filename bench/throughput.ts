import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { costOfCall, processorUsed, spentSoFar } from './load/costs.ts';
import { openPlace, type TemporalKind } from './load/place.ts';
import { usesOf } from './load/processes.ts';
import { report } from './load/report.ts';
import { shownAtAmocrm } from './load/shown-at-amocrm.ts';

/**
 * How many calls a second Ringflow carries from the first row to the record in amoCRM: each rate for a minute; it is
 * carried if what has piled up is gone soon after the last row. And what a call costs: Temporal, databases, processor.
 *
 * bin/bench throughput [--rates 5,10,15,20] [--seconds 60] [--workers 1,2] [--temporal dev-server | postgres]
 *   [--met 0.9]
 */

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '5,10,15,20' },
    seconds: { type: 'string', default: '60' },
    workers: { type: 'string', default: '1' },
    temporal: { type: 'string', default: 'dev-server' },
    /** So many have called before; of the others half are known to amoCRM. */
    met: { type: 'string', default: '0.9' },
  },
});
const seconds = Number(values.seconds);
const scenarios = ['in-direct-answered', 'in-direct-no-answer', 'rg-second-answers', 'out-answered'];
/** What piled up must be gone so soon, or the rate is more than is carried. */
const backlogGoneMs = 15_000;
const givenUpMs = 300_000;

const place = await openPlace({ temporal: values.temporal as TemporalKind });
const rows: Awaited<ReturnType<typeof measure>>[] = [];
try {
  await warmUp();
  for (const workers of values.workers.split(',').map(Number)) {
    await place.setWorkers(workers);
    for (const perSecond of values.rates.split(',').map(Number)) {
      const row = await measure(workers, perSecond);
      rows.push(row);
      console.log(JSON.stringify(row));
      if (row['not done'] > 0) break; // what is left would be done within the next
    }
  }
} finally {
  await place.close();
}
report(
  `${seconds} s of each rate; ${Number(values.met) * 100} % of the clients have called before; everything on this machine`,
  rows,
);

async function warmUp(): Promise<void> {
  const { arrivals } = place;
  const phones = await arrivals.phones(4, 'met');
  await arrivals.come({ perSecond: 2, seconds: 2, scenarios, phoneOf: (index) => phones[index] as string });
  await arrivals.settled(4, 60_000);
}

async function measure(workers: number, perSecond: number) {
  const { arrivals } = place;
  const count = perSecond * seconds;
  const phones = await phonesOf(count);
  const settledBefore = await arrivals.settledCalls();
  const before = await spentSoFar(place);
  const coming = arrivals.come({ perSecond, seconds, scenarios, phoneOf: (index) => phones[index] as string });
  await sleep(seconds * 1_000);
  const usesUnderLoad = usesOf(place.processes());
  const calls = await coming;
  const endedAtMs = performance.now();
  await arrivals.settled(settledBefore + count, givenUpMs);
  const backlogMs = performance.now() - endedAtMs;
  const settled = (await arrivals.settledCalls()) - settledBefore;
  const after = await spentSoFar(place);
  return {
    ...{ temporal: place.temporal, workers, 'calls/s': perSecond, carried: backlogMs <= backlogGoneMs },
    'backlog, s': Math.round(backlogMs / 100) / 10,
    'not done': count - settled,
    'done/s': Math.round((settled * 10_000) / (seconds * 1_000 + backlogMs)) / 10,
    ...(await shownAtAmocrm(place, calls)),
    ...(await costOfCall(place, calls, before, after)),
    ...processorUsed(before, usesUnderLoad, seconds),
  };
}

/** The kinds mixed. */
async function phonesOf(count: number): Promise<string[]> {
  const [met, known] = [Math.round(count * Number(values.met)), Math.round((count * (1 - Number(values.met))) / 2)];
  const all = [
    ...(await place.arrivals.phones(met, 'met')),
    ...(await place.arrivals.phones(known, 'known')),
    ...(await place.arrivals.phones(count - met - known, 'unknown')),
  ];
  const keyed = all.map((phone, index) => ({ phone, key: (index * 7_919) % count }));
  return keyed.sort((a, b) => a.key - b.key).map(({ phone }) => phone);
}
