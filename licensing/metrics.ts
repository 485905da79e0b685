import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { ApiError } from './errors.ts';
import type { Server, Tools } from './tools.ts';

/** What was asked and answered since the start, for Prometheus. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  registry.setDefaultLabels({ part: 'licensing' });
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 }); // each look wakes the process
  const registers = [registry];
  const requests = new Counter({
    name: 'ringflow_licensing_requests_total',
    help: 'Requests of installations, by what came of them.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: 'ringflow_licensing_request_duration_seconds',
    help: 'How long their answers took.',
    labelNames: ['operation'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  return {
    registry,

    /** @param outcome `ok`, or the code of the error */
    count(operation: string, outcome: string, tookSeconds: number): void {
      requests.inc({ operation, outcome });
      requestSeconds.observe({ operation }, tookSeconds);
    },
  };
}

/** For whoever asks from this very machine, or has the monitoring token; for others there is nothing. */
export function serveMetrics(app: Server, { metrics, monitoringToken }: Tools): void {
  app.get('/metrics', async (request, reply) => {
    if (!isFromHere(request) && !hasToken(request, monitoringToken)) throw new ApiError(404, 'not-found');
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.registry.contentType)
      .send(await metrics.registry.metrics());
  });
}

/** What a proxy on this machine hands on comes from elsewhere. */
function isFromHere({ socket, headers }: FastifyRequest): boolean {
  const isHandedOn = Object.keys(headers).some((name) => /^(x-forwarded-|forwarded$|x-real-ip$|via$)/.test(name));
  return !isHandedOn && /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
}

function hasToken({ headers }: FastifyRequest, token: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return token !== undefined && timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
}
