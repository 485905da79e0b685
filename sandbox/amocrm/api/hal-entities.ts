import type { components } from '../../../proto/generated/amocrm.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import type { CallNote, Client, CrmTask, CrmUser, Deal, EntityReference } from '../crm/crm-types.ts';
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

function commonFields(store: CrmStore, client: Client) {
  return {
    id: client.id,
    name: client.name,
    responsible_user_id: client.responsibleUserId,
    group_id: 0,
    created_by: client.createdBy,
    updated_by: client.updatedBy,
    created_at: client.createdAtSeconds,
    updated_at: client.updatedAtSeconds,
    is_deleted: false,
    closest_task_at: store.closestTaskAt(client),
    custom_fields_values: client.fields.length === 0 ? null : client.fields,
    account_id: account.id,
  };
}

function dealsAsked(store: CrmStore, client: Client, withParts: With, origin: string) {
  const links = (type: Deal['type']) => store.dealsOf(client, type).map((deal) => idAndLinks(origin, deal));
  return {
    ...(withParts.has('leads') && { leads: links('lead') }),
    ...(withParts.has('customers') && { customers: links('customer') }),
  };
}

export function contactAnswer(store: CrmStore, client: Client, withParts: With, origin: string): Schemas['Contact'] {
  const companies = client.companyId === null ? [] : [idAndLinks(origin, { type: 'company', id: client.companyId })];
  return {
    ...commonFields(store, client),
    first_name: client.firstName,
    last_name: client.lastName,
    _links: selfLinks(origin, `/api/v4/contacts/${client.id}`),
    _embedded: { tags: client.tags, companies, ...dealsAsked(store, client, withParts, origin) },
  };
}

export function companyAnswer(store: CrmStore, client: Client, withParts: With, origin: string): Schemas['Company'] {
  return {
    ...commonFields(store, client),
    _links: selfLinks(origin, `/api/v4/companies/${client.id}`),
    _embedded: { tags: client.tags, ...dealsAsked(store, client, withParts, origin) },
  };
}

export function noteAnswer(note: CallNote, origin: string): Schemas['Note'] {
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
    _links: selfLinks(origin, `/api/v4/${pluralOf[note.entityType]}/${note.entityId}/notes/${note.id}`),
  };
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
      is_active: true,
      group_id: null,
      role_id: null,
    },
    _links: selfLinks(origin, `/api/v4/users/${user.id}`),
  };
}
