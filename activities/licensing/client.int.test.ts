import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../bin/stack/certificate.ts';
import { createLicensingClient } from './client.ts';

/** Whoever stands between Ringflow and the licensing server, or in its place. */

const folder = mkdtempSync(join(tmpdir(), 'licensing-'));
const started: Server[] = [];
let heard: string[] = [];
let known: { certFile: string; keyFile: string };
let foreign: typeof known;

beforeAll(async () => {
  [known, foreign] = await Promise.all([
    makeCertificate(folder, 'known', '127.0.0.1'),
    makeCertificate(folder, 'foreign', '127.0.0.1'),
  ]);
});
beforeEach(() => {
  heard = [];
});
afterAll(() => {
  for (const server of started) server.close().closeAllConnections();
  rmSync(folder, { recursive: true });
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve({ certFile, keyFile }: typeof known, answer: Answer): Promise<string> {
  const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (request, response) => {
    heard.push(String(request.url));
    answer(request, response);
  }).listen(0, '127.0.0.1');
  started.push(server);
  await once(server, 'listening');
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json =
  (status: number, body: unknown): Answer =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const permit = { permit: 'a.b.c', keys: 'd.e.f' };
const ask = (url: string, caFile: string | undefined = known.certFile) =>
  createLicensingClient(url, caFile).ask('/v1/check', 'a.request.of-ours');

it('hears a server whose certificate it was told to believe', async () => {
  expect(await ask(await serve(known, json(200, permit)))).toEqual(permit);
});

it.each<[string, () => typeof known, () => string | undefined]>([
  ['another certificate than the one that is believed', () => foreign, () => known.certFile],
  ['a self-made certificate where none was named', () => known, () => undefined],
])('says no word to whoever answers with %s', async (_, shown, believed) => {
  const url = await serve(shown(), json(200, permit));
  await expect(createLicensingClient(url, believed()).ask('/v1/check', 'secret')).rejects.toMatchObject({
    failure: 'untrusted',
  });
  expect(heard).toEqual([]);
});

it.each<[string, Answer, string]>([
  ['no permit', json(200, { permit: 5 }), 'forged'],
  ['no JSON', (_, response) => response.writeHead(200).end('<html>'), 'trouble'],
  ['a refusal', json(409, { code: 'key-in-use' }), 'key-in-use'],
  ['a refusal of a kind that nobody knows', json(409, { code: '<b>' }), 'trouble'],
  ['a fault', json(500, {}), 'trouble'],
  ['a hang-up', (_, response) => response.destroy(), 'unreachable'],
  [
    'the way to somewhere else',
    (_, response) => response.writeHead(307, { location: 'https://127.0.0.1:1/' }).end(),
    'unreachable',
  ],
  ['more than anybody would read', (_, response) => response.writeHead(200).end('x'.repeat(1_000_000)), 'unreachable'],
])('is answered %s', async (_, answer, failure) => {
  await expect(ask(await serve(known, answer))).rejects.toMatchObject({ failure });
});

it('finds nobody at a port where nobody is', async () => {
  await expect(ask('https://127.0.0.1:1')).rejects.toMatchObject({ failure: 'unreachable' });
});
