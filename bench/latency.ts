import { parseArgs } from 'node:util';
import type { Arrival, Callers } from './load/arrivals.ts';
import { openPlace, type TemporalKind } from './load/place.ts';
import { report, spread } from './load/report.ts';
import { meansBetween, requestsOfCards } from './load/requests-of-cards.ts';
import { percentile } from './load/statistics.ts';
import { type WayOfCard, wayOfCard } from './load/way-of-card.ts';

/**
 * How long it takes from the moment in which anybody can read in CEL that a phone rings until the request for the card
 * arrives at amoCRM, and where that time goes, of all cards and of the slowest twentieth; of the last stage also how long
 * requests of cards wait for their place and for amoCRM (means of all).
 *
 * bin/bench latency [--seconds 60] [--rates 1,5] [--callers met,known,unknown] [--temporal dev-server]
 *   [--amocrm-takes-ms 0]
 */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rates: { type: 'string', default: '1,5' },
    callers: { type: 'string', default: 'met,known,unknown' },
    temporal: { type: 'string', default: 'dev-server' },
    /** The real one is far away and has work to do. */
    'amocrm-takes-ms': { type: 'string', default: '0' },
  },
});
const amocrmTakesMs = Number(values['amocrm-takes-ms']);

const place = await openPlace({ temporal: values.temporal as TemporalKind });
const { house, arrivals } = place;
try {
  await arrivals.one('in-direct-answered', (await arrivals.phones(1, 'known'))[0] as string); // what is loaded once
  const rows = [];
  if (amocrmTakesMs > 0) await house.amocrm.fault({ kind: 'delay', delayMs: amocrmTakesMs, times: 1e9 });
  for (const perSecond of values.rates.split(',').map(Number)) {
    for (const callers of values.callers.split(',') as Callers[]) rows.push(...(await measure(perSecond, callers)));
  }
  report(
    `Row visible → card at amoCRM, which takes ${amocrmTakesMs} ms; ms (Temporal: ${place.temporal}; stages: medians)`,
    rows,
  );
} finally {
  await place.close();
}

async function measure(perSecond: number, callers: Callers) {
  const seconds = Number(values.seconds);
  const count = perSecond * seconds;
  const phones = await arrivals.phones(count, callers);
  const load = { perSecond, seconds, scenarios: ['in-direct-answered'] };
  const [settledBefore, requestsBefore] = [await arrivals.settledCalls(), await requestsOfCards(place.workers())];
  const calls = await arrivals.come({ ...load, phoneOf: (index) => phones[index] as string });
  await arrivals.settled(settledBefore + count, 120_000);
  const ways = (await waysOf(calls)).toSorted((a, b) => a.all - b.all);
  const slowest = ways.slice(-Math.max(1, Math.round(ways.length / 20)));
  const what = { 'calls/s': perSecond, callers, calls: count };
  const places = meansBetween(requestsBefore, await requestsOfCards(place.workers()));
  return [
    { ...what, of: 'all', cards: ways.length, ...spread(ways.map(({ all }) => all)), ...medians(ways), ...places },
    { ...what, of: 'slowest 5 %', cards: slowest.length, ...medians(slowest) },
  ];
}

function medians(ways: readonly WayOfCard[]) {
  const stages = ['poll', 'signal', 'task waits', 'task', 'activity waits', 'marks, HTTP'] as const;
  const of = (stage: keyof WayOfCard) => ways.map((way) => way[stage]);
  return Object.fromEntries(stages.map((stage) => [stage, Math.round(percentile(of(stage), 50))]));
}

async function waysOf(calls: readonly Arrival[]): Promise<WayOfCard[]> {
  const { cards } = await house.amocrm.state();
  const arrivedAtMs = new Map(cards.map(({ phone, at }) => [phone.slice(-10), Date.parse(at) - amocrmTakesMs]));
  const ways = calls.map(async (call) => {
    const history = await house.temporal.workflow.getHandle(`call:${house.pbxId}:${call.linkedid}`).fetchHistory();
    const arrived = arrivedAtMs.get(call.phone);
    return arrived === undefined ? undefined : wayOfCard(history, call, arrived);
  });
  return (await Promise.all(ways)).filter((way) => way !== undefined);
}
