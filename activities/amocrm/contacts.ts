import type { CreateContact } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import { braking } from './braking.ts';
import { type AmocrmClient, bodyOf, namelessAnswer, refusedPaths } from './client.ts';
import { askForContact, type FoundClient } from './clients.ts';
import type { AmocrmDependencies, BrakeLimit } from './dependencies.ts';
import { type ContactRecord, keyOf, showsWithinMs } from './effects.ts';
import { exactlyOnce } from './exactly-once.ts';

/**
 * The client of this phone; a contact is made if amoCRM, asked now, has nobody.
 *
 * @throws AmocrmError `Braked`, and what amoCRM's refusals mean
 */
export async function ensureClient(
  { clientOf, ledger, book, brake }: AmocrmDependencies,
  accountId: string,
  contact: CreateContact,
  limit: BrakeLimit | undefined,
): Promise<FoundClient> {
  const client = clientOf(accountId);
  const { phone } = contact;
  const key = keyOf.contact(accountId, phone);
  const standing = await ledger.standing<ContactRecord>(key);
  if (standing.state === 'done') {
    const found = await askForContact(client, standing.record.contactId, phone);
    if (found) {
      await book.note(accountId, phone, found);
      return found;
    }
    await ledger.forget(key, standing.record);
  }
  let found: FoundClient | null = null;
  const ask = async () => {
    found = await book.ask(accountId, phone);
    return found?.entityType === 'contacts' ? { contactId: found.entityId } : undefined;
  };
  const record = await exactlyOnce<ContactRecord>(ledger, key, {
    what: 'the contact',
    showsWithinMs: showsWithinMs.searches,
    lookUp: ask,
    send: async (nextRequest) => {
      const known = await ask(); // somebody may have written the client down since
      if (found) return known;
      await braking(brake, 'contacts', key, accountId, limit);
      await nextRequest();
      return postContact(client, contact, nextRequest);
    },
  });
  if (found) return found;
  const made = newClient(contact, (record as ContactRecord).contactId);
  await book.note(accountId, phone, made);
  return made;
}

/** Creates the contact, without a responsible user if amoCRM doesn't take that one (any more). */
async function postContact(
  client: AmocrmClient,
  contact: CreateContact,
  nextRequest: () => Promise<void>,
): Promise<ContactRecord> {
  let answer = await client.POST('/api/v4/contacts', { body: [contactFields(contact)] });
  if (refusedPaths(answer.error).join() === 'responsible_user_id') {
    await nextRequest();
    answer = await client.POST('/api/v4/contacts', { body: [contactFields(withoutResponsible(contact))] });
  }
  const created = bodyOf(answer)?._embedded?.contacts?.[0];
  if (!created) throw namelessAnswer('contact');
  return { contactId: created.id };
}

/** The same for nobody in particular. */
export function withoutResponsible<T extends { responsibleUserId?: number }>({ responsibleUserId: _, ...rest }: T) {
  return rest;
}

/** A contact as amoCRM takes it. */
export function contactFields({
  name,
  phone,
  responsibleUserId,
}: Omit<CreateContact, 'kind'>): components['schemas']['NewContact'] {
  return {
    name,
    ...(responsibleUserId !== undefined && { responsible_user_id: responsibleUserId }),
    custom_fields_values: [{ field_code: 'PHONE', values: [{ value: writtenPhone(phone), enum_code: 'WORK' }] }],
  };
}

function newClient({ name, responsibleUserId }: CreateContact, contactId: number): FoundClient {
  return {
    entityType: 'contacts',
    entityId: contactId,
    name,
    responsibleUserId: responsibleUserId ?? null,
    openLeadIds: [],
    hasCustomers: false,
  };
}
