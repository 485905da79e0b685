import { type StandIn, startStandIn } from '../testing/start-stand-in.ts';

let standIn: StandIn;
afterEach(() => standIn.app.close());

const ask = (more: Record<string, string> = {}) => standIn.api('GET', '/api/v4/account', undefined, more);
const askOften = async (times: number) => {
  const statuses: number[] = [];
  for (let count = 0; count < times; count++) statuses.push((await ask()).status);
  return statuses;
};

describe('the token', () => {
  beforeEach(async () => {
    standIn = await startStandIn();
  });

  it.each([['Bearer something-else'], ['the-token-of-the-tests'], ['']])('%p is refused', async (authorization) => {
    const answer = await ask({ authorization });
    expect(answer).toMatchObject({ status: 401, body: { status: 401, detail: 'Invalid user name or password' } });
    expect(answer.contentType).toContain('application/problem+json');
  });

  it('that is right is accepted', async () => {
    expect((await ask()).status).toBe(200);
  });
});

it('an address that is too long is refused with a page that is no JSON', async () => {
  standIn = await startStandIn();
  const ids = Array.from({ length: 300 }, (_, index) => `filter[entity_id][]=${100_000_000 + index}`).join('&');
  const answer = await standIn.api('GET', `/api/v4/leads/notes?${ids}`);
  expect(answer.status).toBe(414);
  expect(answer.contentType).toContain('text/html');
});

describe('the limit of seven requests a second', () => {
  let nowMs: number;
  const start = async (options: Parameters<typeof startStandIn>[0] = {}) => {
    nowMs = Date.UTC(2027, 0);
    standIn = await startStandIn({ requestsPerSecond: 7, now: () => nowMs, ...options });
  };

  it('refuses the eighth with 429, and takes the next when a second has passed', async () => {
    await start({ retryAfterSeconds: 3 });
    expect(await askOften(7)).toEqual([200, 200, 200, 200, 200, 200, 200]);
    expect(await ask()).toMatchObject({ status: 429, body: { status: 429, retry_after: 3 } });
    nowMs += 999;
    expect((await ask()).status).toBe(429);
    nowMs += 1;
    expect((await ask()).status).toBe(200);
  });

  it('can answer with a page that is no JSON', async () => {
    await start({ rateAnswer: 'html' });
    await askOften(7);
    const answer = await ask();
    expect(answer.status).toBe(429);
    expect(answer.contentType).toContain('text/html');
  });

  it('blocks who does not listen with an HTML page, for good', async () => {
    await start({ overrunsBeforeBlock: 20 });
    expect(new Set((await askOften(7 + 20)).slice(7))).toEqual(new Set([429]));
    const blocked = await ask();
    expect(blocked.status).toBe(403);
    expect(blocked.contentType).toContain('text/html');
    expect(blocked.text).toContain('<h1>403 Forbidden</h1>');
    nowMs += 3_600_000;
    expect((await ask()).status).toBe(403);
    const headers = { host: '127.0.0.1' };
    await standIn.app.inject({ method: 'POST', url: '/sandbox/reset', headers });
    expect((await ask()).status).toBe(200);
  });

  it('forgives those who overran long ago', async () => {
    await start({ overrunsBeforeBlock: 5 });
    for (let round = 0; round < 4; round++) {
      expect((await askOften(7 + 4)).slice(7)).toEqual([429, 429, 429, 429]);
      nowMs += 61_000;
    }
  });
});

it('writes every request down, also those it refused', async () => {
  standIn = await startStandIn();
  await ask();
  await ask({ authorization: 'Bearer x' });
  await standIn.api('GET', '/api/v4/contacts?query=nobody');
  const { requests, requestCount } = await standIn.state();
  expect(requestCount).toBe(3);
  expect(requests).toMatchObject([
    { method: 'GET', path: '/api/v4/account', status: 200 },
    { method: 'GET', path: '/api/v4/account', status: 401 },
    { method: 'GET', path: '/api/v4/contacts', query: 'query=nobody', status: 204 },
  ]);
});
