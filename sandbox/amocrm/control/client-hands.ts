import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { ClientSeed, CrmStore } from '../crm/crm-store.ts';
import type { Client } from '../crm/crm-types.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { clientView } from './state-view.ts';

const Text = Type.String({ minLength: 1, maxLength: 200 });
const Texts = Type.Array(Text, { maxItems: 20 });
const common = {
  phones: Type.Optional(Texts),
  tags: Type.Optional(Texts),
  responsibleUserId: Type.Optional(Type.Integer()),
};
const NewClient = Type.Object(
  {
    ...common,
    type: Type.Optional(Type.Union([Type.Literal('contact'), Type.Literal('company')])),
    name: Type.String({ maxLength: 200 }),
    emails: Type.Optional(Texts),
    comment: Type.Optional(Type.String({ maxLength: 1000 })),
    companyId: Type.Optional(Type.Integer()),
    leads: Type.Optional(Texts),
    lostLeads: Type.Optional(Texts),
    customers: Type.Optional(Texts),
  },
  { additionalProperties: false },
);
const ChangedClient = Type.Object({ ...common, name: Type.Optional(Text) }, { additionalProperties: false });
export type ChangedClient = Static<typeof ChangedClient>;
type ById = { Params: { id: string } };

/** What a person could do by hand in amoCRM with contacts, companies and tasks. A client is found by its id alone. */
export function serveClientHands(app: FastifyInstance, { store }: StandInContext): void {
  app.post<{ Body: ClientSeed }>('/sandbox/contacts', { schema: { body: NewClient } }, (request, reply) => {
    if (isUserWrong(store, request.body)) return reply.status(400).send({ error: 'There is no such user' });
    return reply.status(201).send(clientView(store, store.seedClient(request.body)));
  });

  app.patch<ById & { Body: ChangedClient }>(
    '/sandbox/contacts/:id',
    { schema: { body: ChangedClient } },
    (request, reply) => {
      const client = clientOf(store, request.params.id, reply);
      if (client === null) return reply;
      if (isUserWrong(store, request.body)) return reply.status(400).send({ error: 'There is no such user' });
      changeByHand(store, client, request.body);
      return reply.send(clientView(store, client));
    },
  );

  app.put<ById & { Body: string[] }>('/sandbox/contacts/:id/phones', { schema: { body: Texts } }, (request, reply) => {
    const client = clientOf(store, request.params.id, reply);
    if (client === null) return reply;
    store.setPhones(client, request.body);
    return reply.status(204).send();
  });

  app.delete<ById>('/sandbox/contacts/:id', (request, reply) => {
    const client = clientOf(store, request.params.id, reply);
    if (client === null) return reply;
    store.removeClient(client);
    return reply.status(204).send();
  });

  serveTaskHands(app, store);
}

function serveTaskHands(app: FastifyInstance, store: CrmStore): void {
  app.put<ById>('/sandbox/tasks/:id/completed', (request, reply) => {
    const task = store.taskById(Number(request.params.id));
    if (!task) return reply.status(404).send({ error: 'There is no such task' });
    store.completeTask(task);
    return reply.status(204).send();
  });

  app.delete<ById>('/sandbox/tasks/:id', (request, reply) => {
    const task = store.taskById(Number(request.params.id));
    if (!task) return reply.status(404).send({ error: 'There is no such task' });
    store.removeTask(task);
    return reply.status(204).send();
  });
}

function changeByHand(store: CrmStore, client: Client, { name, phones, tags, responsibleUserId }: ChangedClient): void {
  if (phones) store.setPhones(client, phones);
  store.changeClient(client, {
    ...(name !== undefined && { name }),
    ...(tags && { tags_to_add: tags.map((tag) => ({ name: tag })) }),
    ...(responsibleUserId !== undefined && { responsible_user_id: responsibleUserId }),
    updated_by: client.responsibleUserId,
  });
}

function isUserWrong(store: CrmStore, { responsibleUserId }: { responsibleUserId?: number }): boolean {
  return responsibleUserId !== undefined && !store.isUser(responsibleUserId);
}

function clientOf(store: CrmStore, id: string, reply: FastifyReply): Client | null {
  const client = store.clients.all.find((each) => String(each.id) === id);
  if (!client) reply.status(404).send({ error: 'There is no such client' });
  return client ?? null;
}
