import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { guardControls } from '../access/loopback-only.ts';
import { serveAccount } from './api/account.ts';
import { parseBracketKeys } from './api/bracket-keys.ts';
import { serveCalls } from './api/calls.ts';
import { serveClients } from './api/clients.ts';
import { serveEvents } from './api/events.ts';
import { serveLeads } from './api/leads.ts';
import { serveNotes } from './api/notes.ts';
import { sendProblem, sendServerError } from './api/problems.ts';
import { serveTasks } from './api/tasks.ts';
import { serveUnsorted } from './api/unsorted.ts';
import { serveWebhooks } from './api/webhooks.ts';
import { serveEventStream } from './control/event-stream.ts';
import { servePage } from './control/page-routes.ts';
import { servePbxProxy } from './control/pbx-proxy.ts';
import { serveSandbox } from './control/sandbox-routes.ts';
import { ChangeTeller } from './crm/change-teller.ts';
import { CrmStore } from './crm/crm-store.ts';
import { LiveFeed } from './crm/live-feed.ts';
import { demoClients, pipelines, users } from './crm/seed.ts';
import { guardApi } from './gate/api-gate.ts';
import { FaultList } from './gate/faults.ts';
import { RateLimit } from './gate/rate-limit.ts';
import { RequestLog } from './gate/request-log.ts';
import { hookBody } from './hooks/hook-body.ts';
import { HookSender } from './hooks/hook-sender.ts';
import { serveConsent } from './oauth/consent-routes.ts';
import { serveOauthControls } from './oauth/control-routes.ts';
import { OauthStore } from './oauth/oauth-store.ts';
import { serveTokens } from './oauth/token-routes.ts';
import type { AmocrmStandInOptions, StandInContext } from './stand-in-context.ts';
import { serveDisposableTokens } from './widget/disposable-token.ts';
import { serveWidgetPage } from './widget/page-routes.ts';
import { SessionBook } from './widget/session-book.ts';
import { serveWidget } from './widget/widget-routes.ts';
import { WidgetShelf } from './widget/widget-shelf.ts';

const maximumBodyBytes = 1_000_000;

/**
 * An amoCRM for a laptop: the API as strict as its contract, faults on demand, and a page that shows what happens.
 * Listens nowhere yet; use `listen({ host: '127.0.0.1', port })`.
 */
export function createAmocrmStandIn(options: AmocrmStandInOptions): FastifyInstance {
  const app = Fastify({
    bodyLimit: maximumBodyBytes,
    forceCloseConnections: true,
    routerOptions: { querystringParser: (text) => parseBracketKeys(text) },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  const context = contextOf(options);
  app.addHook('onClose', async () => context.hookSender.stop());
  app.register(async (api) => serveApi(api, context));
  app.register(async (tokens) => serveTokens(tokens, context));
  app.register(async (controls) => {
    guardControls(controls, { hasPage: true });
    serveSandbox(controls, context);
    serveConsent(controls, context);
    serveOauthControls(controls, context);
    serveEventStream(controls, context);
    servePage(controls);
    serveWidget(controls, context);
    serveWidgetPage(controls, context);
    serveDisposableTokens(controls, context);
    if (options.pbxUrl !== undefined) servePbxProxy(controls, options.pbxUrl);
  });
  return app;
}

function contextOf(options: AmocrmStandInOptions): StandInContext {
  const now = options.now ?? Date.now;
  const feed = new LiveFeed();
  const seed = { users, pipelines, clients: options.seed ? demoClients : [] };
  const hookSender = new HookSender(now);
  const teller = new ChangeTeller(feed, (change) => hookSender.tell(change, () => hookBody(store, change)));
  const store: CrmStore = new CrmStore(seed, teller, now);
  return {
    options,
    feed,
    store,
    hookSender,
    faults: new FaultList(),
    rateLimit: new RateLimit(options.requestsPerSecond ?? 7, options.overrunsBeforeBlock ?? 500, now),
    requests: new RequestLog(feed),
    oauth: new OauthStore(now),
    widgets: new WidgetShelf(),
    sessions: new SessionBook(),
  };
}

function serveApi(api: FastifyInstance, context: StandInContext): void {
  guardApi(api, context);
  api.setErrorHandler((error: FastifyError, _request, reply) => {
    if (error instanceof RangeError) return sendProblem(reply, 400, error.message);
    if (error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return sendProblem(reply, 400, 'Request data can not be empty');
    const status = error.statusCode ?? 500;
    if (status < 500) return sendProblem(reply, status, error.message);
    process.stderr.write(`amoCRM stand-in: ${error.stack ?? error.message}\n`);
    return sendServerError(reply, 500);
  });
  serveAccount(api, context);
  serveCalls(api, context);
  serveClients(api, context);
  serveLeads(api, context);
  serveUnsorted(api, context);
  serveNotes(api, context);
  serveTasks(api, context);
  serveWebhooks(api, context);
  api.register(async (events) => serveEvents(events, context));
  api.all('/api/*', (request, reply) => sendProblem(reply, 404, `The stand-in does not play ${request.method} here`));
}
