import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noLimit } from '../../../tests/rig/amocrm-client.ts';
import type { AmocrmAccess } from '../access.ts';
import { createDoor } from './door.ts';

let server: Server;
let heard: string[];
let answer: RequestListener;
beforeEach(async () => {
  heard = [];
  answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.headers.authorization}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  jest.restoreAllMocks();
  server.close();
  server.closeAllConnections();
});

const access: AmocrmAccess = {
  current: async () => ({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'old' }),
  renewed: async (pass) => ({ ...pass, token: 'new' }),
};

/** @param heldUpMs since the ledger said that the request may leave */
async function clientThrough(heldUpMs: number) {
  const nowMs = performance.now();
  const departure = { ...(await noLimit.place()), grantedAtMs: nowMs, askedAtMs: nowMs - heldUpMs };
  return createDoor({ access, limiter: noLimit })(departure);
}

async function post(heldUpMs = 0): Promise<unknown> {
  const client = await clientThrough(heldUpMs);
  return client.POST('/api/v4/leads', { body: [] }).catch((error: unknown) => error);
}

const now = performance.now.bind(performance);

/** So many ms pass of which nothing is noticed. */
function sleepFor(ms: number): void {
  jest.spyOn(performance, 'now').mockImplementation(() => now() + ms);
}

const notSent = { code: 'RateLimited', hadNoEffect: true };

describe('a request leaves soon after the ledger has let it, or not at all, for another attempt may have begun:', () => {
  it('it may be held up before', async () => {
    await post(6_000);
    expect(heard).toHaveLength(1);
    expect(await post(7_001)).toMatchObject(notSent);
    expect(heard).toHaveLength(1);
  });

  it('the machine may sleep while the connection is made', async () => {
    const sleep = () => sleepFor(7_001);
    subscribe('undici:client:connected', sleep);
    const outcome = await post();
    unsubscribe('undici:client:connected', sleep);
    expect({ outcome, heard }).toMatchObject({ outcome: notSent, heard: [] });
  });

  it.each([
    [6_000, ['POST Bearer old', 'POST Bearer new']],
    [7_001, ['POST Bearer old']],
  ])('its token may be refused after %i ms', async (ms, expected) => {
    answer = (_, response) => {
      sleepFor(ms);
      response.writeHead(401, { 'content-type': 'application/json' }).end('{}');
    };
    const outcome = await post();
    expect(heard).toEqual(expected);
    if (expected.length === 1) expect(outcome).toMatchObject(notSent);
  });
});

it('what only asks goes on asking for as long as it takes', async () => {
  const client = await clientThrough(0);
  await client.GET('/api/v4/leads');
  sleepFor(7_001);
  await client.GET('/api/v4/leads');
  expect(heard).toHaveLength(2);
});
