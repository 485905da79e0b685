import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { accountUrl } from '../../proto/amocrm-address.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { claimsOf } from '../../proto/token-claims.ts';
import type { Integration } from '../store/accounts.ts';
import type { Answer, Ask } from './ask.ts';

/** Requests for tokens (contract 1 and 2.3). Nothing that comes out of here but `tokens` holds a secret. */

type TokenRequest = components['schemas']['TokenRequest'];

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

export type Grant = { code: string } | { refreshToken: string };

export type TokenAnswer =
  | { kind: 'given'; tokens: Tokens }
  /** amoCRM itself says no (contract 2.3). */
  | { kind: 'refused'; status: number; hint: string }
  /** Nobody knows; what was sent may serve again. `mayHaveMoved`: the account may live elsewhere now. */
  | { kind: 'later'; words: string; mayHaveMoved: boolean };

/** @param baseUrl of the account */
export async function requestTokens(
  ask: Ask,
  baseUrl: string,
  integration: Integration,
  grant: Grant,
): Promise<TokenAnswer> {
  const { clientId, clientSecret, redirectUri } = integration;
  const client = { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri };
  const body: TokenRequest =
    'code' in grant
      ? { ...client, grant_type: 'authorization_code', code: grant.code }
      : { ...client, grant_type: 'refresh_token', refresh_token: grant.refreshToken };
  const answer = await ask(`${baseUrl}/oauth2/access_token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status === undefined) return { kind: 'later', words: answer.words, mayHaveMoved: false };
  if (saysNo(answer)) return { kind: 'refused', status: answer.status, hint: hintOf(answer.body, Object.values(body)) };
  const given = answer.status === 200 && parsedTokens(answer.body);
  if (given) return { kind: 'given', tokens: given };
  const words = `amoCRM has trouble (${answer.status})`;
  return { kind: 'later', words, mayHaveMoved: isOutOfPlace(answer.status) };
}

const Problem = Type.Object({ title: Type.String(), status: Type.Integer() });

/** A proxy, a CDN or a page of maintenance may answer with any status, but not in amoCRM's words. */
function saysNo(answer: Answer): boolean {
  if (answer.status !== 400 && answer.status !== 401) return false;
  return Value.Check(Problem, answer.body) && answer.body.status === answer.status;
}

/** What an address answers at which the account does not live (any more), among others. */
function isOutOfPlace(status: number): boolean {
  return status >= 300 && status < 500 && ![402, 403, 408, 429].includes(status);
}

const AccountAddress = Type.Object({ domain: Type.String({ maxLength: 255 }) });

/** `unsaid`: amoCRM does not say, and will not; `unreachable`: nobody knows yet. */
export type Whereabouts = { kind: 'known'; baseUrl: string } | { kind: 'unsaid' } | { kind: 'unreachable' };

/**
 * Where the account lives now (contract 1).
 *
 * @param ownUrl the address of the configuration
 */
export async function askWhereAccountLives(
  ask: Ask,
  { accessToken, refreshToken }: Pick<Tokens, 'accessToken' | 'refreshToken'>,
  ownUrl: string | undefined,
): Promise<Whereabouts> {
  const { apiDomain } = claimsOf(accessToken);
  const asked = apiDomain === undefined ? undefined : accountUrl(apiDomain, ownUrl);
  if (asked === undefined) return { kind: 'unsaid' };
  const url = `${asked}/oauth2/account/current/subdomain`;
  const answer = await ask(url, { headers: { 'X-Refresh-Token': refreshToken } });
  if (saysNo(answer)) return { kind: 'unsaid' };
  if (answer.status !== 200 || !Value.Check(AccountAddress, answer.body)) return { kind: 'unreachable' };
  const baseUrl = accountUrl(answer.body.domain, ownUrl);
  return baseUrl === undefined ? { kind: 'unsaid' } : { kind: 'known', baseUrl };
}

const AccountAnswer = Type.Object({ id: Type.Integer({ minimum: 1 }) });

/** amoCRM's number of the account that this token belongs to; undefined if that can't be learned now. */
export async function askAccountNumber(ask: Ask, baseUrl: string, accessToken: string): Promise<number | undefined> {
  const headers = { Authorization: `Bearer ${accessToken}` };
  const answer = await ask(`${baseUrl}/api/v4/account`, { headers });
  const isKnown = answer.status === 200 && Value.Check(AccountAnswer, answer.body);
  return isKnown ? (answer.body as Static<typeof AccountAnswer>).id : undefined;
}

/** Whether amoCRM says that this token is not an administrator's: to them alone it shows the users (contract 4). */
export async function isKnownAsNoAdministrator(ask: Ask, baseUrl: string, accessToken: string): Promise<boolean> {
  const headers = { Authorization: `Bearer ${accessToken}` };
  const answer = await ask(`${baseUrl}/api/v4/users?limit=1`, { headers });
  return answer.status === 403 && answer.body !== undefined; // a blocked account's answer is a page
}

const TokensGiven = Type.Object({
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer({ minimum: 1 }),
  access_token: Type.String({ pattern: '^[\\x21-\\x7e]+$' }),
  refresh_token: Type.String({ pattern: '^[\\x21-\\x7e]+$' }),
});

function parsedTokens(body: unknown): Tokens | undefined {
  if (!Value.Check(TokensGiven, body)) return undefined;
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresInSeconds } = body;
  return { accessToken, refreshToken, expiresInSeconds };
}

const longestHint = 120;

/** amoCRM's own words, unless they quote what was sent. */
function hintOf(body: unknown, sent: string[]): string {
  const { hint } = (body ?? {}) as { hint?: unknown };
  if (typeof hint !== 'string' || sent.some((value) => value.length > 20 && hint.includes(value))) return '';
  return hint.slice(0, longestHint).replaceAll(/[^\w .,:;'`()-]/g, '');
}
