import type { FastifyInstance } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import type { Lead, LeadChange, NewLead } from '../crm/crm-types.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { batchOf } from './batch.ts';
import { serveChanges } from './entity-changes.ts';
import { idAndLinks, selfLinks } from './hal-entities.ts';
import { leadAnswer, pipelineAnswer } from './hal-leads.ts';
import { orderedBy, pageOf, queryOf, updateRangeOf, withOf } from './hal-pages.ts';
import { unknownTags } from './known-tags.ts';
import { unknownUsers } from './known-users.ts';
import { type FieldError, sendProblem, sendValidation } from './problems.ts';
import { notAChoice, requestIdOf, rulesOf } from './request-rules.ts';

type Schemas = components['schemas'];

/** Leads and their pipelines (contract 5.2). */
export function serveLeads(app: FastifyInstance, { store }: StandInContext): void {
  serveList(app, store);
  serveOne(app, store);
  servePipelines(app, store);
  serveCreation(app, store);
  serveChanges(app, {
    type: 'lead',
    schema: 'LeadChange',
    find: (id) => store.leadById(id),
    complaints: (change, lead) => complaintsOfChange(store, change, lead),
    carryOut: (lead, change) => store.changeLead(lead, change),
  });
}

function serveList(app: FastifyInstance, store: CrmStore): void {
  const orders = {
    created_at: ({ createdAtSeconds }: Lead) => createdAtSeconds,
    updated_at: ({ updatedAtSeconds }: Lead) => updatedAtSeconds,
  };
  app.get('/api/v4/leads', (request, reply) => {
    const { query } = queryOf(request);
    const text = typeof query === 'string' ? query.trim().toLowerCase() : '';
    const { from, to } = store.isApiFilterEnabled ? updateRangeOf(request) : { from: 0, to: Number.POSITIVE_INFINITY };
    const withParts = withOf(request);
    const found = store.leads.filter(
      (lead) =>
        lead.isDeleted === withParts.has('only_deleted') &&
        !store.unsorted.holds(lead) &&
        lead.name.toLowerCase().includes(text) &&
        lead.updatedAtSeconds >= from &&
        lead.updatedAtSeconds <= to,
    );
    const page = pageOf(request, reply, app.listeningOrigin, orderedBy(request, found, orders));
    if (page === null) return reply;
    const leads = page.items.map((lead) => leadAnswer(store, lead, withParts, app.listeningOrigin));
    const body: Schemas['LeadPage'] = { _page: page.page, _links: page.links, _embedded: { leads } };
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function serveOne(app: FastifyInstance, store: CrmStore): void {
  app.get<{ Params: { id: string } }>('/api/v4/leads/:id', (request, reply) => {
    if (!/^\d{1,15}$/.test(request.params.id)) return sendProblem(reply, 404, 'No such path');
    // a deleted one can still be read, and says that it is deleted
    const lead = store.leads.find(({ id }) => id === Number(request.params.id));
    if (!lead) return reply.status(204).send();
    const body = leadAnswer(store, lead, withOf(request), app.listeningOrigin);
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function servePipelines(app: FastifyInstance, store: CrmStore): void {
  app.get('/api/v4/leads/pipelines', (_request, reply) => {
    const { all } = store.pipelines;
    const body: Schemas['PipelineList'] = {
      _total_items: all.length,
      _links: selfLinks(app.listeningOrigin, '/api/v4/leads/pipelines'),
      _embedded: { pipelines: all.map((pipeline, index) => pipelineAnswer(pipeline, index, app.listeningOrigin)) },
    };
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function serveCreation(app: FastifyInstance, store: CrmStore): void {
  const check = rulesOf('NewLead', (lead) => complaintsOfNew(store, lead));
  app.post('/api/v4/leads', (request, reply) => {
    const batch = batchOf(request.body, reply);
    if (batch === null) return reply;
    const { items, errors } = check(batch);
    if (errors) return sendValidation(reply, errors);
    const leads = items.map((lead, index) => ({
      ...idAndLinks(app.listeningOrigin, store.addLead(lead)),
      request_id: requestIdOf(lead, index),
    }));
    const body: Schemas['CreatedLeads'] = { _embedded: { leads } };
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function complaintsOfNew(store: CrmStore, lead: NewLead): FieldError[] {
  const { wrong } = store.pipelines.find(lead);
  const { contacts = [], companies = [] } = lead._embedded ?? {};
  const isUnknown = (type: 'contact' | 'company') => (link: { id: number }) => !store.clients.byId(type, link.id);
  return [
    ...unknownUsers(store, lead),
    ...unknownTags(store, 'lead', lead),
    ...(wrong ? [notAChoice(wrong)] : []),
    ...placesOf(contacts, isUnknown('contact')).map((place) => notAChoice(`_embedded.contacts.${place}.id`)),
    ...placesOf(companies, isUnknown('company')).map((place) => notAChoice(`_embedded.companies.${place}.id`)),
  ];
}

/** An incoming lead can't be moved: it is to be accepted. */
function complaintsOfChange(store: CrmStore, change: LeadChange, lead: Lead): FieldError[] {
  const isMoved = change.status_id !== undefined || change.pipeline_id !== undefined;
  const wrong = isMoved && store.unsorted.holds(lead) ? 'status_id' : store.pipelines.find(change, lead).wrong;
  return [...unknownUsers(store, change), ...unknownTags(store, 'lead', change), ...(wrong ? [notAChoice(wrong)] : [])];
}

function placesOf<T>(items: T[], isWrong: (item: T) => boolean): number[] {
  return [...items.entries()].filter(([, item]) => isWrong(item)).map(([place]) => place);
}
