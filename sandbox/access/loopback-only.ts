import type { FastifyInstance } from 'fastify';

/** True for the names and addresses of this machine itself, with or without a port. */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Keeps other sites' pages away from the sandbox's controls: a name that was rebound to this machine shows in `Host`,
 * a form or script of another site in `Origin`.
 *
 * @param hasPage the server serves a page of its own, whose scripts may use the controls
 */
export function guardControls(app: FastifyInstance, { hasPage }: { hasPage: boolean }): void {
  app.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers;
    const isOwnPage = hasPage && origin === `http://${host}`;
    if (isLoopbackHost(host) && (origin === undefined || isOwnPage)) return;
    return reply.status(403).send({ error: 'The sandbox is controlled only from this machine' });
  });
}
