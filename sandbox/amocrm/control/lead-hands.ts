import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Static, Type } from 'typebox';
import type { CrmStore } from '../crm/crm-store.ts';
import type { Lead, LeadChange, UnsortedItem } from '../crm/crm-types.ts';
import type { StandInContext } from '../stand-in-context.ts';
import { leadView } from './state-view.ts';

const Text = Type.String({ minLength: 1, maxLength: 200 });
const Texts = Type.Array(Text, { maxItems: 20 });
const Id = Type.Integer();
const common = {
  statusId: Type.Optional(Id),
  pipelineId: Type.Optional(Id),
  responsibleUserId: Type.Optional(Id),
  price: Type.Optional(Type.Integer({ minimum: 0 })),
  tags: Type.Optional(Texts),
};
const LeadByHand = Type.Object(
  { ...common, name: Text, contactIds: Type.Optional(Type.Array(Id, { maxItems: 20 })), companyId: Type.Optional(Id) },
  { additionalProperties: false },
);
/** A lead as a person enters it; its first contact is the main one. */
export type LeadByHand = Static<typeof LeadByHand>;
const ChangedLead = Type.Object(
  { ...common, name: Type.Optional(Text), tagsToDelete: Type.Optional(Texts) },
  { additionalProperties: false },
);
export type ChangedLead = Static<typeof ChangedLead>;
const Acceptance = Type.Object(
  { userId: Type.Optional(Id), statusId: Type.Optional(Id) },
  { additionalProperties: false },
);
/** Who accepts an incoming lead, and to which stage; the first user and the first stage if not given. */
export type Acceptance = Static<typeof Acceptance>;
type ById = { Params: { id: string } };
type ByUid = { Params: { uid: string } };

/** What a person could do by hand in amoCRM with leads. */
export function serveLeadHands(app: FastifyInstance, context: StandInContext): void {
  serveLeads(app, context.store);
  serveIncoming(app, context.store);
}

function serveLeads(app: FastifyInstance, store: CrmStore): void {
  app.post<{ Body: LeadByHand }>('/sandbox/leads', { schema: { body: LeadByHand } }, (request, reply) => {
    const { contactIds = [], companyId } = request.body;
    const error = errorOf(store, request.body) ?? strangerOf(store, contactIds, companyId);
    if (error !== undefined) return reply.status(400).send({ error });
    const companies = companyId === undefined ? [] : [{ id: companyId }];
    const _embedded = { contacts: contactIds.map((id) => ({ id })), companies };
    return reply.status(201).send(leadView(store, store.addLead({ ...apiFieldsOf(request.body), _embedded })));
  });

  app.patch<ById & { Body: ChangedLead }>('/sandbox/leads/:id', { schema: { body: ChangedLead } }, (request, reply) => {
    const lead = leadOf(store, request.params.id, reply);
    if (lead === null) return reply;
    const error = store.unsorted.holds(lead) ? 'The lead is to be accepted first' : errorOf(store, request.body, lead);
    if (error !== undefined) return reply.status(400).send({ error });
    const less = (request.body.tagsToDelete ?? []).map((name) => ({ name }));
    store.changeLead(lead, {
      ...apiFieldsOf(request.body),
      ...{ tags_to_delete: less, updated_by: lead.responsibleUserId },
    });
    return reply.send(leadView(store, lead));
  });

  app.delete<ById>('/sandbox/leads/:id', (request, reply) => {
    const lead = leadOf(store, request.params.id, reply);
    if (lead === null) return reply;
    store.deleteLead(lead);
    return reply.status(204).send();
  });
}

function serveIncoming(app: FastifyInstance, store: CrmStore): void {
  app.post<ByUid & { Body: Acceptance }>(
    '/sandbox/unsorted/:uid/accept',
    { schema: { body: Acceptance } },
    (request, reply) => {
      const item = incomingOf(store, request.params.uid, reply);
      if (item === null) return reply;
      const { userId = store.currentUserId, statusId } = request.body;
      const asked = {
        pipelineId: item.pipelineId,
        responsibleUserId: userId,
        ...(statusId !== undefined && { statusId }),
      };
      const error = errorOf(store, asked);
      if (error !== undefined) return reply.status(400).send({ error });
      const { place } = store.pipelines.find({
        pipeline_id: item.pipelineId,
        ...(statusId !== undefined && { status_id: statusId }),
      });
      if (place) store.unsorted.accept(item, userId, place.statusId);
      return reply.status(204).send();
    },
  );

  app.delete<ByUid>('/sandbox/unsorted/:uid', (request, reply) => {
    const item = incomingOf(store, request.params.uid, reply);
    if (item === null) return reply;
    store.unsorted.decline(item);
    return reply.status(204).send();
  });
}

function apiFieldsOf({ name, price, statusId, pipelineId, responsibleUserId, tags }: ChangedLead): LeadChange {
  return {
    ...(name !== undefined && { name }),
    ...(price !== undefined && { price }),
    ...(statusId !== undefined && { status_id: statusId }),
    ...(pipelineId !== undefined && { pipeline_id: pipelineId }),
    ...(responsibleUserId !== undefined && { responsible_user_id: responsibleUserId }),
    ...(tags && { tags_to_add: tags.map((tag) => ({ name: tag })) }),
  };
}

function errorOf(store: CrmStore, asked: ChangedLead, from?: Lead): string | undefined {
  const { wrong } = store.pipelines.find(apiFieldsOf(asked), from);
  if (wrong) return `There is no such ${wrong === 'status_id' ? 'stage in this pipeline' : 'pipeline in use'}`;
  const { responsibleUserId } = asked;
  return responsibleUserId === undefined || store.isUser(responsibleUserId) ? undefined : 'There is no such user';
}

function strangerOf(store: CrmStore, contactIds: number[], companyId: number | undefined): string | undefined {
  const areKnown = contactIds.every((id) => store.clients.byId('contact', id));
  if (areKnown && (companyId === undefined || store.clients.byId('company', companyId))) return undefined;
  return 'There is no such client';
}

function leadOf(store: CrmStore, id: string, reply: FastifyReply): Lead | null {
  const lead = store.leadById(Number(id));
  if (!lead) reply.status(404).send({ error: 'There is no such lead' });
  return lead ?? null;
}

function incomingOf(store: CrmStore, uid: string, reply: FastifyReply): UnsortedItem | null {
  const item = store.unsorted.byUid(uid);
  if (!item) reply.status(404).send({ error: 'There is no such incoming lead, or not any more' });
  return item ?? null;
}
