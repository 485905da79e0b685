import type { RegisterCall } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import type { AmocrmClient } from './client.ts';
import { findCompanies, findContacts } from './client-search.ts';
import type { Gathering } from './gathering/index.ts';

/** Where a call stands in amoCRM. */
export interface CallRecord {
  noteId: number;
  entityType: string;
  entityId: number;
}

type EntityType = components['schemas']['EntityTypePlural'];

/**
 * Looks for a call among the notes of every entity it can have landed on: amoCRM stores a call with the contact or
 * company of the phone or with its only open lead or customer, and has no other way to see it (contract 6).
 *
 * @param createdContactId the contact that we made for this phone: searches may not find it yet
 */
export async function findCallNote(
  client: AmocrmClient,
  gathering: Gathering,
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
    const found = ids.length > 0 ? await findCallNoteOn(gathering, entityType, ids, call) : undefined;
    if (found) return found;
  }
  return undefined;
}

/**
 * Looks for a call among the notes of these entities of one type.
 *
 * @returns undefined if it is not there
 */
export async function findCallNoteOn(
  gathering: Gathering,
  entityType: EntityType,
  entityIds: readonly number[],
  call: RegisterCall,
): Promise<CallRecord | undefined> {
  const note = await gathering.findCallNote(entityType, { entityIds, noteType: noteTypeOf(call), uniq: call.uniq });
  return note && { noteId: note.id, entityType, entityId: note.entity_id };
}

/** A call is a note of one of two types (contract 5.4). */
export function noteTypeOf({ direction }: RegisterCall): 'call_in' | 'call_out' {
  return direction === 'inbound' ? 'call_in' : 'call_out';
}
