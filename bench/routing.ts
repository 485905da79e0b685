import { randomBytes } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readKeyRing } from '../activities/store/key-ring.ts';
import { renewRoutingKey } from '../activities/store/routing-keys.ts';
import { createSecrets } from '../activities/store/secrets.ts';
import { freePort } from '../bin/stack/free-port.ts';
import { startTestServers } from '../tests/setup/start-servers.ts';
import removeTestServers from '../tests/setup/stop-servers.ts';
import { report } from './load/report.ts';
import { startRouteThatAsks } from './load/route-that-asks.ts';
import { percentile } from './load/statistics.ts';

/**
 * How long a dialplan waits for the answer to "who is to get this call?", each time over a new connection, as Asterisk
 * makes one; beside a route that asks amoCRM, 150 ms away, for each call.
 *
 * bin/bench routing [--per-second 200] [--seconds 20] [--clients 100000]
 */

const { values } = parseArgs({
  options: {
    'per-second': { type: 'string', default: '200' },
    seconds: { type: 'string', default: '20' },
    clients: { type: 'string', default: '100000' },
  },
});
const [perSecond, seconds, clients] = [Number(values['per-second']), Number(values.seconds), Number(values.clients)];
const amocrmTakesMs = 150;
const talking = 100;

await startTestServers({ durable: true });
// the rig reads the servers' addresses when it is loaded
const { install } = await import('../tests/rig/installation.ts');
const { routedPhone, routePbx } = await import('./load/routed-pbx.ts');
const keys = `bench:${randomBytes(32).toString('base64')}`;
const apiPort = await freePort();
const url = `http://127.0.0.1:${apiPort}`;
const house = await install(() => ({ API_PORT: String(apiPort), PUBLIC_URL: url, RINGFLOW_SECRET_KEYS: keys }));
const routeThatAsks = await startRouteThatAsks(amocrmTakesMs);
try {
  await house.startApi();
  await routePbx(house, clients, talking);
  const { pbxId, store } = house;
  const key = await renewRoutingKey(createSecrets(store.pool, readKeyRing(keys)), pbxId);
  console.log(
    `${perSecond} questions a second for ${seconds} s, ${clients} clients in the index, ${talking} calls going on; everything on this machine`,
  );
  const urlOf = (phone: string) => `${url}/routing/${pbxId}?key=${key}&did=74951230001&number=${phone}`;
  const any = () => routedPhone(Math.floor(Math.random() * clients));
  const recent = Array.from({ length: 1_000 }, any);
  for (const phone of recent) await ask(urlOf(phone));
  report('Routing: answer to the PBX, ms', {
    'called today (Redis)': await measure(() => urlOf(recent[Math.floor(Math.random() * recent.length)] as string)),
    'not called today (MySQL)': await measure(() => urlOf(any())),
    'nobody known': await measure(() => urlOf(`7812${String(Math.random()).slice(2, 9)}`)),
    [`a route that asks amoCRM, ${amocrmTakesMs} ms away`]: await measure(() => routeThatAsks.url),
  });
  console.log('amoCRM lets 7 requests a second pass: the last line is as if it let all pass.');
} finally {
  await routeThatAsks.close();
  await house.remove();
  await removeTestServers();
}

/** Each question in its time, whatever became of those before it. */
async function measure(urlOf: () => string) {
  const times: number[] = [];
  let named = 0;
  const beganAtMs = performance.now();
  const asking: Promise<void>[] = [];
  for (let question = 0; question < perSecond * seconds; question++) {
    const dueAtMs = beganAtMs + (question * 1_000) / perSecond;
    if (dueAtMs > performance.now()) await sleep(dueAtMs - performance.now());
    const sentAtMs = performance.now();
    asking.push(
      ask(urlOf()).then((text) => {
        times.push(performance.now() - sentAtMs);
        if (/^\d+\|/.test(text)) named++;
      }),
    );
  }
  await Promise.all(asking);
  const ms = (percent: number) => Number(percentile(times, percent).toFixed(1));
  return {
    questions: times.length,
    named,
    'p50, ms': ms(50),
    'p95, ms': ms(95),
    'p99, ms': ms(99),
    'max, ms': ms(100),
  };
}

function ask(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, async (answer: IncomingMessage) => {
      let text = '';
      for await (const chunk of answer.setEncoding('utf8')) text += chunk;
      resolve(text);
    });
    request.on('error', reject);
  });
}
