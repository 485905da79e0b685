import type { components } from '../../../proto/generated/amocrm.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import type { Client, CrmNote, CrmTask, CrmUser, EntityReference, Lead } from '../crm/crm-types.ts';
import { pluralOf } from '../crm/entity-types.ts';
import { account } from '../crm/seed.ts';

type Schemas = components['schemas'];
export type With = ReadonlySet<string>;

/** `_links` of an entity, absolute as in amoCRM. */
export function selfLinks(origin: string, path: string): Schemas['SelfLinks'] {
  return { self: { href: `${origin}${path}` } };
}

export function idAndLinks(origin: string, { type, id }: Pick<EntityReference, 'type' | 'id'>): Schemas['IdAndLinks'] {
  return { id, _links: selfLinks(origin, `/api/v4/${pluralOf[type]}/${id}`) };
}

/** What contacts, companies and leads have in common. */
export function commonFields(store: CrmStore, entity: Client | Lead) {
  return {
    id: entity.id,
    name: entity.name,
    responsible_user_id: entity.responsibleUserId,
    group_id: 0,
    created_by: entity.createdBy,
    updated_by: entity.updatedBy,
    created_at: entity.createdAtSeconds,
    updated_at: entity.updatedAtSeconds,
    closest_task_at: store.closestTaskAt(entity),
    account_id: account.id,
  };
}

function clientFields(store: CrmStore, client: Client) {
  const fields = client.fields.length === 0 ? null : client.fields;
  return { ...commonFields(store, client), is_deleted: false, custom_fields_values: fields };
}

function dealsAsked(store: CrmStore, client: Client, withParts: With, origin: string) {
  const links = (deals: Pick<EntityReference, 'type' | 'id'>[]) => deals.map((deal) => idAndLinks(origin, deal));
  return {
    ...(withParts.has('leads') && { leads: links(store.leadsOf(client)) }),
    ...(withParts.has('customers') && { customers: links(store.customersOf(client)) }),
  };
}

export function contactAnswer(store: CrmStore, client: Client, withParts: With, origin: string): Schemas['Contact'] {
  const companies = client.companyId === null ? [] : [idAndLinks(origin, { type: 'company', id: client.companyId })];
  return {
    ...clientFields(store, client),
    first_name: client.firstName,
    last_name: client.lastName,
    _links: selfLinks(origin, `/api/v4/contacts/${client.id}`),
    _embedded: { tags: client.tags, companies, ...dealsAsked(store, client, withParts, origin) },
  };
}

export function companyAnswer(store: CrmStore, client: Client, withParts: With, origin: string): Schemas['Company'] {
  const people = store.clients.all.filter(({ companyId }) => companyId === client.id);
  return {
    ...clientFields(store, client),
    _links: selfLinks(origin, `/api/v4/companies/${client.id}`),
    _embedded: {
      tags: client.tags,
      ...(withParts.has('contacts') && { contacts: people.map((contact) => idAndLinks(origin, contact)) }),
      ...dealsAsked(store, client, withParts, origin),
    },
  };
}

export function noteAnswer(note: CrmNote, origin: string): Schemas['Note'] {
  return {
    id: note.id,
    entity_id: note.entityId,
    created_by: note.createdBy,
    updated_by: note.updatedBy,
    created_at: note.createdAtSeconds,
    updated_at: note.updatedAtSeconds,
    responsible_user_id: note.responsibleUserId,
    group_id: 0,
    note_type: note.noteType,
    params: note.params,
    account_id: account.id,
    _links: noteLinks(origin, note),
  };
}

export function noteLinks(origin: string, { entityType, entityId, id }: CrmNote): Schemas['SelfLinks'] {
  return selfLinks(origin, `/api/v4/${pluralOf[entityType]}/${entityId}/notes/${id}`);
}

export function taskAnswer(task: CrmTask, origin: string): Schemas['Task'] {
  return {
    id: task.id,
    created_by: task.createdBy,
    updated_by: task.updatedBy,
    created_at: task.createdAtSeconds,
    updated_at: task.updatedAtSeconds,
    responsible_user_id: task.responsibleUserId,
    group_id: 0,
    entity_id: task.entity?.id ?? null,
    entity_type: task.entity && pluralOf[task.entity.type],
    duration: task.durationSeconds,
    is_completed: task.isCompleted,
    task_type_id: task.typeId,
    text: task.text,
    result: task.resultText === null ? [] : { text: task.resultText },
    complete_till: task.completeTillSeconds,
    account_id: account.id,
    _links: taskLinks(origin, task),
  };
}

export function taskLinks(origin: string, { id }: CrmTask): Schemas['SelfLinks'] {
  return selfLinks(origin, `/api/v4/tasks/${id}`);
}

export function userAnswer(user: CrmUser, withParts: With, origin: string): Schemas['User'] {
  const all = { view: 'A', edit: 'A', add: 'A', delete: 'A', export: 'A' } as const;
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    lang: 'ru',
    ...(withParts.has('phone_number') && { phone_number: user.phoneNumber }),
    rights: {
      leads: all,
      contacts: all,
      companies: all,
      tasks: { edit: 'A', delete: 'A' },
      mail_access: false,
      catalog_access: false,
      is_admin: user.isAdmin,
      is_free: false,
      is_active: user.isActive,
      group_id: null,
      role_id: null,
    },
    _links: selfLinks(origin, `/api/v4/users/${user.id}`),
  };
}
