import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestServers } from '../tests/setup/start-servers.ts';
import removeTestServers from '../tests/setup/stop-servers.ts';
import { percentile } from './statistics.ts';

/**
 * How long it takes from the moment in which the row of the ringing phone can be read in CEL until the request for
 * the card arrives at amoCRM; and what a call costs Temporal.
 *
 * bin/bench latency [--calls 200] [--per-second 1]
 */

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '200' }, 'per-second': { type: 'string', default: '1' } },
});
const callCount = Number(values.calls);
const perSecond = Number(values['per-second']);

await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { install } = await import('../tests/rig/installation.ts');
const { newCall, split, strangersNumber, write } = await import('../tests/rig/calls.ts');
const house = await install();
try {
  await Promise.all([house.startWorker(), house.startConnector()]);
  console.log(`${callCount} calls, ${perSecond}/s, each of a new number; everything on this machine, stores durable`);

  const visibleAtMs = new Map<string, number>();
  const oneCall = async (phone: string): Promise<string> => {
    const call = newCall('in-direct-answered', { clientNumber: phone });
    await house.amocrm.addContact(phone);
    const [ringing, rest] = split(call.rows, (row) => row.eventtype === 'ANSWER');
    await write(house, ringing);
    visibleAtMs.set(`+7${phone}`, Date.now());
    await sleep(3_000);
    await write(house, rest);
    await house.closed(call.linkedid);
    const { historyLength } = await house.temporal.workflow
      .getHandle(`call:${house.pbxId}:${call.linkedid}`)
      .describe();
    return String(historyLength);
  };

  await oneCall(strangersNumber()); // the first call pays for what is loaded once
  visibleAtMs.clear();
  const running: Promise<string>[] = [];
  for (let i = 0; i < callCount; i++) {
    running.push(oneCall(strangersNumber()));
    await sleep(1000 / perSecond);
  }
  const events = (await Promise.all(running)).map(Number);
  const { cards, calls } = await house.amocrm.state();
  const latenciesMs = cards.flatMap(({ phone, at }) => {
    const fromMs = visibleAtMs.get(phone);
    return fromMs === undefined ? [] : [Date.parse(at) - fromMs];
  });
  console.table({
    'row visible → card request, ms': summary(latenciesMs),
    'Temporal events per call': summary(events),
  });
  console.log(`${latenciesMs.length} cards, ${calls.length - 1} calls registered of ${callCount}`);
} finally {
  await house.remove();
  await removeTestServers();
}

function summary(all: readonly number[]) {
  return { p50: percentile(all, 50), p95: percentile(all, 95), p99: percentile(all, 99), max: Math.max(...all) };
}
