import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import { createSessions } from '../activities/store/sessions.ts';
import { createUsers } from '../activities/store/users.ts';
import { freePort } from '../bin/stack/free-port.ts';
import { workflowBundle } from '../workers/worker/workflow-bundle.ts';
import { callWorkflowId } from '../workflows/call/contract.ts';
import { newCall, play, split, strangersNumber, type TestCall } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import { makeMachine } from './rig/licensed-machine.ts';
import { type Licensing, startLicensing } from './rig/licensing.ts';
import {
  expressionsOfDeployment,
  inspectionOf,
  labelsIn,
  metricsIn,
  namesIn,
  rulesFile,
  samplesOf,
  scrapeFile,
} from './rig/metrics.ts';
import type { Part } from './rig/part.ts';
import { servers } from './rig/servers.ts';
import { startTraceCollector, type TraceCollector } from './rig/trace-collector.ts';

jest.setTimeout(120_000);

/** What operators see of a whole installation through which a call has gone. */

let house: Installation;
let licensing: Licensing;
let collector: TraceCollector;
let parts: Record<'worker' | 'connector' | 'api', Part>;
let call: TestCall;
const client = strangersNumber();
let apiUrl: string;

beforeAll(async () => {
  collector = await startTraceCollector();
  const port = await freePort();
  apiUrl = `http://127.0.0.1:${port}`;
  const environment = {
    API_PORT: String(port),
    TRACES_URL: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    LOG_LEVEL: 'debug',
  };
  house = await install(() => environment);
  const [worker, connector, api, server] = await Promise.all([
    house.startWorker(),
    house.startConnector(),
    house.startApi(),
    startLicensing(),
  ]);
  parts = { worker, connector, api };
  licensing = server;
  call = newCall('in-direct-answered', { clientNumber: client });
  await talkWithCard(call, client);
});
afterAll(async () => {
  await Promise.all([house.remove(), licensing.close()]);
  await collector.close();
});

async function talkWithCard({ rows, linkedid }: TestCall, clientNumber: string): Promise<void> {
  const [ringing, rest] = split(rows, (row) => row.eventtype === 'ANSWER');
  await play(house, ringing);
  await house.amocrm.until(({ cards }) => cards.some(({ phone }) => phone.endsWith(clientNumber)), 'the card');
  await play(house, rest);
  await house.closed(linkedid);
}

const read = async (url: string) => (await fetch(url)).text();
const scrape = (part: Part) => read(`${inspectionOf(part)}/metrics`);

async function cookieOfAdmin(): Promise<string> {
  const description = {
    login: 'admin@firm.example',
    name: 'A',
    role: 'admin',
    extensions: [],
    accounts: null,
  } as const;
  const user = await createUsers(house.store.pool).add({ ...description, extensions: [] });
  return `ringflow_session=${await createSessions(house.store.pool).begin(user?.id ?? 0, '::1', 'tests')}`;
}

/** Everything that all parts tell, the licensing server too. */
async function scrapeAll(): Promise<string> {
  const machine = await makeMachine(licensing);
  await machine.ask('check');
  const ofParts = await Promise.all(Object.values(parts).map(scrape));
  return [...ofParts, await machine.read('/metrics')].join('\n');
}

