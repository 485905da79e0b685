import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallNote } from '../crm/crm-types.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { noteAnswer, pluralOf } from './hal-entities.ts';
import { filterOf, ordered, pageOf } from './hal-pages.ts';
import { sendProblem } from './problems.ts';

interface NotePath {
  entityType: string;
  entityId?: string;
}

/** Lists of notes (contract 5.4), where calls can be looked for. Only calls are ever stored here. */
export function serveNotes(app: FastifyInstance, { store }: StandInContext): void {
  const answer = (request: FastifyRequest<{ Params: NotePath }>, reply: FastifyReply) => {
    const { entityType, entityId } = request.params;
    const isEntityType = Object.values<string>(pluralOf).includes(entityType);
    if (!isEntityType || (entityId !== undefined && !/^\d{1,15}$/.test(entityId))) {
      return sendProblem(reply, 404, 'No such path');
    }
    const found = store.calls.filter((note) => isAskedFor(request, note));
    const page = pageOf(request, reply, app.listeningOrigin, ordered(request, found));
    if (page === null) return reply;
    const notes = page.items.map((note) => noteAnswer(note, app.listeningOrigin));
    reply.type('application/hal+json');
    return reply.send(JSON.stringify({ _page: page.page, _links: page.links, _embedded: { notes } }));
  };
  app.get<{ Params: NotePath }>('/api/v4/:entityType/notes', answer);
  app.get<{ Params: NotePath }>('/api/v4/:entityType/:entityId/notes', answer);
}

function isAskedFor(request: FastifyRequest<{ Params: NotePath }>, note: CallNote): boolean {
  const { entityType, entityId } = request.params;
  const [types, entityIds, ids] = ['note_type', 'entity_id', 'id'].map((name) => filterOf(request, name));
  return (
    pluralOf[note.entityType] === entityType &&
    (entityId === undefined || note.entityId === Number(entityId)) &&
    (types?.has(note.noteType) ?? true) &&
    (entityIds?.has(String(note.entityId)) ?? true) &&
    (ids?.has(String(note.id)) ?? true)
  );
}
