import type { CrmStore } from '../crm/crm-store.ts';
import type { CallNote, Card, Client, CrmTask } from '../crm/crm-types.ts';
import { fieldTexts } from '../crm/custom-fields.ts';
import { account } from '../crm/seed.ts';
import type { StandInContext } from '../stand-in-context.ts';

/** A stored call as tests and the page read it. */
export function callView(store: CrmStore, note: CallNote) {
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
    leads: store.dealsOf(client, 'lead').filter((lead) => lead.isActive).length,
    isNew: client.isNew,
  };
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
export function stateView({ store, requests, options }: StandInContext, last: number | undefined) {
  const latest = <T>(items: readonly T[]) => (last === undefined ? items : items.slice(-last));
  return {
    account,
    hasPbx: options.pbxUrl !== undefined,
    users: store.users,
    cards: latest(store.cards).map(cardView),
    calls: latest(store.calls).map((note) => callView(store, note)),
    tasks: latest(store.tasks).map((task) => taskView(store, task)),
    contacts: latest(store.clients.filter((client) => client.type === 'contact')).map((c) => clientView(store, c)),
    companies: latest(store.clients.filter((client) => client.type === 'company')).map((c) => clientView(store, c)),
    leads: store.deals.filter((deal) => deal.type === 'lead'),
    requests: latest(requests.records),
    requestCount: requests.count,
    counts: { cards: store.cards.length, calls: store.calls.length, clients: store.clients.length },
  };
}
