import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';
import { account } from '../crm/seed.ts';
import { guardApi } from '../gate/api-gate.ts';
import type { StandInContext } from '../stand-in-context.ts';
import type { OauthStore, TokenRefusal } from './oauth-store.ts';

type Schemas = components['schemas'];

/** How an integration gets its tokens, and asks where the account lives (contract 1 and 2.3). */
export function serveTokens(app: FastifyInstance, context: StandInContext): void {
  const { oauth } = context;
  guardApi(app, context, () => null);
  app.setErrorHandler((error: FastifyError, _request, reply) => sendRefusal(reply, 400, error.message));

  app.post('/oauth2/access_token', (request, reply) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const refusal = refusalOfClient(body, oauth);
    if (refusal) return sendRefusal(reply, refusal.status, refusal.hint);
    const answer =
      body.grant_type === 'authorization_code'
        ? oauth.exchange(String(body.code), request.host)
        : oauth.refresh(String(body.refresh_token), request.host);
    if ('hint' in answer) return sendRefusal(reply, answer.status, answer.hint);
    const tokens: Schemas['TokenAnswer'] = {
      token_type: 'Bearer',
      expires_in: answer.expiresInSeconds,
      server_time: Math.floor(oauth.nowMs() / 1000),
      access_token: answer.accessToken,
      refresh_token: answer.refreshToken,
    };
    return reply.type('application/json').send(JSON.stringify(tokens));
  });

  app.get('/oauth2/account/current/subdomain', (request, reply) => {
    const token = request.headers['x-refresh-token'];
    if (typeof token !== 'string' || !oauth.knowsRefreshToken(token)) {
      return sendRefusal(reply, 401, 'Token has been revoked');
    }
    const { id, subdomain } = account;
    const body: Schemas['AccountAddress'] = { id, subdomain, domain: request.host, top_level_domain: 'ru' };
    return reply.type('application/json').send(JSON.stringify(body));
  });
}

/** All must be there, and equal to what was set for the integration character for character. */
function refusalOfClient(body: Record<string, unknown>, { integration }: OauthStore): TokenRefusal | undefined {
  const own = { authorization_code: 'code', refresh_token: 'refresh_token' }[String(body.grant_type)];
  if (own === undefined) return { status: 400, hint: 'Check the `grant_type` parameter' };
  const isFilled = (name: string) => typeof body[name] === 'string' && body[name] !== '';
  const missing = ['client_id', 'client_secret', 'redirect_uri', own].find((name) => !isFilled(name));
  if (missing !== undefined) return { status: 400, hint: `Check the \`${missing}\` parameter` };
  if (!integration || body.client_id !== integration.clientId)
    return { status: 400, hint: 'Check the `client_id` parameter' };
  if (body.client_secret !== integration.clientSecret) {
    return { status: 400, hint: 'Check the `client_secret` parameter' };
  }
  if (body.redirect_uri === integration.redirectUri) return undefined;
  return { status: 400, hint: 'Redirect URI is not associated with client' };
}

function sendRefusal(reply: FastifyReply, status: number, hint: string): FastifyReply {
  const body: Schemas['OAuthProblem'] = {
    hint,
    title: status === 401 ? 'Unauthorized' : 'Bad Request',
    type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
    status,
    detail: hint,
  };
  return reply.status(status).type('application/json').send(JSON.stringify(body));
}
