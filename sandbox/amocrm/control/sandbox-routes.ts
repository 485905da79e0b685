import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Fault } from '../gate/faults.ts';
import type { HookPatience } from '../hooks/hook-sender.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { serveAccountHands } from './account-hands.ts';
import { serveClientHands } from './client-hands.ts';
import { serveLeadHands } from './lead-hands.ts';
import { stateView } from './state-view.ts';

/** How long webhooks wait, which in amoCRM is minutes. */
const Patience = Type.Object(
  {
    answerWithinMs: Type.Integer({ minimum: 1, maximum: 60_000 }),
    waitsMs: Type.Array(Type.Integer({ minimum: 0, maximum: 3_600_000 }), { minItems: 4, maxItems: 4 }),
  },
  { additionalProperties: false },
);

/** What tests and the page steer the stand-in with; amoCRM has nothing of it. */
export function serveSandbox(app: FastifyInstance, context: StandInContext): void {
  const { store, faults, rateLimit, requests, hookSender, oauth, widgets, sessions } = context;
  serveClientHands(app, context);
  serveLeadHands(app, context);
  serveAccountHands(app, context);

  app.get<{ Querystring: { last?: string } }>('/sandbox/state', (request, reply) => {
    const { last } = request.query;
    if (last !== undefined && !/^\d{1,6}$/.test(last)) return reply.status(400).send({ error: 'last is a number' });
    const count = last === undefined ? undefined : Math.max(1, Number(last));
    return reply.header('cache-control', 'no-store').send(stateView(context, count));
  });

  app.post<{ Body: Fault }>('/sandbox/faults', { schema: { body: Fault } }, (request, reply) => {
    faults.add(request.body);
    return reply.status(204).send();
  });

  app.delete('/sandbox/faults', (_request, reply) => {
    faults.clear();
    return reply.status(204).send();
  });

  app.post('/sandbox/requests/clear', (_request, reply) => {
    requests.clear();
    return reply.status(204).send();
  });

  app.put<{ Body: HookPatience }>('/sandbox/webhooks/patience', { schema: { body: Patience } }, (request, reply) => {
    hookSender.patience = request.body;
    return reply.status(204).send();
  });

  app.post('/sandbox/reset', (_request, reply) => {
    faults.clear();
    rateLimit.reset();
    requests.clear();
    hookSender.reset();
    oauth.reset();
    widgets.reset();
    sessions.reset();
    store.reset();
    return reply.status(204).send();
  });
}
