import { decodeJwt, jwtVerify } from 'jose';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Account, Accounts } from '../../activities/store/accounts.ts';
import { clientSecretOf, type Secrets } from '../../activities/store/secrets.ts';
import { ApiError } from '../errors.ts';

/** What amoCRM says of who is at the screen (contract 2.5). */
const Claims = Type.Object({
  iss: Type.String({ maxLength: 300 }),
  jti: Type.String({ minLength: 1, maxLength: 100 }),
  iat: Type.Number(),
  exp: Type.Number(),
  account_id: Type.Integer({ minimum: 1 }),
  user_id: Type.Integer({ minimum: 1 }),
  client_uuid: Type.String({ maxLength: 100 }),
});
type Claims = Static<typeof Claims>;

/** Whoever works in amoCRM, proven by a token that amoCRM has signed. */
export interface AmocrmVisitor {
  account: Account;
  userId: number;
  jti: string;
  expiresAtMs: number;
}

/** An integration by whose secret amoCRM signs. */
export interface WidgetIntegration {
  clientId: string;
  clientSecret: string;
  /** Whose scheme and host the tokens name. */
  redirectUri: string;
}

const longestToken = 4_000;
const clockToleranceSeconds = 10;

/**
 * Who sends a one-time token of amoCRM.
 *
 * @param integrationOf that of the account; undefined if its secret is not known here
 * @throws ApiError 401, also for what a token does not say; 409 if the account has no integration
 */
export async function readWidgetToken(
  token: unknown,
  accounts: Pick<Accounts, 'findByAmocrmId' | 'findByAddress'>,
  integrationOf: (account: Account) => Promise<WidgetIntegration | undefined>,
): Promise<AmocrmVisitor> {
  const unproven = claimsOf(token);
  if (!unproven) throw new ApiError(401, 'token-refused');
  const account = await accountOf(unproven, accounts);
  if (!account) throw new ApiError(401, 'token-refused');
  const integration = await integrationOf(account);
  if (!integration) throw new ApiError(409, 'widget-needs-integration');
  const claims = await proven(String(token), integration);
  if (!claims || claims.client_uuid !== integration.clientId || originOf(claims.iss) !== account.baseUrl) {
    throw new ApiError(401, 'token-refused');
  }
  return { account, userId: claims.user_id, jti: claims.jti, expiresAtMs: claims.exp * 1000 };
}

/** How amoCRM knows an account; one that was connected by a long-lived token may have told us its address only. */
async function accountOf(
  { account_id, iss }: Claims,
  accounts: Pick<Accounts, 'findByAmocrmId' | 'findByAddress'>,
): Promise<Account | undefined> {
  const numbered = await accounts.findByAmocrmId(account_id);
  if (numbered) return numbered;
  const origin = originOf(iss);
  const resident = origin === undefined ? undefined : await accounts.findByAddress(origin);
  return resident?.amocrmId === null ? resident : undefined;
}

/** Nobody has signed these yet: good for finding the key to check by. */
function claimsOf(token: unknown): Claims | undefined {
  if (typeof token !== 'string' || token.length > longestToken) return undefined;
  try {
    const claims: unknown = decodeJwt(token);
    return Value.Check(Claims, claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

async function proven(token: string, integration: WidgetIntegration): Promise<Claims | undefined> {
  const { protocol, hostname, host } = new URL(integration.redirectUri);
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(integration.clientSecret), {
      algorithms: ['HS256'],
      audience: [`${protocol}//${hostname}`, `${protocol}//${host}`], // amoCRM leaves the port out
      clockTolerance: clockToleranceSeconds,
    });
    return Value.Check(Claims, payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}

const originOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).origin : undefined);

/** The integration of an account, where its secret is kept. @param own that of the environment beside a long-lived token */
export function createIntegrationOf(
  secrets: Pick<Secrets, 'read'>,
  own: { accountId: string; integration: WidgetIntegration } | undefined,
) {
  return async ({ id, clientId, redirectUri }: Account): Promise<WidgetIntegration | undefined> => {
    if (clientId === null) return own?.accountId === id ? own.integration : undefined;
    const clientSecret = await secrets.read(clientSecretOf(id));
    return clientSecret !== undefined && redirectUri !== null ? { clientId, clientSecret, redirectUri } : undefined;
  };
}
