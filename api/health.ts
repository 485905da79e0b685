import type { FastifyInstance } from 'fastify';
import type { ApiTools } from './tools.ts';

/** Whether this process can do its work. */
export function serveHealth(app: FastifyInstance, { pool, redis }: ApiTools): void {
  app.get('/healthz', async (_request, reply) => {
    await Promise.all([pool.query('SELECT 1'), redis.ping()]);
    return reply.header('cache-control', 'no-store').send({ status: 'ok' });
  });
}
