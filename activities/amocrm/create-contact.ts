import type { CreateContact } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import { type AmocrmClient, bodyOf, namelessAnswer, refusedPaths } from './client.ts';
import { findContacts, hasPhone } from './client-search.ts';

export interface ContactRecord {
  contactId: number;
}

/** The client's contact if amoCRM has one already. */
export async function findContact(client: AmocrmClient, phone: string): Promise<ContactRecord | undefined> {
  const [contact] = await findContacts(client, phone);
  return contact && { contactId: contact.id };
}

/** Creates the contact, without a responsible user if amoCRM doesn't take that one (any more). */
export async function postContact(
  client: AmocrmClient,
  contact: CreateContact,
  nextRequest: () => Promise<void>,
): Promise<ContactRecord> {
  let answer = await client.POST('/api/v4/contacts', { body: [newContact(contact, contact.responsibleUserId)] });
  if (refusedPaths(answer.error).join() === 'responsible_user_id') {
    await nextRequest();
    answer = await client.POST('/api/v4/contacts', { body: [newContact(contact, undefined)] });
  }
  const created = bodyOf(answer)?._embedded?.contacts?.[0];
  if (!created) throw namelessAnswer('contact');
  return { contactId: created.id };
}

/** False if somebody deleted the contact in amoCRM or took the phone from it. */
export async function hasContactWith(
  client: AmocrmClient,
  { contactId }: ContactRecord,
  phone: string,
): Promise<boolean> {
  const contact = bodyOf(await client.GET('/api/v4/contacts/{id}', { params: { path: { id: contactId } } }));
  return contact !== undefined && !contact.is_deleted && hasPhone(contact, phone);
}

function newContact(contact: CreateContact, userId: number | undefined): components['schemas']['NewContact'] {
  return {
    name: contact.name,
    ...(userId !== undefined && { responsible_user_id: userId }),
    custom_fields_values: [
      { field_code: 'PHONE', values: [{ value: writtenPhone(contact.phone), enum_code: 'WORK' }] },
    ],
  };
}
