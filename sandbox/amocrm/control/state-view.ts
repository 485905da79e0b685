import type { CrmStore } from '../crm/crm-store.ts';
import type { Card, Client, CrmNote, CrmTask, Lead, UnsortedItem } from '../crm/crm-types.ts';
import { fieldTexts } from '../crm/custom-fields.ts';
import { isOpen } from '../crm/lead-fields.ts';
import { account } from '../crm/seed.ts';
import type { StandInContext } from '../stand-in-context.ts';

/** A stored call as tests and the page read it. */
export function callView(store: CrmStore, note: CrmNote) {
  const { params } = note;
  const responsible = params.call_responsible ?? note.responsibleUserId;
  return {
    noteId: note.id,
    entityType: note.entityType,
    entityId: note.entityId,
    entityName: store.nameOf(note.entityType, note.entityId) ?? '',
    uniq: params.uniq ?? null,
    direction: note.noteType === 'call_in' ? 'inbound' : 'outbound',
    duration: params.duration ?? 0,
    phone: params.phone ?? '',
    callStatus: params.call_status ?? null,
    callResult: params.call_result ?? null,
    responsible,
    responsibleUserId: note.responsibleUserId,
    createdBy: note.createdBy,
    source: params.source ?? '',
    link: params.link ?? null,
    createdAtSeconds: note.createdAtSeconds,
    at: note.at,
  };
}

/** A contact or company as tests and the page read it. */
export function clientView(store: CrmStore, client: Client) {
  return {
    id: client.id,
    type: client.type,
    name: client.name,
    phones: fieldTexts(client.fields, 'PHONE'),
    emails: fieldTexts(client.fields, 'EMAIL'),
    responsibleUserId: client.responsibleUserId,
    createdBy: client.createdBy,
    createdAtSeconds: client.createdAtSeconds,
    tags: client.tags.map(({ name }) => name),
    updatedAtSeconds: client.updatedAtSeconds,
    leads: store.leadsOf(client).filter(isOpen).length,
    isNew: client.isNew,
  };
}

/** A lead as tests and the page read it. */
export function leadView(store: CrmStore, lead: Lead) {
  const { id, name, price, statusId, pipelineId, responsibleUserId, companyId, source, isDeleted } = lead;
  const { createdBy, createdAtSeconds, updatedAtSeconds, closedAtSeconds } = lead;
  return {
    ...{ id, name, price, statusId, pipelineId, responsibleUserId, companyId, isDeleted, createdBy },
    ...{ createdAtSeconds, updatedAtSeconds, closedAtSeconds, sourceExternalId: source?.external_id ?? null },
    statusName: store.pipelines.stageOf(lead)?.name ?? '',
    pipelineName: store.pipelines.byId(pipelineId)?.name ?? '',
    isOpen: isOpen(lead),
    isUnsorted: store.unsorted.holds(lead),
    tags: lead.tags.map((tag) => tag.name),
    contacts: lead.contacts.map((link) => ({ ...link, name: nameOfClient(store, 'contact', link.id) })),
    companyName: companyId === null ? null : nameOfClient(store, 'company', companyId),
  };
}

/** An incoming lead that waits, with the call that it will show, as tests and the page read it. */
export function unsortedView(store: CrmStore, item: UnsortedItem) {
  const { uid, sourceUid, sourceName, pipelineId, createdAtSeconds, metadata, leadId, contactId, callNote } = item;
  return {
    ...{ uid, sourceUid, sourceName, pipelineId, createdAtSeconds, metadata, leadId, contactId },
    leadName: store.nameOf('lead', leadId) ?? '',
    contactName: contactId === null ? null : nameOfClient(store, 'contact', contactId),
    pipelineName: store.pipelines.byId(pipelineId)?.name ?? '',
    call: callNote && callView(store, { ...callNote, id: 0, at: '' }),
  };
}

function nameOfClient(store: CrmStore, type: Client['type'], id: number): string {
  return store.clients.withUnsorted(type, id)?.name ?? '';
}

export function cardView(card: Card) {
  const { id, uid, userId, phone, entity, at } = card;
  return { id, uid, userId, phone, entity, at };
}

/** A task as tests and the page read it. */
export function taskView(store: CrmStore, task: CrmTask) {
  const { id, text, completeTillSeconds, responsibleUserId, entity, isCompleted, resultText } = task;
  return {
    ...{ id, text, completeTillSeconds, responsibleUserId, isCompleted, resultText },
    entityType: entity?.type ?? null,
    entityId: entity?.id ?? null,
    entityName: entity && (store.nameOf(entity.type, entity.id) ?? ''),
  };
}

/** All that is remembered; of long lists only the last `last` if it is given, the counts stay whole. */
export function stateView({ store, requests, options, hookSender }: StandInContext, last: number | undefined) {
  const latest = <T>(items: readonly T[]) => (last === undefined ? items : items.slice(-last));
  const { calls } = store;
  const clients = store.clients.all;
  return {
    account,
    hasPbx: options.pbxUrl !== undefined,
    users: store.users,
    cards: latest(store.cards).map(cardView),
    calls: latest(calls).map((note) => callView(store, note)),
    tasks: latest(store.tasks).map((task) => taskView(store, task)),
    contacts: latest(clients.filter((client) => client.type === 'contact')).map((c) => clientView(store, c)),
    companies: latest(clients.filter((client) => client.type === 'company')).map((c) => clientView(store, c)),
    leads: latest(store.leads).map((lead) => leadView(store, lead)),
    unsorted: latest(store.unsorted.items).map((item) => unsortedView(store, item)),
    pipelines: store.pipelines.all,
    webhooks: hookSender.hooks.all.map(({ destination, events, isDisabled }) => ({ destination, events, isDisabled })),
    hookDeliveries: latest(hookSender.deliveries),
    requests: latest(requests.records),
    requestCount: requests.count,
    counts: { cards: store.cards.length, calls: calls.length, clients: clients.length },
  };
}
