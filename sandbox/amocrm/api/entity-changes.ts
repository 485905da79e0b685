import type { FastifyInstance } from 'fastify';
import type { components } from '../../../proto/generated/amocrm.ts';
import type { Client, Lead } from '../crm/crm-types.ts';
import { pluralOf } from '../crm/entity-types.ts';
import { batchOf, objectOf } from './batch.ts';
import { idAndLinks } from './hal-entities.ts';
import { type FieldError, sendProblem, sendValidation } from './problems.ts';
import { notAChoice, requestIdOf, rulesOf } from './request-rules.ts';

type Schemas = components['schemas'];
type ChangeSchema = 'ContactChange' | 'CompanyChange' | 'LeadChange';

/** How entities of one type are changed. */
interface Changes<Name extends ChangeSchema, Entity> {
  type: 'contact' | 'company' | 'lead';
  schema: Name;
  find(id: number): Entity | undefined;
  /** What the change names that isn't there. */
  complaints(change: Schemas[Name], entity: Entity): FieldError[];
  carryOut(entity: Entity, change: Schemas[Name]): void;
}

/** `PATCH /api/v4/{type}` with a list, where one bad item refuses all, and `PATCH /api/v4/{type}/{id}` with one object. */
export function serveChanges<Name extends ChangeSchema, Entity extends Client | Lead>(
  app: FastifyInstance,
  changes: Changes<Name, Entity>,
): void {
  serveBatch(app, changes);
  const path = `/api/v4/${pluralOf[changes.type]}/:id`;
  app.patch<{ Params: { id: string } }>(path, (request, reply) => {
    const entity = /^\d{1,15}$/.test(request.params.id) ? changes.find(Number(request.params.id)) : undefined;
    if (!entity) return sendProblem(reply, 404, `There is no such ${changes.type}`);
    const body = objectOf(request.body, reply);
    if (body === null) return reply;
    const check = rulesOf(changes.schema, (change) => changes.complaints(change, entity));
    const { items, errors } = check([body]);
    if (errors) return sendValidation(reply, errors);
    for (const change of items) changes.carryOut(entity, change);
    return reply.type('application/hal+json').send(JSON.stringify(changedAnswer(entity, app.listeningOrigin)));
  });
}

function serveBatch<Name extends ChangeSchema, Entity extends Client | Lead>(
  app: FastifyInstance,
  changes: Changes<Name, Entity>,
): void {
  const name = pluralOf[changes.type];
  const check = rulesOf(`${changes.schema}InBatch`, (item) => {
    const entity = changes.find(item.id);
    return entity ? changes.complaints(item, entity) : [notAChoice('id')];
  });
  app.patch(`/api/v4/${name}`, (request, reply) => {
    const batch = batchOf(request.body, reply);
    if (batch === null) return reply;
    const { items, errors } = check(batch);
    if (errors) return sendValidation(reply, errors);
    const changed = items.flatMap((change, index) => {
      const entity = changes.find(change.id);
      if (!entity) return [];
      changes.carryOut(entity, change);
      return [{ ...changedAnswer(entity, app.listeningOrigin), request_id: requestIdOf(change, index) }];
    });
    return reply.type('application/hal+json').send(JSON.stringify({ _embedded: { [name]: changed } }));
  });
}

function changedAnswer(entity: Client | Lead, origin: string): Schemas['ChangedEntity'] {
  return { ...idAndLinks(origin, entity), name: entity.name, updated_at: entity.updatedAtSeconds };
}
