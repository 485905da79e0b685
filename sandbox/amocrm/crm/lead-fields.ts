import { authorshipOf, type Birth, changeAuthorshipOf } from './birth.ts';
import type { Lead, LeadChange, NewLead, Tag } from './crm-types.ts';
import { isClosed, type Place } from './pipeline-book.ts';

/** True as long as somebody may still win it. */
export function isOpen({ statusId, isDeleted }: Lead): boolean {
  return !isDeleted && !isClosed(statusId);
}

/** A lead as it is stored when the API was asked for it; the request must have been checked before. */
export function leadOf(asked: NewLead, place: Place, tags: Tag[], birth: Birth): Lead {
  const { contacts = [], companies = [], source = null } = asked._embedded ?? {};
  const hasMain = contacts.some(({ is_main }) => is_main);
  const authorship = authorshipOf(asked, birth);
  return {
    type: 'lead',
    id: birth.id,
    name: asked.name || `Сделка #${birth.id}`,
    price: asked.price ?? 0,
    ...place,
    responsibleUserId: asked.responsible_user_id ?? (asked.created_by || birth.currentUserId),
    ...authorship,
    closedAtSeconds: asked.closed_at ?? (isClosed(place.statusId) ? birth.nowSeconds : null),
    tags,
    contacts: contacts.map(({ id, is_main }, index) => ({ id, isMain: hasMain ? is_main === true : index === 0 })),
    companyId: companies[0]?.id ?? null,
    source,
    isDeleted: false,
  };
}

/** The lead with what a change names; the rest stays as it was. A lead that is opened again was never closed. */
export function changedLead(
  lead: Lead,
  change: LeadChange,
  place: Place,
  tags: Tag[],
  moment: Omit<Birth, 'id'>,
): Lead {
  const closedAtSeconds = isClosed(place.statusId) ? (lead.closedAtSeconds ?? moment.nowSeconds) : null;
  return {
    ...lead,
    name: change.name ?? lead.name,
    price: change.price ?? lead.price,
    ...place,
    responsibleUserId: change.responsible_user_id ?? lead.responsibleUserId,
    closedAtSeconds: change.closed_at ?? closedAtSeconds,
    tags,
    ...changeAuthorshipOf(change, moment),
  };
}
