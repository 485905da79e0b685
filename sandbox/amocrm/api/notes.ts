import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';
import { authorshipOf } from '../crm/birth.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import type { CrmNote, EntityTypePlural, NewNote } from '../crm/crm-types.ts';
import { pluralOf, singularOf } from '../crm/entity-types.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { batchOf } from './batch.ts';
import { noteAnswer, noteLinks } from './hal-entities.ts';
import { filterOf, ordered, pageOf } from './hal-pages.ts';
import { unknownUsers } from './known-users.ts';
import { type FieldError, sendProblem, sendValidation } from './problems.ts';
import { notAChoice, requestIdOf, rulesOf } from './request-rules.ts';

interface NotePath {
  entityId?: string;
}

type NoteRequest = FastifyRequest<{ Params: NotePath }>;
type AskedNote = Omit<NewNote, 'entity_id'>;

/** Notes (contract 5.4): calls on chosen entities and texts, and lists where calls can be looked for. */
export function serveNotes(app: FastifyInstance, { store }: StandInContext): void {
  // one path for each type: beside `/contacts/:id` the router would not find a general one
  for (const type of Object.values(pluralOf)) {
    const answer = (request: NoteRequest, reply: FastifyReply) => sendList(app, store, type, request, reply);
    app.get<{ Params: NotePath }>(`/api/v4/${type}/notes`, answer);
    app.get<{ Params: NotePath }>(`/api/v4/${type}/:entityId/notes`, answer);
    serveCreation(app, store, type);
    serveCreationAtEntity(app, store, type);
  }
}

function sendList(app: FastifyInstance, store: CrmStore, type: string, request: NoteRequest, reply: FastifyReply) {
  const { entityId } = request.params;
  if (entityId !== undefined && !/^\d{1,15}$/.test(entityId)) return sendProblem(reply, 404, 'No such path');
  const found = store.notes.filter((note) => pluralOf[note.entityType] === type && isAskedFor(request, note));
  const page = pageOf(request, reply, app.listeningOrigin, ordered(request, found));
  if (page === null) return reply;
  const notes = page.items.map((note) => noteAnswer(note, app.listeningOrigin));
  reply.type('application/hal+json');
  return reply.send(JSON.stringify({ _page: page.page, _links: page.links, _embedded: { notes } }));
}

function isAskedFor(request: NoteRequest, note: CrmNote): boolean {
  const { entityId } = request.params;
  const [types, entityIds, ids] = ['note_type', 'entity_id', 'id'].map((name) => filterOf(request, name));
  return (
    (entityId === undefined || note.entityId === Number(entityId)) &&
    (types?.has(note.noteType) ?? true) &&
    (entityIds?.has(String(note.entityId)) ?? true) &&
    (ids?.has(String(note.id)) ?? true)
  );
}

function serveCreation(app: FastifyInstance, store: CrmStore, type: EntityTypePlural): void {
  const schemaOf = (item: unknown) => (isCall(item) ? 'NewCallNote' : 'NewCommonNote');
  const check = rulesOf(schemaOf, (note) => complaintsOf(store, type, note, note.entity_id));
  app.post(`/api/v4/${type}/notes`, (request, reply) => {
    const batch = batchOf(request.body, reply);
    if (batch === null) return reply;
    const { items, errors } = check(batch);
    if (errors) return sendValidation(reply, errors);
    const notes = items.map((note, index) => keep(app, store, { type, id: note.entity_id }, note, index));
    return sendStored(reply, notes);
  });
}

function serveCreationAtEntity(app: FastifyInstance, store: CrmStore, type: EntityTypePlural): void {
  const schemaOf = (item: unknown) => (isCall(item) ? 'NewEntityCallNote' : 'NewEntityCommonNote');
  app.post<{ Params: { entityId: string } }>(`/api/v4/${type}/:entityId/notes`, (request, reply) => {
    if (!/^\d{1,15}$/.test(request.params.entityId)) return sendProblem(reply, 404, 'No such path');
    const id = Number(request.params.entityId);
    const batch = batchOf(request.body, reply);
    if (batch === null) return reply;
    const check = rulesOf(schemaOf, (note) => [
      ...complaintsOf(store, type, note, id),
      ...(note.entity_id === undefined || note.entity_id === id ? [] : [notAChoice('entity_id')]),
    ]);
    const { items, errors } = check(batch);
    if (errors) return sendValidation(reply, errors);
    return sendStored(
      reply,
      items.map((note, index) => keep(app, store, { type, id }, note, index)),
    );
  });
}

function sendStored(reply: FastifyReply, notes: components['schemas']['CreatedNotes']['_embedded']['notes']) {
  const body: components['schemas']['CreatedNotes'] = { _embedded: { notes } };
  return reply.type('application/hal+json').send(JSON.stringify(body));
}

function isCall(item: unknown): boolean {
  const kind = typeof item === 'object' && item !== null && 'note_type' in item ? item.note_type : undefined;
  return kind === 'call_in' || kind === 'call_out';
}

function complaintsOf(store: CrmStore, type: EntityTypePlural, note: AskedNote, entityId: number): FieldError[] {
  const responsible = 'call_responsible' in note.params ? note.params.call_responsible : undefined;
  return [
    ...unknownUsers(store, note),
    ...(typeof responsible === 'number' && !store.isUser(responsible) ? [notAChoice('params.call_responsible')] : []),
    ...(store.hasEntity(singularOf[type], entityId) ? [] : [notAChoice('entity_id')]),
  ];
}

function keep(
  app: FastifyInstance,
  store: CrmStore,
  entity: { type: EntityTypePlural; id: number },
  asked: AskedNote,
  index: number,
) {
  const { currentUserId } = store;
  const authorship = authorshipOf(asked, { currentUserId, nowSeconds: store.nowSeconds() });
  const note = store.addNote({
    ...{ entityType: singularOf[entity.type], entityId: entity.id, noteType: asked.note_type, params: asked.params },
    responsibleUserId: asked.responsible_user_id ?? (authorship.createdBy || currentUserId),
    ...authorship,
  });
  const { id, entityId: entity_id } = note;
  return { id, entity_id, request_id: requestIdOf(asked, index), _links: noteLinks(app.listeningOrigin, note) };
}
