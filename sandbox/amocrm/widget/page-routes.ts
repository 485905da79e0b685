import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { account } from '../crm/seed.ts';
import type { StandInContext } from '../stand-in-context.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // the widget's server is elsewhere
  'connect-src http: https:',
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const contentTypes: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

const files = [
  ...['app.js', 'authorized-ajax.js', 'complaints.js', 'crm.css', 'integrations.js', 'jquery.js', 'loader.js'],
  ...['make.js', 'pages.js', 'start.js', 'strict.js', 'widget-object.js'],
];

/** Addresses of amoCRM at which a widget can live. */
const addresses = [
  ...['/contacts/', '/contacts/add/', '/contacts/detail/:id', '/companies/detail/:id', '/leads/detail/:id'],
  '/settings/widgets/',
];

type Asked = { Querystring: { user?: string; lang?: string } };

/**
 * amoCRM's own pages as a widget sees them: `/contacts/?user=504142&lang=ru` signs in that user. Whatever the widget
 * uses that amoCRM does not document is complained of in the console.
 */
export function serveWidgetPage(app: FastifyInstance, context: StandInContext): void {
  for (const file of files) app.get(`/crm-page/${file}`, (_request, reply) => send(reply, file));

  for (const address of addresses) {
    app.get<Asked>(address, (request, reply) => {
      const { user } = request.query;
      if (user !== undefined) {
        const isUser = context.store.users.some(({ id, isActive }) => isActive && String(id) === user);
        if (!isUser) return reply.status(404).send({ error: 'There is no such user' });
        context.sessions.begin(Number(user), reply);
        return send(reply, 'index.html');
      }
      if (context.sessions.userOf(request) !== undefined) return send(reply, 'index.html');
      return reply.status(401).send({ error: 'Say who signs in: ?user=504141' });
    });
  }

  app.get<Asked>('/crm-page/start', (request, reply) => {
    const userId = context.sessions.userOf(request);
    if (userId === undefined) return reply.status(401).send({ error: 'Nobody has signed in' });
    return reply.header('cache-control', 'no-store').send(start(context, userId, request));
  });

  app.put<{ Body: { isInstalled: boolean } }>('/crm-page/installation', (request, reply) => {
    if (context.sessions.userOf(request) === undefined)
      return reply.status(401).send({ error: 'Nobody has signed in' });
    context.widgets.isInstalled = request.body.isInstalled === true;
    return reply.status(204).send();
  });
}

/** What the page begins with. */
function start({ store, oauth, widgets }: StandInContext, userId: number, request: FastifyRequest<Asked>) {
  const language = request.query.lang === 'en' ? 'en' : 'ru';
  const users = store.users.map(({ id, name, email, isActive }) => ({ id, name, email, isActive }));
  return {
    language,
    user: users.find(({ id }) => id === userId),
    users,
    account: { id: account.id, name: account.name, subdomain: account.subdomain },
    clientId: oauth.integration?.clientId ?? null,
    widget: widgets.isThere && {
      manifest: widgets.json('manifest.json'),
      texts: widgets.json(`i18n/${language}.json`),
      isInstalled: widgets.isInstalled,
    },
  };
}

function send(reply: FastifyReply, file: string): FastifyReply {
  return reply
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-cache')
    .type(contentTypes[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
    .send(readFileSync(new URL(`page/${file}`, import.meta.url)));
}
