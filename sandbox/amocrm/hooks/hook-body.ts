import type { CrmChange } from '../crm/crm-change.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import type { Client, CrmTask, EntityType, Lead, Tag } from '../crm/crm-types.ts';
import { account } from '../crm/seed.ts';
import { bracketForm, type FormValue } from './bracket-form.ts';

type Form = { [key: string]: FormValue };

/** Of the account's time zone, in which hooks tell the times of tasks. */
const timezoneOffsetSeconds = 3 * 3600;
const elementTypes: Record<EntityType, number> = { contact: 1, lead: 2, company: 3, customer: 12 };

/** What amoCRM posts to the subscribers of a change (contract 8.4), form-encoded; every value is text. */
export function hookBody(store: CrmStore, change: CrmChange): string {
  const { subdomain, id } = account;
  return bracketForm({
    [keyOf(change)]: { [change.action]: [entityOf(store, change)] },
    account: { subdomain, id, _links: { self: `https://${subdomain}.amocrm.ru` } },
  });
}

/** Companies come under `contacts` too and tasks under a singular. */
function keyOf({ kind }: CrmChange): string {
  if (kind === 'lead') return 'leads';
  return kind === 'task' ? 'task' : 'contacts';
}

function entityOf(store: CrmStore, change: CrmChange): Form {
  if (change.action === 'delete') return goneOf(change);
  if (change.kind === 'lead') return leadForm(change.entity, change.oldStatusId);
  return change.kind === 'task' ? taskForm(change.entity) : clientForm(store, change.entity);
}

function goneOf({ kind, entity }: CrmChange): Form {
  return { id: entity.id, ...((kind === 'contact' || kind === 'company') && { type: kind }) };
}

function commonForm(entity: Client | Lead): Form {
  return {
    ...{ id: entity.id, name: entity.name, responsible_user_id: entity.responsibleUserId, account_id: account.id },
    ...{ date_create: entity.createdAtSeconds, last_modified: entity.updatedAtSeconds },
    ...{ created_user_id: entity.createdBy, modified_user_id: entity.updatedBy },
    tags: entity.tags.map(({ id, name }: Tag) => ({ id, name })),
  };
}

function leadForm(lead: Lead, oldStatusId: number | undefined): Form {
  const { statusId: status_id, pipelineId: pipeline_id, price } = lead;
  const moved = oldStatusId === undefined ? {} : { old_status_id: oldStatusId };
  return { ...commonForm(lead), status_id, pipeline_id, price, ...moved };
}

function clientForm(store: CrmStore, client: Client): Form {
  const company = client.companyId === null ? undefined : store.clients.byId('company', client.companyId);
  const leads = store.leadsOf(client).map(({ id }): [string, FormValue] => [String(id), { ID: id }]);
  return {
    ...commonForm(client),
    ...(company && { company_name: company.name, linked_company_id: company.id }),
    linked_leads_id: Object.fromEntries(leads),
    custom_fields: client.fields.map(({ field_id: id, field_name: name, field_code, values }) => ({
      ...{ id, name, ...(field_code !== null && { code: field_code }) },
      values: values.map(({ value, enum_id }) => ({
        value: String(value),
        ...(enum_id !== undefined && { enum: enum_id }),
      })),
    })),
    ...{ created_at: client.createdAtSeconds, updated_at: client.updatedAtSeconds, type: client.type },
  };
}

function taskForm(task: CrmTask): Form {
  const { entity } = task;
  return {
    ...{ id: task.id, text: task.text, task_type: task.typeId, responsible_user_id: task.responsibleUserId },
    ...(entity && { element_id: entity.id, element_type: elementTypes[entity.type] }),
    ...{ date_create: localTime(task.createdAtSeconds), last_modified: localTime(task.updatedAtSeconds) },
    complete_till: localTime(task.completeTillSeconds),
    ...{ status: Number(task.isCompleted), action_close: Number(task.isCompleted) },
    ...(task.resultText !== null && { result: { text: task.resultText } }),
    ...{ created_user_id: task.createdBy, modified_user_id: task.updatedBy, account_id: account.id },
  };
}

function localTime(unixSeconds: number): string {
  return new Date((unixSeconds + timezoneOffsetSeconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
