import { once } from 'node:events';
import { createServer } from 'node:net';
import pino from 'pino';
import { openInspection } from './inspection.ts';
import { createRegistry } from './registry.ts';

const ends: AbortController[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end.abort();
});

/** A process that is looked into; resolves once it has said what each word stands for. */
function open(token?: string, port = 0) {
  const end = new AbortController();
  ends.push(end);
  const lines: { msg: string; address?: string }[] = [];
  let wake: () => void = () => undefined;
  const write = (line: string) => {
    lines.push(JSON.parse(line));
    wake();
  };
  const parts = { host: '127.0.0.1', port, token, registry: createRegistry('worker'), logger: pino({}, { write }) };
  const inspection = openInspection(parts, end.signal);
  const said = async (fits: (line: { msg: string; address?: string }) => boolean) => {
    for (;;) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const line = lines.find(fits);
      if (line) return line;
      await woken;
    }
  };
  const url = async () => String((await said(({ address }) => address !== undefined)).address);
  return {
    ...{ inspection, end, said, url },
    get: async (path: string, headers = {}) => fetch(`${await url()}${path}`, { headers }),
  };
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const fine = async () => undefined;

it('says for want of what a process can not work, and when it can again', async () => {
  const part = open();
  expect([(await part.get('/healthz')).status, await (await part.get('/healthz')).json()]).toEqual([
    503,
    { status: 'starting' },
  ]);
  const asked = { mysql: fine, temporal: () => Promise.reject(new Error('mysql://user:s3cret')) };
  part.inspection.needs(asked);
  const sick = await part.get('/healthz');
  expect([sick.status, await sick.json()]).toEqual([503, { status: 'trouble', of: ['temporal'] }]);
  part.inspection.needs({ ...asked, temporal: fine });
  const well = await part.get('/healthz');
  expect([well.status, await well.json()]).toEqual([200, { status: 'ok' }]);
});

it('what never answers is away', async () => {
  const part = open();
  part.inspection.needs({ redis: () => new Promise(() => undefined) });
  expect(await (await part.get('/healthz')).json()).toEqual({ status: 'trouble', of: ['redis'] });
});

it('metrics are for whoever has the token, health for all', async () => {
  const part = open('s3cret-of-monitoring');
  for (const headers of [{}, bearer('s3cret-of-monitorinG'), bearer(''), { authorization: 's3cret-of-monitoring' }]) {
    const refused = await part.get('/metrics', headers);
    expect([refused.status, (await refused.text()).includes('process_')]).toEqual([401, false]);
  }
  const metrics = await (await part.get('/metrics', bearer('s3cret-of-monitoring'))).text();
  expect(metrics).toMatch(/^process_resident_memory_bytes\{part="worker"\} \d+$/m);
  expect(metrics).toMatch(/^nodejs_eventloop_lag_p99_seconds\{part="worker"\} /m);
  part.inspection.needs({});
  expect((await part.get('/healthz')).status).toBe(200);
});

it('where a predecessor still listens it waits until that one ends', async () => {
  const predecessor = createServer().listen(0, '127.0.0.1');
  await once(predecessor, 'listening');
  const { port } = predecessor.address() as { port: number };
  const part = open(undefined, port);
  await part.said(({ msg }) => msg.includes(`at 127.0.0.1:${port} (EADDRINUSE)`));
  predecessor.close();
  part.inspection.needs({});
  expect((await part.get('/healthz')).status).toBe(200);
});

it.each(['/', '/metrics/..', '/healthz/x', '//', '/%'])('nothing else is there: %s', async (path) => {
  expect((await open().get(path)).status).toBe(404);
});
