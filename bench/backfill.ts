import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestServers } from '../tests/setup/start-servers.ts';
import removeTestServers from '../tests/setup/stop-servers.ts';
import { report } from './load/report.ts';
import { percentile } from './load/statistics.ts';

/**
 * How fast calls of the past are brought into amoCRM, what each costs there, and what calls of today feel of it.
 *
 * bin/bench backfill [--calls 10000] [--clients 2000] [--live 0.2] [--known 0.8]
 */

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000' },
    /** So many clients share them. */
    clients: { type: 'string', default: '2000' },
    /** Of them so many are known to amoCRM. */
    known: { type: 'string', default: '0.8' },
    /** Calls of today that ring meanwhile, a second. */
    live: { type: 'string', default: '0.2' },
  },
});
const [calls, clients, known, livePerSecond] = [values.calls, values.clients, values.known, values.live].map(
  Number,
) as [...[number, number, number, number]];

await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { install } = await import('../tests/rig/installation.ts');
const { newCall, split, strangersNumber, write } = await import('../tests/rig/calls.ts');
const { backfillsOf, daysAgo } = await import('../tests/rig/backfills.ts');
const house = await install();
const backfills = backfillsOf(house);
try {
  await Promise.all([house.startWorker(), house.startConnector()]);
  const began = daysAgo(30);
  await writePast(began);
  console.log(`${calls} calls of ${clients} clients, ${Math.round(known * 100)} % of them known to amoCRM, lie in CEL`);
  const alone = await cardsOf(10);
  const requestsBefore = (await house.amocrm.state()).requestCount;
  const startedAtMs = performance.now();
  const id = await backfills.begin({ period: { fromMs: began - 60_000, toMs: began + 28 * 86_400_000 } });
  const during: number[] = [];
  let isOver = false;
  const following = follow(id).finally(() => {
    isOver = true;
  });
  while (!isOver && livePerSecond > 0) {
    during.push(...(await cardsOf(1)));
    await sleep(1_000 / livePerSecond);
  }
  await following;
  const minutes = (performance.now() - startedAtMs) / 60_000;
  const { requestCount, requests } = await house.amocrm.state();
  const { state, reason } = await backfills.find(id);
  console.log(`\n${state} ${reason}`);
  report('Backfill', {
    'calls/minute': Math.round(calls / minutes),
    minutes: Math.round(minutes * 10) / 10,
    'requests per call': Math.round(((requestCount - requestsBefore) / calls) * 1_000) / 1_000,
    '429s': requests.filter(({ status }) => status === 429).length,
    'card of a call of today, p50 ms, before': median(alone),
    'and meanwhile': median(during),
  });
  report('Backfill: what became of the calls', await backfills.store.counts(id));
} finally {
  await backfills.close();
  await house.remove();
  await removeTestServers();
}

/** Spread over four weeks, many rows in one statement. */
async function writePast(began: number): Promise<void> {
  const phones = Array.from({ length: clients }, strangersNumber);
  for (const phone of phones.slice(0, Math.round(clients * known))) await house.amocrm.addContact(phone);
  const scenarios = ['in-direct-answered', 'in-direct-no-answer', 'out-answered', 'rg-second-answers'];
  const stepMs = (28 * 86_400_000) / calls;
  for (let first = 0; first < calls; first += 200) {
    const rows = Array.from({ length: Math.min(200, calls - first) }, (_, i) => {
      const index = first + i;
      const clientNumber = phones[index % phones.length] as string;
      const startedAtMs = Math.floor((began + index * stepMs) / 1_000) * 1_000;
      return newCall(scenarios[index % scenarios.length] as string, { clientNumber, startedAtMs }).rows;
    }).flat();
    for (const table of ['cel', 'cdr'] as const) {
      const own = rows.filter((row) => row.table === table).map(({ row }) => row as Record<string, unknown>);
      const columns = [...new Set(own.flatMap((row) => Object.keys(row)))];
      const lines = own.map((row) => columns.map((column) => row[column] ?? ''));
      await house.pbx.pool.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`, [lines]);
    }
  }
}

async function follow(id: number): Promise<void> {
  for (;;) {
    const [{ state, share }, counts] = [await backfills.find(id), await backfills.store.counts(id)];
    if (state !== 'running') return;
    process.stdout.write(
      `\r${Math.round(share * 100)} % read, ${counts.registered} registered, ${counts.inHand} in hand   `,
    );
    await sleep(2_000);
  }
}

/** How long after its first row each of so many calls of today shows its card, ms. */
async function cardsOf(count: number): Promise<number[]> {
  const tookMs: number[] = [];
  for (let i = 0; i < count; i++) {
    const { cards } = await house.amocrm.state();
    const call = newCall('in-direct-answered');
    const [ringing, rest] = split(call.rows, (row) => row.eventtype === 'ANSWER');
    const startedAtMs = performance.now();
    await write(house, ringing);
    await house.amocrm.until((now) => now.cards.length > cards.length, 'the card');
    tookMs.push(performance.now() - startedAtMs);
    await write(house, rest);
  }
  return tookMs;
}

function median(of: readonly number[]): number | null {
  return of.length === 0 ? null : Math.round(percentile(of, 50));
}
