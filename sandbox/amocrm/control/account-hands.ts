import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { CrmStore } from '../crm/crm-store.ts';
import type { Pipeline } from '../crm/crm-types.ts';
import type { StandInContext } from '../stand-in-context.ts';

const Activity = Type.Object({ isActive: Type.Boolean() }, { additionalProperties: false });
const Archiving = Type.Object({ isArchive: Type.Boolean() }, { additionalProperties: false });
const Options = Type.Object(
  {
    isApiFilterEnabled: Type.Optional(Type.Boolean()),
    hasPhoneField: Type.Optional(Type.Boolean()),
    searchLagMs: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false, minProperties: 1 },
);
type ById = { Params: { id: string } };

/** What an administrator could do by hand in amoCRM: users, pipelines, paid options. */
export function serveAccountHands(app: FastifyInstance, { store }: StandInContext): void {
  app.put<{ Body: Static<typeof Options> }>('/sandbox/account', { schema: { body: Options } }, (request, reply) => {
    Object.assign(store, request.body);
    return reply.status(204).send();
  });

  app.put<ById & { Body: Static<typeof Activity> }>(
    '/sandbox/users/:id/active',
    { schema: { body: Activity } },
    (request, reply) => {
      const user = store.users.find(({ id }) => String(id) === request.params.id);
      if (!user) return reply.status(404).send({ error: 'There is no such user' });
      store.setActive(user, request.body.isActive);
      return reply.status(204).send();
    },
  );

  servePipelineHands(app, store);
}

function servePipelineHands(app: FastifyInstance, store: CrmStore): void {
  app.put<ById & { Body: Static<typeof Archiving> }>(
    '/sandbox/pipelines/:id/archive',
    { schema: { body: Archiving } },
    (request, reply) => {
      const pipeline = pipelineOf(store, request.params.id, reply);
      if (pipeline === null) return reply;
      if (pipeline.isMain) return reply.status(409).send({ error: 'The main pipeline stays' });
      pipeline.isArchive = request.body.isArchive;
      return reply.status(204).send();
    },
  );

  app.delete<ById>('/sandbox/pipelines/:id', (request, reply) => {
    const pipeline = pipelineOf(store, request.params.id, reply);
    if (pipeline === null) return reply;
    if (!store.pipelines.remove(pipeline)) return reply.status(409).send({ error: 'The main pipeline stays' });
    store.moveStrandedLeads();
    return reply.status(204).send();
  });

  app.delete<{ Params: { id: string; statusId: string } }>(
    '/sandbox/pipelines/:id/statuses/:statusId',
    (request, reply) => {
      const pipeline = pipelineOf(store, request.params.id, reply);
      if (pipeline === null) return reply;
      const stage = pipeline.stages.find(({ id }) => String(id) === request.params.statusId);
      if (!stage) return reply.status(404).send({ error: 'There is no such stage' });
      if (!store.pipelines.removeStage(pipeline, stage)) return reply.status(409).send({ error: 'This stage stays' });
      store.moveStrandedLeads();
      return reply.status(204).send();
    },
  );
}

function pipelineOf(store: CrmStore, id: string, reply: FastifyReply): Pipeline | null {
  const pipeline = store.pipelines.byId(Number(id));
  if (!pipeline) reply.status(404).send({ error: 'There is no such pipeline' });
  return pipeline ?? null;
}
