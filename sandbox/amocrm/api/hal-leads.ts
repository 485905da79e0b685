import type { components } from '../../../proto/generated/amocrm.ts';
import type { CrmStore } from '../crm/crm-store.ts';
import type { EntityReference, Lead, Pipeline, UnsortedItem } from '../crm/crm-types.ts';
import { isClosed } from '../crm/pipeline-book.ts';
import { account } from '../crm/seed.ts';
import { commonFields, idAndLinks, selfLinks, type With } from './hal-entities.ts';

type Schemas = components['schemas'];

export function leadAnswer(store: CrmStore, lead: Lead, withParts: With, origin: string): Schemas['Lead'] {
  const contacts = lead.contacts.map(({ id, isMain }) => ({
    ...idAndLinks(origin, { type: 'contact', id }),
    is_main: isMain,
  }));
  return {
    ...commonFields(store, lead),
    price: lead.price,
    status_id: lead.statusId,
    pipeline_id: lead.pipelineId,
    closed_at: lead.closedAtSeconds,
    is_deleted: lead.isDeleted,
    ...{ loss_reason_id: null, custom_fields_values: null, score: null, labor_cost: null },
    _links: selfLinks(origin, `/api/v4/leads/${lead.id}`),
    _embedded: {
      tags: lead.tags,
      companies: lead.companyId === null ? [] : [idAndLinks(origin, { type: 'company', id: lead.companyId })],
      ...(withParts.has('contacts') && { contacts }),
    },
  };
}

export function pipelineAnswer(pipeline: Pipeline, index: number, origin: string): Schemas['Pipeline'] {
  const { id, name, isMain, isArchive, stages } = pipeline;
  const statuses = stages.map((stage, place) => ({
    ...{ id: stage.id, name: stage.name, color: stage.color, pipeline_id: id, account_id: account.id },
    sort: isClosed(stage.id) ? stage.id * 100 : (place + 1) * 10,
    is_editable: !stage.isUnsorted && !isClosed(stage.id),
    type: stage.isUnsorted ? 1 : 0,
    _links: selfLinks(origin, `/api/v4/leads/pipelines/${id}/statuses/${stage.id}`),
  }));
  return {
    ...{ id, name, sort: index + 1, is_main: isMain, is_archive: isArchive, account_id: account.id },
    is_unsorted_on: stages.some(({ isUnsorted }) => isUnsorted),
    _links: selfLinks(origin, `/api/v4/leads/pipelines/${id}`),
    _embedded: { statuses },
  };
}

/** The entities of an incoming lead, and where it is. */
export function unsortedLinks(item: UnsortedItem, origin: string) {
  const link = (type: EntityReference['type'], id: number | null) =>
    id === null ? [] : [idAndLinks(origin, { type, id })];
  return {
    _links: selfLinks(origin, `/api/v4/leads/unsorted/${item.uid}`),
    _embedded: {
      leads: link('lead', item.leadId),
      contacts: link('contact', item.contactId),
      companies: link('company', item.companyId),
    },
  };
}

export function unsortedAnswer(item: UnsortedItem, origin: string): Schemas['Unsorted'] {
  const { is_call_event_needed: _, ...metadata } = item.metadata;
  return {
    ...{ uid: item.uid, source_uid: item.sourceUid, source_name: item.sourceName, category: 'sip' },
    ...{ pipeline_id: item.pipelineId, created_at: item.createdAtSeconds, account_id: account.id, metadata },
    ...unsortedLinks(item, origin),
  };
}
