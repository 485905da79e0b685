import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestServers } from '../tests/setup/start-servers.ts';
import removeTestServers from '../tests/setup/stop-servers.ts';
import { report } from './load/report.ts';

/**
 * How many requests a call costs at amoCRM's door, which lets 7 a second pass, by what kind of call it is and how many
 * begin in a second; how long it takes until all are registered; and what an idle minute costs.
 *
 * bin/bench budget [--seconds 10] [--rates 1,5,10,20] [--kinds known-answered,unknown-missed] [--workers 1]
 */

/** A known client is one whom amoCRM knows; one who was met has called before. */
const scenarios = {
  'met-answered': 'in-direct-answered',
  'met-missed': 'in-direct-no-answer',
  'known-answered': 'in-direct-answered',
  'known-missed': 'in-direct-no-answer',
  'unknown-answered': 'in-direct-answered',
  'unknown-missed': 'in-direct-no-answer',
} as const;
type Kind = keyof typeof scenarios;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rates: { type: 'string', default: '1,5,10,20' },
    kinds: { type: 'string', default: Object.keys(scenarios).join() },
    workers: { type: 'string', default: '1' },
  },
});
const rates = values.rates.split(',').map(Number);
const kinds = values.kinds.split(',') as Kind[];

await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { install } = await import('../tests/rig/installation.ts');
const { newCall, split, strangersNumber, write } = await import('../tests/rig/calls.ts');
const house = await install();
try {
  await Promise.all([
    ...Array.from({ length: Number(values.workers) }, () => house.startWorker()),
    house.startConnector(),
  ]);
  console.log(`each ${values.seconds} s long, ${values.workers} worker(s); everything on this machine, stores durable`);
  await callsOf('known-answered', await clientsOf('known-answered', 1), 1); // the first call pays for what is loaded once
  const table = [];
  for (const kind of kinds) {
    for (const perSecond of rates) {
      table.push(await measure(kind, perSecond));
      console.log(JSON.stringify(table.at(-1)));
    }
  }
  const { requestCount } = await house.amocrm.state();
  await sleep(60_000);
  const idleRequests = (await house.amocrm.state()).requestCount - requestCount;
  report('Requests at amoCRM by kind of call', table);
  console.log(`${idleRequests} requests in an idle minute`);
} finally {
  await house.remove();
  await removeTestServers();
}

async function measure(kind: Kind, perSecond: number) {
  const count = Math.max(5, Math.round(perSecond * Number(values.seconds)));
  const phones = await clientsOf(kind, count);
  const before = (await house.amocrm.state()).requestCount;
  const { backlogMs } = await callsOf(kind, phones, perSecond);
  const { requestCount, requests: log } = await house.amocrm.state();
  const seen = log.filter(({ id }) => id > before);
  const arrivalsMs = seen.map(({ at, durationMs }) => Date.parse(at) - durationMs);
  const withinSecond = (fromMs: number) => arrivalsMs.filter((at) => at >= fromMs && at < fromMs + 1_000).length;
  const share = (fits: (request: string) => boolean) =>
    round(seen.filter(({ method, path }) => fits(`${method} ${path}`)).length / count);
  return {
    kind,
    'calls/s': perSecond,
    calls: count,
    'requests per call': round((requestCount - before) / count),
    cards: share((request) => request === 'POST /api/v2/events'),
    records: share((request) => /^POST .*\/(calls|notes)$/.test(request)),
    reads: share((request) => request.startsWith('GET ')),
    '429s': seen.filter(({ status }) => status === 429).length,
    'most in a second': Math.max(...arrivalsMs.map(withinSecond)),
    'backlog gone after, s': round(backlogMs / 1_000),
  };
}

/** Phones of so many clients of the kind. */
async function clientsOf(kind: Kind, count: number): Promise<string[]> {
  const phones = Array.from({ length: count }, strangersNumber);
  if (kind.startsWith('unknown')) return phones;
  for (const phone of phones) await house.amocrm.addContact(phone);
  if (kind.startsWith('met')) await callsOf('known-answered', phones, 10);
  return phones;
}

/** @returns how long after its last row the last call was settled */
async function callsOf(kind: Kind, phones: readonly string[], perSecond: number): Promise<{ backlogMs: number }> {
  let lastRowAtMs = 0;
  const oneCall = async (phone: string) => {
    const call = newCall(scenarios[kind], { clientNumber: phone });
    const [ringing, rest] = split(call.rows, (row) => row.eventtype === 'ANSWER' || row.eventtype === 'HANGUP');
    await write(house, ringing);
    await sleep(2_000);
    await write(house, rest);
    lastRowAtMs = Date.now();
    await house.closed(call.linkedid);
  };
  const running: Promise<void>[] = [];
  for (const phone of phones) {
    running.push(oneCall(phone));
    await sleep(1_000 / perSecond);
  }
  await Promise.all(running);
  return { backlogMs: Date.now() - lastRowAtMs };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
