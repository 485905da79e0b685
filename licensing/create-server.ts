import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger, { type SwaggerOptions } from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyServerOptions } from 'fastify';
import { compileValidator } from '../proto/request-validation.ts';
import { guardAccess } from './admin/access.ts';
import { serveCustomers } from './admin/customers.ts';
import { serveInstallations } from './admin/installations.ts';
import { serveOverview } from './admin/overview.ts';
import { servePartners } from './admin/partners.ts';
import { servePurchases } from './admin/purchases.ts';
import { serveSession } from './admin/session.ts';
import { serveTrials } from './admin/trials.ts';
import { serveUsers } from './admin/users.ts';
import { answerErrors, answerNotFound } from './errors.ts';
import { serveHealth } from './health.ts';
import { serveMetrics } from './metrics.ts';
import { serveTalk } from './talk/serve.ts';
import type { Server, Tools } from './tools.ts';
import { serveWeb } from './web.ts';

const openApi: SwaggerOptions = {
  openapi: { openapi: '3.1.0', info: { title: 'Ringflow licensing', version: '1' } },
  transform: ({ schema, url }) => ({ schema: { ...schema, hide: !/^\/(v1|api)\//.test(url) }, url }),
};

/** The licensing server; listens nowhere yet. Requests are not logged. */
export async function createServer(tools: Tools): Promise<Server> {
  const options: FastifyServerOptions = {
    bodyLimit: 100_000,
    exposeHeadRoutes: false,
    requestTimeout: 30_000, // nobody stands before it who would wait for the slow
    forceCloseConnections: true,
    frameworkErrors: (_error, request, reply) => answerNotFound(request, reply), // addresses that nobody can read
    trustProxy: ['loopback', ...tools.trustedProxies], // who else says for whom they ask may say anything
    ...(tools.tls && { https: tools.tls }),
  };
  const app = Fastify(options).withTypeProvider<TypeBoxTypeProvider>() as Server;
  app.setValidatorCompiler(compileValidator);
  answerErrors(app, tools.logger);
  await app.register(swagger, openApi);
  await app.register(helmet, { contentSecurityPolicy: false });
  await app.register(rateLimit, { global: false, cache: 50_000 });
  serveHealth(app, tools);
  serveMetrics(app, tools);
  serveTalk(app, tools);
  guardAccess(app, tools);
  serveSession(app, tools);
  serveUsers(app, tools);
  serveOverview(app, tools);
  serveCustomers(app, tools);
  servePurchases(app, tools);
  serveTrials(app, tools);
  serveInstallations(app, tools);
  servePartners(app, tools);
  await serveWeb(app);
  return app;
}
