import type { FastifyInstance } from 'fastify';
import type { CrmStore } from '../crm/crm-store.ts';
import type { NewContact } from '../crm/crm-types.ts';
import { fieldDefinitionOf } from '../crm/custom-fields.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { batchOf } from './batch.ts';
import { companyAnswer, contactAnswer, idAndLinks } from './hal-entities.ts';
import { ordered, pageOf, queryOf, withOf } from './hal-pages.ts';
import { unknownUsers } from './known-users.ts';
import { type FieldError, sendProblem, sendValidation } from './problems.ts';
import { notAChoice, requestIdOf, rulesOf } from './request-rules.ts';

/** Contacts and companies (contract 5.1). */
export function serveClients(app: FastifyInstance, { store }: StandInContext): void {
  serveList(app, store, 'contact');
  serveList(app, store, 'company');
  serveOne(app, store);
  serveCreation(app, store);
}

function serveList(app: FastifyInstance, store: CrmStore, type: 'contact' | 'company'): void {
  const name = type === 'contact' ? 'contacts' : 'companies';
  const answer = type === 'contact' ? contactAnswer : companyAnswer;
  app.get(`/api/v4/${name}`, (request, reply) => {
    const { query } = queryOf(request);
    const found = store.search(type, typeof query === 'string' ? query.trim() : '');
    const page = pageOf(request, reply, app.listeningOrigin, ordered(request, found));
    if (page === null) return reply;
    const items = page.items.map((client) => answer(store, client, withOf(request), app.listeningOrigin));
    reply.type('application/hal+json');
    return reply.send(JSON.stringify({ _page: page.page, _links: page.links, _embedded: { [name]: items } }));
  });
}

function serveOne(app: FastifyInstance, store: CrmStore): void {
  app.get<{ Params: { id: string } }>('/api/v4/contacts/:id', (request, reply) => {
    if (!/^\d{1,15}$/.test(request.params.id)) return sendProblem(reply, 404, 'No such path');
    const contact = store.clientById('contact', Number(request.params.id));
    if (!contact) return reply.status(204).send();
    const body = contactAnswer(store, contact, withOf(request), app.listeningOrigin);
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function serveCreation(app: FastifyInstance, store: CrmStore): void {
  const check = rulesOf('NewContact', (contact) => [...unknownUsers(store, contact), ...unknownFields(contact)]);
  app.post('/api/v4/contacts', (request, reply) => {
    const batch = batchOf(request.body, reply);
    if (batch === null) return reply;
    const { items, errors } = check(batch);
    if (errors) return sendValidation(reply, errors);
    const contacts = items.map((contact, index) => ({
      ...idAndLinks(app.listeningOrigin, store.addContact(contact)),
      request_id: requestIdOf(contact, index),
    }));
    reply.type('application/hal+json');
    return reply.send(JSON.stringify({ _embedded: { contacts } }));
  });
}

function unknownFields(contact: NewContact): FieldError[] {
  return (contact.custom_fields_values ?? []).flatMap((field, index) => {
    const path = `custom_fields_values.${index}`;
    if (field.field_id === undefined && field.field_code === undefined) {
      return [{ code: 'FieldMissing', path: `${path}.field_id`, detail: 'This field is missing.' }];
    }
    const definition = fieldDefinitionOf(field);
    if (!definition) return [notAChoice(`${path}.${field.field_id === undefined ? 'field_code' : 'field_id'}`)];
    return field.values.flatMap((value, place) => {
      const isCodeKnown = value.enum_code === undefined || Object.hasOwn(definition.enums, value.enum_code);
      const isIdKnown = value.enum_id === undefined || Object.values(definition.enums).includes(value.enum_id);
      if (isCodeKnown && isIdKnown) return [];
      return [notAChoice(`${path}.values.${place}.${isCodeKnown ? 'enum_id' : 'enum_code'}`)];
    });
  });
}
