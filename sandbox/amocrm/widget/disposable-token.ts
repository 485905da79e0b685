import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { account } from '../crm/seed.ts';
import { signedToken } from '../oauth/jwt.ts';
import type { Integration } from '../oauth/oauth-store.ts';
import type { StandInContext } from '../stand-in-context.ts';

const lifeSeconds = 30 * 60;

/** Where amoCRM's page gets what `$authorizedAjax` sends along (contract 2.5). */
export function serveDisposableTokens(app: FastifyInstance, context: StandInContext): void {
  const given = new Map<number, { token: string; untilMs: number }>();

  app.get<{ Params: { clientId: string } }>('/ajax/v2/integrations/:clientId/disposable_token', (request, reply) => {
    const userId = context.sessions.userOf(request);
    const { integration } = context.oauth;
    if (userId === undefined) return reply.status(401).send({ error: 'Nobody has signed in' });
    if (integration?.clientId !== request.params.clientId) {
      return reply.status(404).send({ error: 'There is no such integration' });
    }
    const nowMs = context.oauth.nowMs();
    const earlier = given.get(userId);
    const isRepeated = context.widgets.repeatsTokens && earlier !== undefined && earlier.untilMs > nowMs;
    const token = isRepeated ? earlier.token : newToken(integration, userId, `http://${request.host}`, nowMs, context);
    if (!isRepeated) given.set(userId, { token, untilMs: nowMs + lifeSeconds * 1000 });
    return reply.header('cache-control', 'no-store').send({ token });
  });
}

/** @param issuer address of the account, with its scheme */
function newToken(
  { clientId, clientSecret, redirectUri }: Integration,
  userId: number,
  issuer: string,
  nowMs: number,
  { store }: StandInContext,
): string {
  const { protocol, hostname } = new URL(redirectUri);
  const nowSeconds = Math.floor(nowMs / 1000);
  const claims = {
    iss: issuer,
    aud: `${protocol}//${hostname}`,
    jti: randomUUID(),
    iat: nowSeconds,
    nbf: nowSeconds,
    exp: nowSeconds + lifeSeconds,
    account_id: account.id,
    user_id: userId,
    client_uuid: clientId,
    subdomain: account.subdomain,
    is_admin: store.users.find(({ id }) => id === userId)?.isAdmin ?? false,
  };
  return signedToken(claims, clientSecret);
}
