import { createHmac } from 'node:crypto';
import { zipSync } from 'fflate';
import { type StandIn, startStandIn } from '../testing/start-stand-in.ts';

const integration = {
  clientId: 'the-client',
  clientSecret: 'the-secret',
  redirectUri: 'https://ringflow.example:8443/o',
};
const tokenPath = '/ajax/v2/integrations/the-client/disposable_token';

let standIn: StandIn;

beforeEach(async () => {
  standIn = await startStandIn();
  await standIn.control('PUT', '/sandbox/oauth/integration', integration);
});
afterEach(() => standIn.app.close());

async function signIn(user: string | number): Promise<{ cookie: string }> {
  const answer = await fetch(`${standIn.url}/contacts/?user=${user}`);
  return { cookie: answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '' };
}

const get = (path: string, headers = {}) => fetch(standIn.url + path, { headers });

async function token(headers: { cookie: string }): Promise<string> {
  return ((await (await get(tokenPath, headers)).json()) as { token: string }).token;
}

const partOf = (jwt: string, index: number) =>
  JSON.parse(Buffer.from(jwt.split('.')[index] ?? '', 'base64url').toString());

it("signs a token of the person with the integration's secret, a new one each time, for half an hour", async () => {
  const session = await signIn(504142);
  const jwt = await token(session);
  const [head, body, signature] = jwt.split('.');
  expect(signature).toBe(createHmac('sha256', 'the-secret').update(`${head}.${body}`).digest('base64url'));
  expect(partOf(jwt, 0)).toEqual({ typ: 'JWT', alg: 'HS256' });
  const { iat, nbf, exp, jti, ...claims } = partOf(jwt, 1);
  expect(claims).toEqual({
    ...{ iss: standIn.url, aud: 'https://ringflow.example', account_id: 31415926, user_id: 504142 },
    ...{ client_uuid: 'the-client', subdomain: 'romashka', is_admin: false },
  });
  expect([nbf, exp]).toEqual([iat, iat + 1800]);
  expect(partOf(await token(session), 1).jti).not.toBe(jti);
});

it('repeats a token while it lives, if that is wished', async () => {
  await standIn.control('PATCH', '/sandbox/widget', { repeatsTokens: true });
  const [anna, boris] = [await signIn(504141), await signIn(504142)];
  const first = await token(anna);
  expect(await token(anna)).toBe(first);
  expect(await token(boris)).not.toBe(first);
  await standIn.control('POST', '/sandbox/oauth/clock', { seconds: 1801 });
  expect(await token(anna)).not.toBe(first);
});

it('gives tokens, pages and the API to who has signed in, and to nobody else', async () => {
  for (const path of [tokenPath, '/contacts/', '/crm-page/start', '/api/v4/contacts']) {
    expect((await get(path)).status).toBe(401);
    expect((await get(path, { cookie: 'amocrm_session=guessed' })).status).toBe(401);
    expect((await get(path, await signIn(504142))).status).toBe(200);
  }
  expect((await get('/contacts/?user=1')).status).toBe(404);
});

it('takes an archive as amoCRM does, and gives out its files', async () => {
  const upload = (files: Record<string, string>) => {
    const body = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])));
    const headers = { 'content-type': 'application/zip' };
    return fetch(`${standIn.url}/sandbox/widget`, { method: 'PUT', headers, body: new Uint8Array(body) });
  };
  expect((await upload({ 'widget/manifest.json': '{}' })).status).toBe(400);
  expect((await upload({ 'manifest.json': '{', 'script.js': '' })).status).toBe(400);
  expect((await upload({ 'manifest.json': '{"widget":{}}', 'script.js': 'define()' })).status).toBe(204);
  const script = await get('/widgets/ringflow/script.js?v=1');
  expect([await script.text(), script.headers.get('content-type')]).toEqual([
    'define()',
    'text/javascript; charset=utf-8',
  ]);
  expect((await get('/widgets/ringflow/no.js')).status).toBe(404);
});
