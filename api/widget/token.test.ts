import { SignJWT, UnsecuredJWT } from 'jose';
import type { Account } from '../../activities/store/accounts.ts';
import { readWidgetToken } from './token.ts';

const account = { id: 'shop', baseUrl: 'https://shop.amocrm.ru', amocrmId: 31415926 } as Account;
const neighbour = { id: 'neighbour', baseUrl: 'https://neighbour.amocrm.ru', amocrmId: 27182818 } as Account;
const untold = { id: 'untold', baseUrl: 'https://untold.amocrm.ru', amocrmId: null } as Account;
const all = [account, neighbour, untold];
const accounts = {
  findByAmocrmId: async (id: number) => all.find(({ amocrmId }) => amocrmId === id),
  findByAddress: async (origin: string) => all.find(({ baseUrl }) => baseUrl === origin),
};
const integration = {
  ...{ clientId: '0f3a5c5e', clientSecret: 'a secret of the integration' },
  redirectUri: 'https://ringflow.example:8443/oauth/amocrm',
};
const secretOf = (text: string) => new TextEncoder().encode(text);
const nowSeconds = Math.floor(Date.now() / 1000);
const claims = {
  ...{ iss: account.baseUrl, aud: 'https://ringflow.example', jti: 'b1946ac9', client_uuid: integration.clientId },
  ...{ iat: nowSeconds, nbf: nowSeconds, exp: nowSeconds + 1_800, account_id: 31415926, user_id: 504141 },
};

const signed = (changes: object = {}, secret = integration.clientSecret, alg = 'HS256') =>
  new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg }).sign(secretOf(secret));
const read = (token: unknown) => readWidgetToken(token, accounts, async () => integration);

it('knows account and user by what amoCRM has signed', async () => {
  expect(await read(await signed())).toEqual({
    ...{ account, userId: 504141, jti: 'b1946ac9', expiresAtMs: (nowSeconds + 1_800) * 1000 },
  });
});

it('knows an account by its address that has never told its number', async () => {
  const token = await signed({ iss: untold.baseUrl, account_id: 1 });
  expect((await read(token)).account).toBe(untold);
});

it.each([
  ['nothing', async () => undefined],
  ['what is no token', async () => 'a.b.c'],
  ['a very long one', async () => 'a'.repeat(1_000_000)],
  ['one that nobody has signed', async () => new UnsecuredJWT(claims).encode()],
  ['one signed with another secret', () => signed({}, 'another secret of somebody')],
  ['one signed in another way', () => signed({}, integration.clientSecret, 'HS512')],
  ['one whose signature was changed', async () => `${(await signed()).slice(0, -3)}AAA`],
  ['one whose time is over', () => signed({ exp: nowSeconds - 60 })],
  ['one from later', () => signed({ nbf: nowSeconds + 600 })],
  ['one for another server', () => signed({ aud: 'https://evil.example' })],
  ['one for another integration', () => signed({ client_uuid: 'another' })],
  ['one of another account with the same key', () => signed({ account_id: neighbour.amocrmId })],
  ['one of an account that is not served here', () => signed({ account_id: 5, iss: 'https://other.amocrm.ru' })],
  ['one of an unknown number at a known address', () => signed({ account_id: 5 })],
  ['one without a user', () => signed({ user_id: undefined })],
  ['a user that is none', () => signed({ user_id: '504141 OR 1=1' })],
])('refuses %s', async (_, token) => {
  await expect(read(await token())).rejects.toMatchObject({ status: 401, code: 'token-refused' });
});

it('says what is missing where no integration is known', async () => {
  const reading = readWidgetToken(await signed(), accounts, async () => undefined);
  await expect(reading).rejects.toMatchObject({ status: 409, code: 'widget-needs-integration' });
});
