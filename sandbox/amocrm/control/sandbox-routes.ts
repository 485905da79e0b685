import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { ClientSeed } from '../crm/crm-store.ts';
import { Fault } from '../gate/faults.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { clientView, stateView } from './state-view.ts';

const Texts = Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 20 }));
const NewClient = Type.Object(
  {
    type: Type.Optional(Type.Union([Type.Literal('contact'), Type.Literal('company')])),
    name: Type.String({ maxLength: 200 }),
    phones: Texts,
    emails: Texts,
    comment: Type.Optional(Type.String({ maxLength: 1000 })),
    leads: Texts,
    lostLeads: Texts,
    customers: Texts,
  },
  { additionalProperties: false },
);

/** What tests and the page steer the stand-in with; amoCRM has nothing of it. */
export function serveSandbox(app: FastifyInstance, context: StandInContext): void {
  const { store, faults, rateLimit, requests, oauth } = context;
  serveHands(app, context);

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

  app.post('/sandbox/reset', (_request, reply) => {
    faults.clear();
    rateLimit.reset();
    requests.clear();
    oauth.reset();
    store.reset();
    return reply.status(204).send();
  });
}

/** What a person could do by hand in amoCRM. */
function serveHands(app: FastifyInstance, { store }: StandInContext): void {
  app.post<{ Body: ClientSeed }>('/sandbox/contacts', { schema: { body: NewClient } }, (request, reply) =>
    reply.status(201).send(clientView(store, store.seedClient(request.body))),
  );

  app.put<{ Params: { id: string }; Body: string[] }>(
    '/sandbox/contacts/:id/phones',
    { schema: { body: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 20 }) } },
    (request, reply) => {
      const client = store.clients.find(({ id }) => String(id) === request.params.id);
      if (!client) return reply.status(404).send({ error: 'There is no such client' });
      store.setPhones(client, request.body);
      return reply.status(204).send();
    },
  );

  app.put<{ Params: { id: string } }>('/sandbox/tasks/:id/completed', (request, reply) => {
    const task = store.taskById(Number(request.params.id));
    if (!task) return reply.status(404).send({ error: 'There is no such task' });
    store.completeTask(task);
    return reply.status(204).send();
  });
}
