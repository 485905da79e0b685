import createClient from 'openapi-fetch';
import { type AmocrmAccess, fixedAccess } from './access.ts';
import { withAccess } from './with-access.ts';

interface Sent {
  url: string;
  token: string | null;
  body: string;
}

const renewing: AmocrmAccess = {
  current: async () => ({ baseUrl: 'https://old.amocrm.ru', token: 'old' }),
  renewed: async ({ token }) => ({ baseUrl: 'https://new.amocrm.ru/', token: `newer than ${token}` }),
};

/** Posts something. @param refuses whether amoCRM answers so to this token */
async function post(access: AmocrmAccess, refuses: (token: string) => boolean, refusal = 401) {
  const sent: Sent[] = [];
  const { entrance, fetch } = withAccess(access, async (request) => {
    const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
    sent.push({ url: request.url, token, body: await request.text() });
    return new Response('{}', {
      status: refuses(token) ? refusal : 200,
      headers: { 'content-type': 'application/json' },
    });
  });
  const client = createClient<{ '/x': { post: { requestBody: { content: { 'application/json': object } } } } }>({
    baseUrl: 'https://account.invalid',
    fetch,
  });
  client.use(entrance);
  const { response } = await client.POST('/x', { body: { n: 1 }, params: { query: { q: 'a b' } } } as never);
  return { sent, status: response.status };
}

it('a request goes to where the account lives, with the token of the moment', async () => {
  expect(await post(renewing, () => false)).toEqual({
    sent: [{ url: 'https://old.amocrm.ru/x?q=a%20b', token: 'old', body: '{"n":1}' }],
    status: 200,
  });
});

it('a request whose token is refused is sent once more, the same but for address and token', async () => {
  const { sent, status } = await post(renewing, (token) => token === 'old');
  expect(sent[1]).toEqual({ url: 'https://new.amocrm.ru/x?q=a%20b', token: 'newer than old', body: '{"n":1}' });
  expect(status).toBe(200);
});

it('a request that is sent elsewhere, since the account has moved, goes to where it lives now', async () => {
  const renewed = jest.fn(renewing.renewed);
  const { sent, status } = await post({ ...renewing, renewed }, (token) => token === 'old', 301);
  expect(sent[1]?.url).toBe('https://new.amocrm.ru/x?q=a%20b');
  expect(status).toBe(200);
  expect(renewed).toHaveBeenCalledWith(expect.objectContaining({ token: 'old' }), 'address');
});

it('with a token that lasts an account that has moved is told with what to do', async () => {
  const access = fixedAccess({ baseUrl: 'https://old.amocrm.ru', token: 'old' });
  await expect(post(access, () => true, 301)).rejects.toMatchObject({
    code: 'Moved',
    hadNoEffect: true,
    message: expect.stringContaining('set AMOCRM_BASE_URL to it'),
  });
});

it('is not sent a third time', async () => {
  const { sent, status } = await post(renewing, () => true);
  expect({ times: sent.length, status }).toEqual({ times: 2, status: 401 });
});

it('is not sent again if there is no other token', async () => {
  let times = 0;
  const access = { ...renewing, renewed: () => Promise.reject(new Error('none')) };
  const refuse = () => {
    times += 1;
    return true;
  };
  await expect(post(access, refuse)).rejects.toThrow('none');
  expect(times).toBe(1);
});
