import type { CreateContact } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import { type AmocrmClient, bodyOf } from './client.ts';
import { findContacts, hasPhone } from './client-search.ts';
import { isRefusalOf } from './errors.ts';
import type { Ticket } from './gathering/gather.ts';
import type { Gathering } from './gathering/index.ts';

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
  gathering: Gathering,
  contact: CreateContact,
  ticket: Ticket,
): Promise<ContactRecord> {
  const post = (userId: number | undefined) => gathering.postContact(newContact(contact, userId), ticket);
  const created = await post(contact.responsibleUserId).catch((error: unknown) => {
    if (isRefusalOf(error, ['responsible_user_id'])) return post(undefined);
    throw error;
  });
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
