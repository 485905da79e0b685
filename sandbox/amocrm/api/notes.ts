import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallNote } from '../crm/crm-types.ts';
import { pluralOf } from '../crm/entity-types.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { noteAnswer } from './hal-entities.ts';
import { filterOf, ordered, pageOf } from './hal-pages.ts';
import { sendProblem } from './problems.ts';

interface NotePath {
  entityId?: string;
}

type NoteRequest = FastifyRequest<{ Params: NotePath }>;

/** Lists of notes (contract 5.4), where calls can be looked for. Only calls are ever stored here. */
export function serveNotes(app: FastifyInstance, { store }: StandInContext): void {
  const answerFor = (entityType: string) => (request: NoteRequest, reply: FastifyReply) => {
    const { entityId } = request.params;
    if (entityId !== undefined && !/^\d{1,15}$/.test(entityId)) return sendProblem(reply, 404, 'No such path');
    const found = store.calls.filter((note) => pluralOf[note.entityType] === entityType && isAskedFor(request, note));
    const page = pageOf(request, reply, app.listeningOrigin, ordered(request, found));
    if (page === null) return reply;
    const notes = page.items.map((note) => noteAnswer(note, app.listeningOrigin));
    reply.type('application/hal+json');
    return reply.send(JSON.stringify({ _page: page.page, _links: page.links, _embedded: { notes } }));
  };
  // one path for each type: beside `/contacts/:id` the router would not find a general one
  for (const entityType of Object.values(pluralOf)) {
    app.get<{ Params: NotePath }>(`/api/v4/${entityType}/notes`, answerFor(entityType));
    app.get<{ Params: NotePath }>(`/api/v4/${entityType}/:entityId/notes`, answerFor(entityType));
  }
}

function isAskedFor(request: NoteRequest, note: CallNote): boolean {
  const { entityId } = request.params;
  const [types, entityIds, ids] = ['note_type', 'entity_id', 'id'].map((name) => filterOf(request, name));
  return (
    (entityId === undefined || note.entityId === Number(entityId)) &&
    (types?.has(note.noteType) ?? true) &&
    (entityIds?.has(String(note.entityId)) ?? true) &&
    (ids?.has(String(note.id)) ?? true)
  );
}
