import type { FastifyInstance, FastifyReply } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import type { NewContact, NewUnsorted, UnsortedItem } from '../crm/crm-types.ts';
import { account } from '../crm/seed.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { batchOf, objectOf } from './batch.ts';
import { unsortedAnswer, unsortedLinks } from './hal-leads.ts';
import { orderedBy, pageOf } from './hal-pages.ts';
import { unknownFields } from './known-fields.ts';
import { unknownTags } from './known-tags.ts';
import { unknownUsers } from './known-users.ts';
import { type FieldError, type ItemErrors, sendProblem, sendValidation } from './problems.ts';
import { notAChoice, requestIdOf, rulesOf } from './request-rules.ts';

type Schemas = components['schemas'];
type UidPath = { Params: { uid: string } };

/** Incoming leads of calls (contract 8.1). */
export function serveUnsorted(app: FastifyInstance, { store }: StandInContext): void {
  serveCreation(app, store);
  serveReading(app, store);
  serveAcceptance(app, store);
  serveRefusal(app, store);
}

function serveCreation(app: FastifyInstance, store: CrmStore): void {
  const check = rulesOf('NewUnsortedSip', (item) => complaintsOfNew(store, item));
  app.post('/api/v4/leads/unsorted/sip', (request, reply) => {
    const batch = batchOf(request.body, reply);
    if (batch === null) return reply;
    const { items, errors } = check(batch);
    if (errors) return sendValidation(reply, errors);
    const repeats = repeatsIn(items);
    if (repeats.length > 0) return sendValidation(reply, repeats);
    const unsorted = items.map((asked, index) => {
      const item = store.unsorted.add(asked);
      const links = unsortedLinks(item, app.listeningOrigin);
      return { uid: item.uid, account_id: account.id, request_id: requestIdOf(asked, index), ...links };
    });
    const body: Schemas['CreatedUnsorted'] = { _total_items: unsorted.length, _embedded: { unsorted } };
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });
}

function serveReading(app: FastifyInstance, store: CrmStore): void {
  const orders = { created_at: ({ createdAtSeconds }: UnsortedItem) => createdAtSeconds };
  app.get('/api/v4/leads/unsorted', (request, reply) => {
    const items = store.unsorted.items.map((item) => ({ ...item, id: item.leadId }));
    const page = pageOf(request, reply, app.listeningOrigin, orderedBy(request, items, orders));
    if (page === null) return reply;
    const unsorted = page.items.map((item) => unsortedAnswer(item, app.listeningOrigin));
    const body: Schemas['UnsortedPage'] = { _page: page.page, _links: page.links, _embedded: { unsorted } };
    return reply.type('application/hal+json').send(JSON.stringify(body));
  });

  app.get<UidPath>('/api/v4/leads/unsorted/:uid', (request, reply) => {
    const item = itemOf(store, request.params.uid, reply);
    if (item === null) return reply;
    return reply.type('application/hal+json').send(JSON.stringify(unsortedAnswer(item, app.listeningOrigin)));
  });
}

function serveAcceptance(app: FastifyInstance, store: CrmStore): void {
  app.post<UidPath>('/api/v4/leads/unsorted/:uid/accept', (request, reply) => {
    const item = itemOf(store, request.params.uid, reply);
    if (item === null) return reply;
    const body = objectOf(request.body, reply);
    if (body === null) return reply;
    const check = rulesOf('AcceptUnsorted', ({ user_id, status_id }) => {
      const { wrong } = store.pipelines.find({ pipeline_id: item.pipelineId, status_id });
      return [...unknownUser(store, user_id), ...(wrong ? [notAChoice('status_id')] : [])];
    });
    const { items, errors } = check([body]);
    if (errors) return sendValidation(reply, errors);
    for (const { user_id, status_id } of items) store.unsorted.accept(item, user_id, status_id);
    return sendSettled(reply, item, app.listeningOrigin);
  });
}

function serveRefusal(app: FastifyInstance, store: CrmStore): void {
  const check = rulesOf('DeclineUnsorted', ({ user_id }) => unknownUser(store, user_id));
  app.delete<UidPath>('/api/v4/leads/unsorted/:uid/decline', (request, reply) => {
    const item = itemOf(store, request.params.uid, reply);
    if (item === null) return reply;
    const body = objectOf(request.body, reply);
    if (body === null) return reply;
    const { errors } = check([body]);
    if (errors) return sendValidation(reply, errors);
    store.unsorted.decline(item);
    return sendSettled(reply, item, app.listeningOrigin);
  });
}

/** @returns null after the answer that there is no such incoming lead, or not any more. */
function itemOf(store: CrmStore, uid: string, reply: FastifyReply): UnsortedItem | null {
  const item = store.unsorted.byUid(uid);
  if (item) return item;
  sendProblem(reply, 404, 'There is no such unsorted');
  return null;
}

function sendSettled(reply: FastifyReply, item: UnsortedItem, origin: string): FastifyReply {
  const { uid, pipelineId: pipeline_id, createdAtSeconds: created_at } = item;
  const known = { uid, category: 'sip', pipeline_id, created_at, account_id: account.id };
  const body: Schemas['SettledUnsorted'] = { ...known, ...unsortedLinks(item, origin) };
  return reply.type('application/hal+json').send(JSON.stringify(body));
}

function unknownUser(store: CrmStore, id: number): FieldError[] {
  return store.isUser(id) ? [] : [notAChoice('user_id')];
}

function complaintsOfNew(store: CrmStore, { metadata, pipeline_id, _embedded }: NewUnsorted): FieldError[] {
  const { leads = [], contacts = [], companies = [] } = _embedded ?? {};
  const under = (path: string, errors: FieldError[]) =>
    errors.map((error) => ({ ...error, path: `${path}.${error.path}` }));
  const clients = (type: 'contact' | 'company', list: NewContact[]) =>
    list.flatMap((client) => [
      ...unknownUsers(store, client),
      ...unknownTags(store, type, client),
      ...unknownFields(store, client),
    ]);
  const place = store.pipelines.unsortedPlace(pipeline_id ?? store.pipelines.main.id);
  return [
    ...(place ? [] : [notAChoice('pipeline_id')]),
    ...under('metadata', unknownUsers(store, { ...metadata })),
    ...leads.flatMap((lead) =>
      under('_embedded.leads.0', [...unknownUsers(store, lead), ...unknownTags(store, 'lead', lead)]),
    ),
    ...under('_embedded.contacts.0', clients('contact', contacts)),
    ...under('_embedded.companies.0', clients('company', companies)),
  ];
}

/** The same entity twice in a request is an error (contract 8.1); which code it bears is not known. */
function repeatsIn(items: NewUnsorted[]): ItemErrors[] {
  const keys = items.map(({ source_uid, metadata }) => JSON.stringify([source_uid, metadata.uniq]));
  const error = { code: 'NotUnique', path: 'metadata.uniq', detail: 'This value is already used.' };
  return items.flatMap((item, index) =>
    keys.indexOf(keys[index] ?? '') < index ? [{ request_id: requestIdOf(item, index), errors: [error] }] : [],
  );
}
