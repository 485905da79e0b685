import type { FastifyInstance } from 'fastify';
import type { CrmStore } from '../crm/crm-store.ts';
import type { Client, ClientChange, NewContact } from '../crm/crm-types.ts';
import { pluralOf } from '../crm/entity-types.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { batchOf } from './batch.ts';
import { serveChanges } from './entity-changes.ts';
import { companyAnswer, contactAnswer, idAndLinks } from './hal-entities.ts';
import { ordered, pageOf, queryOf, updateRangeOf, withOf } from './hal-pages.ts';
import { unknownFields } from './known-fields.ts';
import { unknownTags } from './known-tags.ts';
import { unknownUsers } from './known-users.ts';
import { type FieldError, sendProblem, sendValidation } from './problems.ts';
import { notAChoice, requestIdOf, rulesOf } from './request-rules.ts';

const answers = { contact: contactAnswer, company: companyAnswer };

/** Contacts and companies (contract 5.1). */
export function serveClients(app: FastifyInstance, { store }: StandInContext): void {
  for (const type of ['contact', 'company'] as const) {
    serveList(app, store, type);
    serveOne(app, store, type);
    serveCreation(app, store, type);
    serveChanges(app, {
      type,
      schema: type === 'contact' ? 'ContactChange' : 'CompanyChange',
      find: (id) => store.clients.byId(type, id),
      complaints: (change, client) => complaintsOfChange(store, change, client),
      carryOut: (client, change) => store.changeClient(client, change),
    });
  }
}

function serveList(app: FastifyInstance, store: CrmStore, type: Client['type']): void {
  const name = pluralOf[type];
  app.get(`/api/v4/${name}`, (request, reply) => {
    const { query } = queryOf(request);
    const { from, to } = store.isApiFilterEnabled ? updateRangeOf(request) : { from: 0, to: Number.POSITIVE_INFINITY };
    const found = store.clients
      .search(type, typeof query === 'string' ? query.trim() : '')
      .filter(({ updatedAtSeconds }) => updatedAtSeconds >= from && updatedAtSeconds <= to);
    const page = pageOf(request, reply, app.listeningOrigin, ordered(request, found));
    if (page === null) return reply;
    const items = page.items.map((client) => answers[type](store, client, withOf(request), app.listeningOrigin));
    reply.type('application/hal+json');
    return reply.send(JSON.stringify({ _page: page.page, _links: page.links, _embedded: { [name]: items } }));
  });
}

function serveOne(app: FastifyInstance, store: CrmStore, type: Client['type']): void {
  app.get<{ Params: { id: string } }>(`/api/v4/${pluralOf[type]}/:id`, (request, reply) => {
    if (!/^\d{1,15}$/.test(request.params.id)) return sendProblem(reply, 404, 'No such path');
    const client = store.clients.byId(type, Number(request.params.id));
    if (!client) return reply.status(204).send();
    const body = answers[type](store, client, withOf(request), app.listeningOrigin);
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function serveCreation(app: FastifyInstance, store: CrmStore, type: Client['type']): void {
  const check = rulesOf(type === 'contact' ? 'NewContact' : 'NewCompany', (client: NewContact) =>
    complaintsOf(store, client, type),
  );
  app.post(`/api/v4/${pluralOf[type]}`, (request, reply) => {
    const batch = batchOf(request.body, reply);
    if (batch === null) return reply;
    const { items, errors } = check(batch);
    if (errors) return sendValidation(reply, errors);
    const clients = items.map((client, index) => ({
      ...idAndLinks(app.listeningOrigin, store.addClient(type, client)),
      request_id: requestIdOf(client, index),
    }));
    reply.type('application/hal+json');
    return reply.send(JSON.stringify({ _embedded: { [pluralOf[type]]: clients } }));
  });
}

function complaintsOf(store: CrmStore, client: NewContact, type: Client['type']): FieldError[] {
  return [...unknownUsers(store, client), ...unknownTags(store, type, client), ...unknownFields(store, client)];
}

/** A client whose stored responsible is no user any more can't be changed unless it gets another (contract 5.1). */
function complaintsOfChange(store: CrmStore, change: ClientChange, client: Client): FieldError[] {
  const isOrphan = change.responsible_user_id === undefined && !store.isUser(client.responsibleUserId);
  return [...complaintsOf(store, change, client.type), ...(isOrphan ? [notAChoice('responsible_user_id')] : [])];
}
