import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Arrival } from './load/arrivals.ts';
import { countWrites, type Writes } from './load/database-writes.ts';
import { openPlace, type TemporalKind } from './load/place.ts';
import { shares, usesOf } from './load/processes.ts';
import { report, spread } from './load/report.ts';

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
  for (const workers of values.workers.split(',').map(Number)) await climb(workers);
} finally {
  await place.close();
}
report(
  `${seconds} s of each rate; ${Number(values.met) * 100} % of the clients have called before; everything on this machine`,
  rows,
);

/** Up to the first rate that is too high. */
async function climb(workers: number): Promise<void> {
  await place.setWorkers(workers);
  for (const perSecond of values.rates.split(',').map(Number)) {
    rows.push(await measure(workers, perSecond));
    console.log(JSON.stringify(rows.at(-1)));
    if (!rows.at(-1)?.carried) return;
  }
}

async function warmUp(): Promise<void> {
  const { arrivals } = place;
  const phones = await arrivals.phones(4, 'met');
  await arrivals.come({ perSecond: 2, seconds: 2, scenarios, phoneOf: (index) => phones[index] as string });
  await arrivals.settled(4, 60_000);
}

async function measure(workers: number, perSecond: number) {
  const { house, arrivals } = place;
  const count = perSecond * seconds;
  const phones = await phonesOf(count);
  const settledBefore = await arrivals.settledCalls();
  const before = await stateOf();
  const coming = arrivals.come({ perSecond, seconds, scenarios, phoneOf: (index) => phones[index] as string });
  await sleep(seconds * 1_000);
  const afterLoad = usesOf(place.processes());
  const calls = await coming;
  const endedAtMs = performance.now();
  await arrivals.settled(settledBefore + count, givenUpMs);
  const backlogMs = performance.now() - endedAtMs;
  const settled = (await arrivals.settledCalls()) - settledBefore;
  const after = await stateOf();
  const { cards, calls: notes } = await house.amocrm.state();
  const rang = calls.filter(({ ringsAtMs }) => ringsAtMs !== undefined);
  const rowsOfPbx = calls.reduce((sum, { rows }) => sum + rows, 0);
  const written = (what: keyof Writes) => {
    const [was, is] = [before.writes[what], after.writes[what]];
    return was === null || is === null ? null : is - was;
  };
  const perCall = (value: number | null) => (value === null ? null : Math.round((value / count) * 100) / 100);
  return {
    ...{ temporal: place.temporal, workers, 'calls/s': perSecond, carried: backlogMs <= backlogGoneMs },
    'backlog, s': Math.round(backlogMs / 100) / 10,
    'not done': count - settled,
    'done/s': Math.round((settled * 10_000) / (seconds * 1_000 + backlogMs)) / 10,
    rang: rang.length,
    'no card': rang.filter(({ phone }) => !cards.some((card) => card.phone.endsWith(phone))).length,
    ...prefixed(
      'card',
      spread(
        lags(
          calls,
          cards.map(({ phone, at }) => [phone.slice(-10), at]),
          'ringsAtMs',
          'phone',
        ),
      ),
    ),
    ...prefixed(
      'record',
      spread(
        lags(
          calls,
          notes.map(({ uniq, at }) => [uniq?.split(':')[1] ?? '', at]),
          'endedAtMs',
          'linkedid',
        ),
      ),
    ),
    'requests/call': perCall(after.requests - before.requests),
    ...(await temporalCost(calls)),
    'MySQL rows/call': perCall(after.writes.mysqlRows - before.writes.mysqlRows - rowsOfPbx),
    'Temporal rows/call': perCall(written('temporalRows')),
    'Temporal log, kB/call': perCall(written('temporalLogKb')),
    'Temporal syncs/call': perCall(written('temporalSyncs')),
    // the PBX's tables lie there too
    'MySQL log, kB/call': perCall(written('mysqlLogKb')),
    ...prefixed('cpu %', shares(before.uses, afterLoad, seconds)),
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

async function stateOf() {
  const { house, databaseOfTemporal, processes } = place;
  const { requestCount } = await house.amocrm.state();
  const writes = await countWrites(house.store.pool, databaseOfTemporal);
  return { requests: requestCount, writes, uses: usesOf(processes()) };
}

/** How long after its row each call was seen at amoCRM, ms. */
function lags(
  calls: readonly Arrival[],
  seen: readonly (readonly [string, string])[],
  since: 'ringsAtMs' | 'endedAtMs',
  by: 'phone' | 'linkedid',
): number[] {
  const seenAtMs = new Map(seen.map(([key, at]) => [key, Date.parse(at)]));
  return calls.flatMap((call) => {
    const [fromMs, toMs] = [call[since], seenAtMs.get(call[by])];
    return fromMs === undefined || toMs === undefined ? [] : [toMs - fromMs];
  });
}

/** Of some of the calls. */
async function temporalCost(calls: readonly Arrival[]) {
  const { house } = place;
  const sample = calls.filter((_, index) => index % Math.ceil(calls.length / 40) === 0);
  const descriptions = await Promise.all(
    sample.map(({ linkedid }) => house.temporal.workflow.getHandle(`call:${house.pbxId}:${linkedid}`).describe()),
  );
  const mean = (of: (one: (typeof descriptions)[number]) => number) =>
    Math.round(descriptions.map(of).reduce((sum, one) => sum + one, 0) / descriptions.length);
  return { 'events/call': mean((one) => one.historyLength), 'bytes/call': mean((one) => one.historySize ?? 0) };
}

function prefixed<T>(prefix: string, values: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix} ${name}`, value]));
}
