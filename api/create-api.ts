import Fastify, { type FastifyInstance } from 'fastify';
import { answerErrors } from './errors.ts';
import { serveHealth } from './health.ts';
import { serveDisabled } from './oauth/disabled.ts';
import { serveLanding } from './oauth/landing.ts';
import { serveStart } from './oauth/start.ts';
import type { ApiTools } from './tools.ts';
import { serveWebhooks } from './webhooks/webhooks.ts';

/** Ringflow's API; listens nowhere yet. Requests are not logged: their addresses hold codes and keys. */
export function createApi(tools: ApiTools): FastifyInstance {
  const app = Fastify({
    bodyLimit: 1_000_000,
    exposeHeadRoutes: false, // links serve once: whoever only looks must not use them up
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  answerErrors(app, tools.logger);
  serveHealth(app, tools);
  serveStart(app, tools);
  serveLanding(app, tools);
  serveDisabled(app, tools);
  serveWebhooks(app, tools);
  return app;
}
