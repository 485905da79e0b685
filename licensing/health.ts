import type { Server, Tools } from './tools.ts';

/** Whether this process can do its work: it reaches its database, and has a key to sign with. */
export function serveHealth(app: Server, { signer }: Tools): void {
  app.get('/healthz', async (_request, reply) => {
    await signer.keySet();
    return reply.header('cache-control', 'no-store').send({ status: 'ok' });
  });
}
