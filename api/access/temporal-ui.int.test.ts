import { startTestApi, type TestApi } from '../../tests/rig/api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi('https://ringflow.example');
});
afterAll(() => api.close());

/** As the door asks for a request to the UI. */
const ask = (cookie: string | undefined, method: string, headers: Record<string, string> = {}) =>
  api.app.inject({
    ...{ method: 'GET', url: '/api/temporal-ui/door' },
    headers: { 'x-forwarded-method': method, ...(cookie && { cookie }), ...headers },
  });

const ownPage = { 'sec-fetch-site': 'same-origin', origin: 'https://ringflow.example' };

it('lets administrators pass, to look and to act', async () => {
  const { cookie } = await api.person({ role: 'admin' });
  expect((await ask(cookie, 'GET')).statusCode).toBe(204);
  expect((await ask(cookie, 'POST', ownPage)).statusCode).toBe(204);
});

it('keeps out strangers, and whoever has signed out', async () => {
  const { cookie, send } = await api.person({ role: 'admin' });
  await send('DELETE', '/api/session');
  for (const who of [undefined, 'ringflow_session=forged', cookie]) {
    const answer = await ask(who, 'GET');
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'sign-in-needed']);
  }
});

it('keeps out viewers and heads: the UI shows and ends calls of all accounts', async () => {
  for (const role of ['viewer', 'head'] as const) {
    const { cookie } = await api.person({ role });
    const answer = await ask(cookie, 'GET');
    expect([role, answer.statusCode, answer.json().code]).toEqual([role, 403, 'not-allowed']);
  }
});

it('lets no page of others act with the cookie of an administrator', async () => {
  const { cookie } = await api.person({ role: 'admin' });
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
  ];
  for (const headers of foreign) {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await ask(cookie, method, headers);
      expect([method, answer.statusCode, answer.json().code]).toEqual([method, 403, 'foreign-page']);
    }
  }
});

it('is remembered by nobody on the way', async () => {
  const { cookie } = await api.person({ role: 'admin' });
  expect((await ask(cookie, 'GET')).headers['cache-control']).toBe('no-store');
});
