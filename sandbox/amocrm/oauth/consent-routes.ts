import type { FastifyInstance, FastifyReply } from 'fastify';
import { account } from '../crm/seed.ts';
import type { StandInContext } from '../stand-in-context.ts';

interface Asked {
  client_id?: string;
  state?: string;
  mode?: string;
}

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Where a person allows an integration or does not (contract 2.1). */
export function serveConsent(app: FastifyInstance, { oauth }: StandInContext): void {
  app.get<{ Querystring: Asked }>('/oauth', (request, reply) => {
    const { client_id: clientId, state = '' } = request.query;
    if (!oauth.integration || clientId !== oauth.integration.clientId) {
      return sendPage(reply.status(400), '<h1>Такой интеграции нет</h1>');
    }
    const consent = oauth.askForConsent();
    const answer = (path: string) =>
      `/oauth/${path}?${new URLSearchParams({ consent, state })}`.replaceAll('&', '&amp;');
    return sendPage(
      reply,
      `<h1>${account.name}</h1><p>Интеграция просит доступ к данным аккаунта.</p>
       <p><a id="allow" href="${answer('allow')}">Разрешить</a> <a id="deny" href="${answer('deny')}">Отказать</a></p>`,
    );
  });

  app.get<{ Querystring: { consent?: string; state?: string } }>('/oauth/allow', (request, reply) => {
    const { consent = '', state = '' } = request.query;
    if (!oauth.integration || !oauth.consume(consent)) return sendPage(reply.status(400), '<h1>Начните сначала</h1>');
    const given = {
      code: oauth.newCode(),
      referer: request.host,
      platform: '1',
      client_id: oauth.integration.clientId,
    };
    return reply.redirect(withQuery(oauth.integration.redirectUri, { ...given, ...(state && { state }) }));
  });

  app.get<{ Querystring: { consent?: string; state?: string } }>('/oauth/deny', (request, reply) => {
    const { consent = '', state = '' } = request.query;
    if (!oauth.integration || !oauth.consume(consent)) return sendPage(reply.status(400), '<h1>Начните сначала</h1>');
    return reply.redirect(
      withQuery(oauth.integration.redirectUri, { error: 'access_denied', ...(state && { state }) }),
    );
  });
}

export function withQuery(address: string, query: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

function sendPage(reply: FastifyReply, body: string): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html lang="ru"><meta charset="utf-8"><title>amoCRM</title><body>${body}</body></html>`);
}
