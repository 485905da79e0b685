import type { FastifyInstance } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import type { CrmNote, EntityReference, NewCall } from '../crm/crm-types.ts';
import { account } from '../crm/seed.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { batchOf } from './batch.ts';
import { idAndLinks } from './hal-entities.ts';
import { unknownUsers } from './known-users.ts';
import { sendValidation } from './problems.ts';
import { requestIdOf, rulesOf } from './request-rules.ts';

type Schemas = components['schemas'];

/** `POST /api/v4/calls` (contract 6). A repeated `uniq` is stored again, so that doubles are seen. */
export function serveCalls(app: FastifyInstance, { store }: StandInContext): void {
  const check = rulesOf('NewCall', (call) => unknownUsers(store, call));

  app.post('/api/v4/calls', (request, reply) => {
    const batch = batchOf(request.body, reply);
    if (batch === null) return reply;
    const { items, errors } = check(batch);
    if (errors) return sendValidation(reply, errors);
    const outcomes = items.map((call, index) => register(store, call, index, app.listeningOrigin));
    const stored = outcomes.filter((outcome) => 'id' in outcome);
    const answer: Schemas['CallsAnswer'] = {
      _total_items: stored.length,
      errors: outcomes.filter((outcome) => 'title' in outcome),
      _embedded: { calls: stored },
    };
    reply.status(stored.length > 0 ? 200 : 400).type('application/hal+json');
    return reply.send(JSON.stringify(answer));
  });
}

function register(
  store: CrmStore,
  call: NewCall,
  index: number,
  origin: string,
): Schemas['StoredCall'] | Schemas['CallError'] {
  const entity = store.entityOfPhone(call.phone);
  if (entity === null) {
    const named = call.request_id === undefined ? {} : { request_id: call.request_id };
    return { title: 'Entity not found', status: 404, detail: `No entity with the phone ${call.phone}`, ...named };
  }
  const note = store.addNote(noteOf(store, call, entity));
  return {
    id: note.id,
    entity_id: entity.id,
    entity_type: entity.type,
    account_id: account.id,
    request_id: requestIdOf(call, index),
    _embedded: { entity: idAndLinks(origin, entity) },
  };
}

function noteOf(store: CrmStore, call: NewCall, entity: EntityReference): Omit<CrmNote, 'id' | 'at'> {
  const {
    direction,
    request_id: _,
    responsible_user_id,
    created_by,
    updated_by,
    created_at,
    updated_at,
    ...params
  } = call;
  const answering = typeof call.call_responsible === 'number' ? call.call_responsible : undefined;
  const author = created_by ?? answering ?? store.currentUserId;
  const createdAtSeconds = created_at ?? store.nowSeconds();
  return {
    entityType: entity.type,
    entityId: entity.id,
    noteType: direction === 'inbound' ? 'call_in' : 'call_out',
    params,
    createdBy: author,
    updatedBy: updated_by ?? author,
    responsibleUserId: responsible_user_id ?? author,
    createdAtSeconds,
    updatedAtSeconds: updated_at ?? createdAtSeconds,
  };
}
