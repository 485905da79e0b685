import type { EntityType, EntityTypePlural } from './crm-types.ts';

/** The API has two names for every type: one in paths, filters and tasks, the other in answers about calls. */
export const pluralOf: Record<EntityType, EntityTypePlural> = {
  contact: 'contacts',
  company: 'companies',
  lead: 'leads',
  customer: 'customers',
};

export const singularOf: Record<EntityTypePlural, EntityType> = {
  contacts: 'contact',
  companies: 'company',
  leads: 'lead',
  customers: 'customer',
};
