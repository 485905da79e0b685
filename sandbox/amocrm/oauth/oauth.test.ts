import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { account } from '../crm/seed.ts';
import { type StandIn, startStandIn } from '../testing/start-stand-in.ts';

let standIn: StandIn;
let integration: Server;
/** What amoCRM asked of the integration. */
let asked: URL[];
let own: { clientId: string; clientSecret: string; redirectUri: string; disabledUrl: string };

beforeEach(async () => {
  standIn = await startStandIn();
  asked = [];
  integration = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://integration'));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(integration, 'listening');
  const origin = `http://127.0.0.1:${(integration.address() as AddressInfo).port}`;
  own = {
    clientId: 'our-id',
    clientSecret: 'our-secret',
    redirectUri: `${origin}/landing`,
    disabledUrl: `${origin}/disabled`,
  };
  await standIn.control('PUT', '/sandbox/oauth/integration', own);
});
afterEach(async () => {
  await standIn.app.close();
  integration.close();
});

const client = () => ({ client_id: own.clientId, client_secret: own.clientSecret, redirect_uri: own.redirectUri });

async function tokensFor(given: object, changes: object = {}) {
  const answer = await fetch(`${standIn.url}/oauth2/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...client(), ...given, ...changes }),
  });
  const body = (await answer.json()) as Record<string, string>;
  return { status: answer.status, hint: body.hint, access: body.access_token, refresh: body.refresh_token, body };
}
const byCode = (code: string, changes?: object) => tokensFor({ grant_type: 'authorization_code', code }, changes);
const byRefresh = (token?: string) => tokensFor({ grant_type: 'refresh_token', refresh_token: token });

async function statusWith(token = ''): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${standIn.url}/api/v4/account`, { headers })).status;
}

it('sends a person who allows it back with a code and the state as it was sent', async () => {
  const landed = new URL(await standIn.answerConsent('allow', own.clientId, 'a state & more'));
  expect(`${landed.origin}${landed.pathname}`).toBe(own.redirectUri);
  expect(landed.searchParams.get('state')).toBe('a state & more');
  expect(landed.searchParams.get('referer')).toBe(new URL(standIn.url).host);
  expect((await byCode(landed.searchParams.get('code') ?? '')).status).toBe(200);
});

it('sends a person who refuses back with an error', async () => {
  const landed = new URL(await standIn.answerConsent('deny', own.clientId, 'st'));
  expect(Object.fromEntries(landed.searchParams)).toEqual({ error: 'access_denied', state: 'st' });
});

it('gives tokens that the API takes, for a code once', async () => {
  const code = await standIn.code(own.clientId);
  const { access, body } = await byCode(code);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 86_400 });
  expect(await statusWith(access)).toBe(200);
  expect(await byCode(code)).toMatchObject({ status: 400, hint: 'Authorization code has been revoked' });
});

it.each([
  [{ client_id: 'x' }, 'Check the `client_id` parameter'],
  [{ client_secret: 'x' }, 'Check the `client_secret` parameter'],
  [{ redirect_uri: 'http://127.0.0.1/x' }, 'Redirect URI is not associated with client'],
  [{ code: undefined }, 'Check the `code` parameter'],
  [{ code: 'x' }, 'Cannot decrypt the authorization code'],
  [{ grant_type: 'password' }, 'Check the `grant_type` parameter'],
])('refuses %j', async (changes, hint) => {
  expect(await byCode(await standIn.code(own.clientId), changes)).toMatchObject({ status: 400, hint });
});

it('a refresh token serves once, and the access token before it no more', async () => {
  const first = await byCode(await standIn.code(own.clientId));
  const second = await byRefresh(first.refresh);
  expect([await statusWith(first.access), await statusWith(second.access)]).toEqual([401, 200]);
  expect(await byRefresh(first.refresh)).toMatchObject({ status: 401, hint: 'Token has been revoked' });
  expect((await byRefresh(second.refresh)).status).toBe(200);
});

it('what is given lives as long as amoCRM says', async () => {
  const old = await standIn.code(own.clientId);
  const { access, refresh } = await byCode(await standIn.code(own.clientId));
  await standIn.control('POST', '/sandbox/oauth/clock', { seconds: 20 * 60 });
  expect(await byCode(old)).toMatchObject({ status: 400, hint: 'Authorization code has expired' });
  expect(await statusWith(access)).toBe(200);
  await standIn.control('POST', '/sandbox/oauth/clock', { seconds: 86_400 });
  expect(await statusWith(access)).toBe(401);
  expect((await byRefresh(refresh)).status).toBe(200);
  const { refresh: last } = await byCode(await standIn.code(own.clientId));
  await standIn.control('POST', '/sandbox/oauth/clock', { seconds: 90 * 86_400 });
  expect((await byRefresh(last)).status).toBe(401);
});

it('tells where the account lives without spending the refresh token', async () => {
  const { refresh = '' } = await byCode(await standIn.code(own.clientId));
  const ask = async (token: string) => {
    const answer = await fetch(`${standIn.url}/oauth2/account/current/subdomain`, {
      headers: { 'x-refresh-token': token },
    });
    return { status: answer.status, body: await answer.json() };
  };
  expect(await ask(refresh)).toMatchObject({
    status: 200,
    body: { id: account.id, domain: new URL(standIn.url).host },
  });
  expect((await byRefresh(refresh)).status).toBe(200);
  expect((await ask(refresh)).status).toBe(401);
});

it('withdrawn access ends all at once', async () => {
  const { access, refresh } = await byCode(await standIn.code(own.clientId));
  await standIn.control('POST', '/sandbox/oauth/revoke');
  expect(await statusWith(access)).toBe(401);
  expect((await byRefresh(refresh)).status).toBe(401);
});

it('installs the widget by a request of its own, without a state', async () => {
  await standIn.control('POST', '/sandbox/oauth/install');
  expect([...(asked[0]?.searchParams.keys() ?? [])].sort()).toEqual(['code', 'from_widget', 'referer']);
  expect((await byCode(asked[0]?.searchParams.get('code') ?? '')).status).toBe(200);
});

it('switched off, it tells the integration so, signed', async () => {
  const { access } = await byCode(await standIn.code(own.clientId));
  await standIn.control('POST', '/sandbox/oauth/off');
  expect(await statusWith(access)).toBe(401);
  const signature = createHmac('sha256', own.clientSecret).update(`${own.clientId}|${account.id}`).digest('hex');
  expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
    account_id: String(account.id),
    client_uuid: own.clientId,
    signature,
  });
});
