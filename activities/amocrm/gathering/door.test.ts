import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noLimit } from '../../../tests/rig/amocrm-client.ts';
import { fixedAccess } from '../access.ts';
import { createDoor } from './door.ts';

let server: Server;
let url: string;
let heard = 0;
beforeAll(async () => {
  server = createServer((_, response) => {
    heard++;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** @param heldUpMs since the ledger said that the request may leave */
async function post(heldUpMs: number) {
  heard = 0;
  const nowMs = performance.now();
  const departure = { ...(await noLimit.place()), grantedAtMs: nowMs, askedAtMs: nowMs - heldUpMs };
  const client = createDoor({ access: fixedAccess({ baseUrl: url, token: 'token' }), limiter: noLimit })(departure);
  const outcome = await client.POST('/api/v4/leads', { body: [] }).catch((error: unknown) => error);
  return { outcome, heard };
}

it('a request leaves soon after the ledger has let it, or not at all: another attempt may have begun', async () => {
  expect(await post(6_000)).toMatchObject({ heard: 1 });
  expect(await post(7_001)).toMatchObject({ heard: 0, outcome: { code: 'RateLimited', hadNoEffect: true } });
});
