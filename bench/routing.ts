import { randomBytes } from 'node:crypto';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Redis } from 'ioredis';
import { readKeyRing } from '../activities/store/key-ring.ts';
import { createKnownClients } from '../activities/store/known-clients.ts';
import { createLiveCalls } from '../activities/store/live-calls.ts';
import { renewRoutingKey } from '../activities/store/routing-keys.ts';
import { createSecrets } from '../activities/store/secrets.ts';
import { untouchedSettings } from '../proto/untouched-settings.ts';
import { startTestServers } from '../tests/setup/start-servers.ts';
import removeTestServers from '../tests/setup/stop-servers.ts';
import { report } from './load/report.ts';
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
const [perSecond, seconds, clientCount] = [
  Number(values['per-second']),
  Number(values.seconds),
  Number(values.clients),
];
const amocrmTakesMs = 150;
const employees = 40;
const liveCount = 100;

if (isMainThread) await measureAll();
else answerByAsking();

async function measureAll(): Promise<void> {
  await startTestServers({ durable: true });
  // the rig reads the servers' addresses when it is loaded
  const { install } = await import('../tests/rig/installation.ts');
  const { freePort } = await import('../bin/stack/free-port.ts');
  const { servers } = await import('../tests/rig/servers.ts');
  const { saveSettings } = await import('../tests/rig/settings.ts');
  const keys = `bench:${randomBytes(32).toString('base64')}`;
  const apiPort = await freePort();
  const url = `http://127.0.0.1:${apiPort}`;
  const house = await install(() => ({ API_PORT: String(apiPort), PUBLIC_URL: url, RINGFLOW_SECRET_KEYS: keys }));
  const redis = new Redis(servers.redisUrl);
  const asking = new Worker(new URL(import.meta.url));
  const listening = new Promise<number>((resolve) => asking.once('message', resolve));
  try {
    await house.startApi();
    const { pool } = house.store;
    const { pbxId } = house;
    const { accountId } = house;
    const key = await renewRoutingKey(createSecrets(pool, readKeyRing(keys)), pbxId);
    await saveSettings(pool, accountId, {
      ...untouchedSettings('en'),
      employees: Object.fromEntries(Array.from({ length: employees }, (_, index) => [String(101 + index), index + 1])),
      routing: { [pbxId]: { enabled: true, whenBusy: 'ring' } },
    });
    await writeClients();
    const live = createLiveCalls(redis);
    for (let index = 0; index < liveCount; index++)
      await live.tell(liveCall(index), { teller: 'bench', atMs: 1, isOwn: true });
    console.log(
      `${perSecond} questions a second for ${seconds} s, ${clientCount} clients in the index, ${liveCount} calls going on; everything on this machine`,
    );
    const urlOf = (phone: string) => `${url}/routing/${pbxId}?key=${key}&did=74951230001&number=${phone}`;
    const port = await listening;
    const any = () => phoneOf(Math.floor(Math.random() * clientCount));
    const recent = Array.from({ length: 1_000 }, any);
    for (const phone of recent) await ask(urlOf(phone));
    report('Routing: answer to the PBX, ms', {
      'called today (Redis)': await measure(() => urlOf(recent[Math.floor(Math.random() * recent.length)] as string)),
      'not called today (MySQL)': await measure(() => urlOf(any())),
      'nobody known': await measure(() => urlOf(`7812${String(Math.random()).slice(2, 9)}`)),
      [`a route that asks amoCRM, ${amocrmTakesMs} ms away`]: await measure(() => `http://127.0.0.1:${port}/`),
    });
    console.log('amoCRM lets 7 requests a second pass: the last line is as if it let all pass.');

    async function writeClients(): Promise<void> {
      const known = createKnownClients(pool, redis);
      await known.follow(accountId, 3_600_000);
      const atOnce = 5_000;
      for (let from = 0; from < clientCount; from += atOnce) {
        const rows = Array.from({ length: Math.min(atOnce, clientCount - from) }, (_, index) => rowOf(from + index));
        await pool.query('INSERT INTO known_clients (account_id, phone_key, known, seen_at) VALUES ?', [rows]);
      }
      await pool.query('ANALYZE TABLE known_clients');
    }

    function rowOf(index: number) {
      const client = {
        ...{
          entityType: 'contacts',
          entityId: index + 1,
          name: `Клиент ${index}`,
          openLeadIds: [],
          hasCustomers: false,
        },
        responsibleUserId: (index % employees) + 1,
      };
      const known = JSON.stringify({ client, askedAtMs: Date.now() });
      return [accountId, phoneOf(index).slice(-10), known, new Date()];
    }

    function liveCall(index: number) {
      return {
        ...{
          pbxId,
          linkedid: `1.${index}`,
          direction: 'inbound' as const,
          externalNumber: null,
          client: null,
          did: null,
        },
        ...{
          callerExtension: null,
          calledExtension: null,
          startedAtMs: 0,
          queue: null,
          transfer: null,
          extensions: [],
        },
        parts: [{ extension: String(101 + index), doing: 'talks' as const, sinceMs: 0 }],
      };
    }
  } finally {
    await asking.terminate();
    redis.disconnect();
    await house.remove();
    await removeTestServers();
  }
}

function phoneOf(index: number): string {
  return `7916${String(1_000_000 + index).slice(-7)}`;
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

/** What others do: for each question one to amoCRM, which takes its time. */
function answerByAsking(): void {
  const amocrm = createServer(async (_, response) => {
    await sleep(amocrmTakesMs);
    response.end('{"name":"Client","extension":"101"}');
  });
  amocrm.listen(0, '127.0.0.1', () => {
    const { port } = amocrm.address() as AddressInfo;
    const route = createServer(async (_, response) => {
      const client = (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as { name: string; extension: string };
      response.end(`${client.extension}|${client.name}`);
    });
    route.listen(0, '127.0.0.1', () => parentPort?.postMessage((route.address() as AddressInfo).port));
  });
}
