import type { FastifyInstance } from 'fastify';
import { healthOf } from '../runtime/monitoring/inspection.ts';
import type { ApiTools } from './tools.ts';

/** Whether this process can do its work, as its own port for operators tells it. */
export function serveHealth(app: FastifyInstance, { needs }: Pick<ApiTools, 'needs'>): void {
  app.get('/healthz', async (_request, reply) => {
    const { status, told } = await healthOf(needs);
    return reply.header('cache-control', 'no-store').status(status).send(told);
  });
}
