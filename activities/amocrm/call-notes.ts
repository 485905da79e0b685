import type { RegisterCall } from '../../proto/crm-action.ts';
import { type AmocrmClient, bodyOf } from './client.ts';
import { findCompanies, findContacts } from './client-search.ts';

/** Where a call stands in amoCRM. */
export interface CallRecord {
  noteId: number;
  entityType: string;
  entityId: number;
}

type EntityType = 'contacts' | 'companies' | 'leads' | 'customers';

/**
 * Looks for a call among the notes of every entity it can have landed on: amoCRM stores a call with the contact or
 * company of the phone or with its only open lead or customer, and has no other way to see it (contract 6).
 *
 * @param createdContactId the contact that we made for this phone: searches may not find it yet
 */
export async function findCallNote(
  client: AmocrmClient,
  call: RegisterCall,
  createdContactId: number | undefined,
): Promise<CallRecord | undefined> {
  const contacts = await findContacts(client, call.phone);
  const companies = await findCompanies(client, call.phone);
  const clients = [...contacts, ...companies];
  const contactIds = new Set(contacts.map(({ id }) => id));
  if (createdContactId !== undefined) contactIds.add(createdContactId);
  const candidates: [EntityType, number[]][] = [
    ['contacts', [...contactIds]],
    ['leads', clients.flatMap((entity) => (entity._embedded.leads ?? []).map(({ id }) => id))],
    ['companies', companies.map(({ id }) => id)],
    ['customers', clients.flatMap((entity) => (entity._embedded.customers ?? []).map(({ id }) => id))],
  ];
  for (const [entityType, ids] of candidates) {
    const found = ids.length > 0 ? await findAmong(client, entityType, ids, call) : undefined;
    if (found) return found;
  }
  return undefined;
}

async function findAmong(
  client: AmocrmClient,
  entityType: EntityType,
  entityIds: number[],
  call: RegisterCall,
): Promise<CallRecord | undefined> {
  const page = bodyOf(
    await client.GET('/api/v4/{entity_type}/notes', {
      params: {
        path: { entity_type: entityType },
        query: {
          'filter[note_type]': call.direction === 'inbound' ? 'call_in' : 'call_out',
          'filter[entity_id][]': entityIds,
          'order[id]': 'desc',
          limit: 250,
        },
      },
    }),
  );
  const note = page?._embedded.notes.find(({ params }) => params.uniq === call.uniq);
  return note && { noteId: note.id, entityType, entityId: note.entity_id };
}
