import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { account } from '../crm/seed.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { withQuery } from './consent-routes.ts';
import { Integration } from './oauth-store.ts';

/** amoCRM waits so long for an integration and looks at no answer (contract 2.2). */
const patienceMs = 3_000;

/** What a developer, an administrator and the clock do to an integration, by hand. */
export function serveOauthControls(app: FastifyInstance, { oauth }: StandInContext): void {
  app.get('/sandbox/oauth', (_request, reply) => reply.header('cache-control', 'no-store').send(oauth.issued));

  app.put<{ Body: Integration }>('/sandbox/oauth/integration', { schema: { body: Integration } }, (request, reply) => {
    oauth.setIntegration(request.body);
    return reply.status(204).send();
  });

  app.post<{ Body: { seconds: number } }>(
    '/sandbox/oauth/clock',
    { schema: { body: Type.Object({ seconds: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }) } },
    (request, reply) => {
      oauth.advance(request.body.seconds);
      return reply.status(204).send();
    },
  );

  app.post('/sandbox/oauth/expire', (_request, reply) => {
    oauth.expireAccessTokens();
    return reply.status(204).send();
  });

  app.post('/sandbox/oauth/revoke', (_request, reply) => {
    oauth.revoke();
    return reply.status(204).send();
  });

  app.post('/sandbox/oauth/install', async (request, reply) => {
    if (!oauth.integration) return reply.status(409).send({ error: 'There is no integration' });
    const given = { code: oauth.newCode(), referer: request.host, from_widget: '1' };
    await tell(withQuery(oauth.integration.redirectUri, given));
    return reply.status(204).send();
  });

  app.post('/sandbox/oauth/off', async (_request, reply) => {
    const { integration } = oauth;
    oauth.switchOff();
    if (integration?.disabledUrl !== undefined) await tell(hookOf(integration, integration.disabledUrl));
    return reply.status(204).send();
  });
}

/** Signed as amoCRM does it (contract 2.6). */
function hookOf({ clientId, clientSecret }: Integration, disabledUrl: string): string {
  const signature = createHmac('sha256', clientSecret).update(`${clientId}|${account.id}`).digest('hex');
  return withQuery(disabledUrl, { account_id: String(account.id), client_uuid: clientId, signature });
}

async function tell(url: string): Promise<void> {
  await fetch(url, { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
}
