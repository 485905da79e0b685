import type { AttachTo } from '../../proto/rule.ts';
import type { EntityId, KnownClient } from '../store/known-clients.ts';

/** Where a call of a known client belongs; undefined if too little is known. */
export function placeOf(known: KnownClient | undefined, attachTo: AttachTo): EntityId | undefined {
  const client = known?.client ?? undefined;
  const itself = client && { entityType: client.entityType, entityId: client.entityId };
  if (attachTo === 'client') return itself;
  if (attachTo === 'as-amocrm' && known?.landing) return known.landing;
  if (!client?.openLeadIds) return undefined;
  const [newest, ...others] = client.openLeadIds;
  if (attachTo === 'newest-lead') return newest ? asLead(newest) : itself;
  if (client.hasCustomers) return undefined;
  return newest && others.length === 0 ? asLead(newest) : itself; // contract 6
}

export const asLead = (entityId: number): EntityId => ({ entityType: 'leads', entityId });