it('every part says that it can do its work', async () => {
  for (const part of Object.values(parts)) {
    const health = await fetch(`${inspectionOf(part)}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
  }
  expect((await fetch(`${apiUrl}/healthz`)).status).toBe(200);
  for (const path of ['/metrics', '/metrics/']) expect((await fetch(`${apiUrl}${path}`)).status).toBe(404);
});

it('the call is seen in the numbers of the parts that it went through', async () => {
  const [worker, connector] = [await scrape(parts.worker), await scrape(parts.connector)];
  const ofPbx = `{account="${house.accountId}",pbx="${house.pbxId}",part="connector"}`;
  expect(samplesOf(connector, 'ringflow_cel_rows_total').get(ofPbx)).toBe(
    call.rows.filter(({ table }) => table === 'cel').length,
  );
  expect(samplesOf(connector, 'ringflow_pbx_readable').get(ofPbx)).toBe(1);
  expect(samplesOf(connector, 'ringflow_cel_lag_seconds').get(ofPbx)).toBeLessThan(10);
  const registered = `{pbx="${house.pbxId}",direction="inbound",result="answered",state="registered",part="worker"}`;
  expect(samplesOf(worker, 'ringflow_calls_total')).toEqual(new Map([[registered, 1]]));
  expect([...samplesOf(worker, 'ringflow_card_delay_seconds_count').values()]).toEqual([1]);
  expect([...samplesOf(worker, 'ringflow_registration_delay_seconds_count').values()]).toEqual([1]);
  const requests = [...samplesOf(worker, 'ringflow_amocrm_requests_total').keys()];
  expect(requests).toContainEqual(
    expect.stringMatching(/lane="cards",method="POST",path="\/api\/v2\/events",status="200"/),
  );
  expect(requests).toContainEqual(expect.stringMatching(/method="POST",path="\/api\/v4\/contacts",status="200"/));
  const ofApi = await scrape(parts.api);
  const api = samplesOf(ofApi, 'ringflow_status');
  expect(samplesOf(ofApi, 'ringflow_licence_end_timestamp_seconds').size).toBe(0); // it has no end
  expect([...samplesOf(ofApi, 'ringflow_licence_seats').values()]).toEqual([1_000]);
  expect(api.get('{account="",part="api"}')).toBe(0);
  expect(api.get(`{account="${house.accountId}",part="api"}`)).toBeDefined();
});

it('what the board and the rules name is there, with its labels, and nobody is named by a phone', async () => {
  const scraped = await scrapeAll();
  const names = namesIn(scraped);
  /** Of Prometheus itself, and what it adds to all. */
  const ofPrometheus = { names: ['up'], labels: ['job', 'instance', 'le'] };
  const missing = (expressions: { of: string; expression: string }[]) =>
    expressions.flatMap(({ of, expression }) =>
      metricsIn(expression).flatMap(({ name, labels }) => {
        if (ofPrometheus.names.includes(name)) return [];
        if (!names.has(name)) return [`${of}: ${name}`];
        const known = labelsIn(scraped, name);
        const isSampled = known.size > 0; // what has not happened has no labels yet
        return labels
          .filter((label) => isSampled && !known.has(label) && !ofPrometheus.labels.includes(label))
          .map((label) => `${of}: ${name}{${label}}`);
      }),
    );
  const deployed = expressionsOfDeployment();
  expect(deployed.length).toBeGreaterThan(80);
  expect(missing(deployed)).toEqual([]);
  const invented = [
    { of: 'a rule', expression: 'sum by (pbx, le) (rate(ringflow_cel_delay_seconds_bucket{account="a"}[5m])) > 1.5e9' },
    { of: 'another', expression: 'max by (phone) (ringflow_cel_rows_total) / up' },
  ];
  expect(missing(invented)).toEqual([
    'a rule: ringflow_cel_delay_seconds_bucket',
    'another: ringflow_cel_rows_total{phone}',
  ]);
  for (const secret of [client, call.linkedid, house.amocrm.token]) expect(scraped).not.toContain(secret);
});

(servers.promtool === undefined ? it.skip : it)('Prometheus takes the rules and the example of a configuration', () => {
  const check = (...what: string[]) => execFileSync(String(servers.promtool), ['check', ...what]).toString();
  expect(check('rules', rulesFile)).toMatch(/SUCCESS: \d+ rules found/);
  expect(check('config', scrapeFile)).toContain('SUCCESS');
});

it('addresses, which hold codes and keys, stand neither in numbers nor in logs', async () => {
  const secret = 's3cret-in-an-address';
  const ask = (path: string) => fetch(`${apiUrl}${path}`, { method: 'POST' });
  expect((await ask(`/webhooks/amocrm/${encodeURIComponent(house.accountId)}/${secret}`)).status).toBe(404);
  expect((await ask(`/nowhere/${secret}?number=${client}`)).status).toBe(404);
  await parts.api.said(`"route":"/webhooks/amocrm/:account/:secret","status":404`);
  const scraped = await scrape(parts.api);
  const counted = [...samplesOf(scraped, 'ringflow_api_request_duration_seconds_count').keys()];
  expect(counted).toContainEqual(expect.stringMatching(/route="\/webhooks\/amocrm\/:account\/:secret",status="404"/));
  expect(counted).toContainEqual(expect.stringMatching(/route="none",status="404"/));
  for (const told of [scraped, parts.api.log()]) {
    expect(told).not.toContain(secret);
    expect(told).not.toContain(client);
  }
});

it('the call is found by its id in the logs of all parts, and its client in none', async () => {
  const headers = { cookie: await cookieOfAdmin() };
  const url = `${apiUrl}/api/accounts/${encodeURIComponent(house.accountId)}/calls/${house.pbxId}/${call.linkedid}`;
  expect((await fetch(url, { headers })).status).toBe(200);
  await parts.api.said('somebody asked about a call');
  for (const [part, { log }] of Object.entries(parts)) {
    const lines = log()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const about = { part, account: house.accountId, pbx: house.pbxId, linkedid: call.linkedid };
    expect(lines).toContainEqual(expect.objectContaining(about));
    expect(lines.filter((line) => line.part !== part)).toEqual([]);
    for (const secret of [client, house.amocrm.token]) expect(log()).not.toContain(secret);
  }
  const done = `"linkedid":"${call.linkedid}","activity":"registerCall","attempt":1`;
  expect(parts.worker.log()).toMatch(new RegExp(`${done}.*"msg":"done in amoCRM"`));
  expect(parts.worker.log()).toMatch(/"activity":"registerCall","lane":"live","method":"POST".*"status":200/);
});

it('its trace goes from the connector through the worker to amoCRM, and names nobody', async () => {
  const traceOf = () =>
    collector.spans.find(
      ({ name, attributes }) => name === 'bring CEL rows' && attributes['ringflow.linkedid'] === call.linkedid,
    )?.traceId;
  const inTrace = (name: RegExp, service: string) =>
    collector.spans.some((span) => span.traceId === traceOf() && name.test(span.name) && span.service === service);
  await collector.until(
    () =>
      inTrace(/^SignalWithStartWorkflow:call$/, 'ringflow-connector') &&
      inTrace(/^RunWorkflow:call$/, 'ringflow-worker') &&
      inTrace(/^RunActivity:registerCall$/, 'ringflow-worker') &&
      inTrace(/^amoCRM POST \/api\/v4\/(calls|contacts)/, 'ringflow-worker'),
  );
  for (const secret of [client, house.amocrm.token]) expect(collector.raw()).not.toContain(secret);
});

it('a call that was traced goes on where traces are switched off', async () => {
  const handle = house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, call.linkedid));
  const history = await handle.fetchHistory();
  expect(JSON.stringify(history)).toContain('_tracer-data');
  const nothing = { fn: () => undefined };
  const sinks = { live: { tell: nothing, over: nothing, letGo: nothing } };
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle(), sinks }, history, 'traced');
});

it('nothing of OpenTelemetry is loaded as long as no traces are wanted', () => {
  const program = `
    const { startTracing } = await import('./runtime/monitoring/tracing.ts');
    const { createRequire } = await import('node:module');
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('/otlp-')).length;
    const off = await startTracing('worker', undefined, console);
    const before = loaded();
    await startTracing('worker', 'http://127.0.0.1:1/v1/traces', console);
    console.log(JSON.stringify([off === undefined, before, loaded() > 0]));
    process.exit(0);`;
  const node = `${process.cwd()}/node_modules/.bin/node`;
  expect(execFileSync(node, ['--input-type=module', '-e', program]).toString()).toBe('[true,0,true]\n');
});

it('a card is shown within the task that decides it, and if amoCRM refuses it, by what comes in the answer to that task', async () => {
  const received = async () => {
    const all = samplesOf(await scrape(parts.worker), 'temporal_activity_task_received_total');
    return [...all].filter(([labels]) => labels.includes('activity_type="showCards"'));
  };
  const clientNumber = strangersNumber();
  await house.amocrm.fault({ match: 'POST /api/v2/events', kind: 'status', status: 500 });
  await talkWithCard(newCall('in-direct-answered', { clientNumber }), clientNumber);
  while ((await received()).length === 0) await sleep(100); // the SDK's numbers are taken over every two seconds
  expect(await received()).toEqual([[expect.stringContaining('eager="true"'), 1]]); // none for the call before
});
