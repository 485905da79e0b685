import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger, { type SwaggerOptions } from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify from 'fastify';
import { compileValidator } from '../proto/request-validation.ts';
import { guardAccess } from './access/access.ts';
import { serveSession } from './access/session.ts';
import { serveTemporalUiDoor } from './access/temporal-ui.ts';
import { serveAlerts } from './alerts/alerts.ts';
import { serveCatalogue } from './amocrm/catalogue.ts';
import { serveConnection } from './amocrm/connection.ts';
import { serveBackfills } from './backfill/backfill.ts';
import { serveCalling } from './calling/calling.ts';
import { serveWidgetArchive } from './calling/widget-archive.ts';
import { answerErrors, answerNotFound } from './errors.ts';
import { serveForgetting } from './forgetting/forgetting.ts';
import { serveHealth } from './health.ts';
import { serveCall } from './journal/call.ts';
import { serveCase } from './journal/case.ts';
import { serveExtensions } from './journal/extensions.ts';
import { serveHeldBack } from './journal/held-back.ts';
import { serveCallList } from './journal/list.ts';
import { serveRows } from './journal/rows.ts';
import { serveLicence } from './licence/licence.ts';
import { createLiveFeed } from './live/feed.ts';
import { serveLive } from './live/live.ts';
import { serveNumberLists } from './numbers/lists.ts';
import { serveSeenNumbers } from './numbers/seen.ts';
import { serveDisabled } from './oauth/disabled.ts';
import { serveLanding } from './oauth/landing.ts';
import { serveStart } from './oauth/start.ts';
import { serveObserve } from './observe/observe.ts';
import { servePbxs } from './pbxs/pbxs.ts';
import { serveSurroundings } from './pbxs/surroundings.ts';
import { serveEmployees } from './people/employees.ts';
import { serveRecordingLinks } from './recordings/by-link.ts';
import { serveRecordingOfCall } from './recordings/of-call.ts';
import { serveReports } from './reports/reports.ts';
import { createRoutingKnowledge } from './routing/knowledge.ts';
import { createRoutingKeys, serveRouting } from './routing/routing.ts';
import { serveRoutingSetUp } from './routing/set-up.ts';
import { serveAccounts } from './settings/accounts.ts';
import { serveSettings } from './settings/settings.ts';
import { serveState } from './state/state.ts';
import { serveStatus } from './status/status.ts';
import { serveCodec } from './temporal/codec.ts';
import type { Api, ApiTools } from './tools.ts';
import { serveUsers } from './users/users.ts';
import { watchRequests } from './watch-requests.ts';
import { serveWeb } from './web.ts';
import { serveWebhooks } from './webhooks/webhooks.ts';
import { serveWidget } from './widget/widget.ts';

const openApi: SwaggerOptions = {
  openapi: { openapi: '3.1.0', info: { title: 'Ringflow', version: '1' } },
  // what browsers and amoCRM are sent to is no part of it
  transform: ({ schema, url }) => ({
    schema: { ...schema, hide: schema?.hide === true || !url.startsWith('/api/') },
    url,
  }),
};

/** Ringflow's API; listens nowhere yet. Requests are not logged: their addresses hold codes and keys. */
export async function createApi(tools: ApiTools): Promise<Api> {
  const app: Api = Fastify({
    bodyLimit: 1_000_000,
    exposeHeadRoutes: false, // links serve once: whoever only looks must not use them up
    forceCloseConnections: true,
    frameworkErrors: (_error, request, reply) => answerNotFound(request, reply), // addresses that nobody can read
    routerOptions: { maxParamLength: 300 },
    trustProxy: ['loopback', ...tools.trustedProxies], // who else says for whom they ask may say anything
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(compileValidator);
  answerErrors(app, tools.logger);
  watchRequests(app, tools);
  await app.register(swagger, openApi);
  await app.register(helmet, { contentSecurityPolicy: false });
  await app.register(rateLimit, { global: false, redis: tools.redis, nameSpace: 'ringflow:limit:' });
  serveHealth(app, tools);
  serveStatus(app, tools);
  serveStart(app, tools);
  serveLanding(app, tools);
  serveDisabled(app, tools);
  const routing = createRoutingKnowledge(tools);
  const routingKeys = createRoutingKeys(tools);
  serveRouting(app, tools, routing, routingKeys);
  serveRecordingLinks(app, tools);
  await app.register(async (form) => serveWebhooks(form, tools));
  const feed = createLiveFeed(tools.redis, tools.liveCalls, tools.pbxs, tools.logger);
  app.addHook('preClose', async () => feed.close());
  await serveWidget(app, tools, feed);
  guardAccess(app, tools);
  serveSession(app, tools);
  serveTemporalUiDoor(app, tools);
  serveUsers(app, tools);
  serveAccounts(app, tools);
  serveState(app, tools);
  serveAlerts(app, tools);
  serveSettings(app, tools);
  serveConnection(app, tools);
  serveCatalogue(app, tools);
  servePbxs(app, tools);
  serveSurroundings(app, tools);
  serveRoutingSetUp(app, tools, routing, routingKeys);
  serveCalling(app, tools);
  serveWidgetArchive(app, tools);
  serveSeenNumbers(app, tools);
  serveNumberLists(app, tools);
  serveCallList(app, tools);
  serveCall(app, tools);
  serveHeldBack(app, tools);
  serveRows(app, tools);
  serveCase(app, tools);
  serveRecordingOfCall(app, tools);
  serveBackfills(app, tools);
  serveObserve(app, tools);
  serveExtensions(app, tools);
  serveEmployees(app, tools);
  serveLive(app, tools, feed);
  serveReports(app, tools);
  serveLicence(app, tools);
  serveCodec(app, tools);
  serveForgetting(app, tools);
  await serveWeb(app);
  return app;
}
