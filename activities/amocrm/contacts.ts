import type { CreateContact } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import { braking } from './braking.ts';
import { askForContact, type FoundClient } from './clients.ts';
import type { AmocrmDependencies, BrakeLimit } from './dependencies.ts';
import { type ContactRecord, keyOf, showsWithinMs } from './effects.ts';
import { AmocrmError, orWithoutUser } from './errors.ts';
import { exactlyOnce } from './exactly-once.ts';
import type { Ticket } from './gathering/gather.ts';
import type { Gathering } from './gathering/index.ts';

export interface EnsuredClient {
  client: FoundClient;
  /** amoCRM had nobody a moment ago. */
  isNew: boolean;
  /** Ringflow has made them, in an account without a field for phones. */
  hasNoPhone?: boolean;
}

/**
 * The client of this phone; a contact is made if amoCRM, asked for it, has nobody.
 *
 * @throws AmocrmError `Braked`, and what amoCRM's refusals mean
 */
export async function ensureClient(
  { clientOf, closedLeadsOf, gatheringOf, ledger, book, brake }: AmocrmDependencies,
  accountId: string,
  contact: CreateContact,
  limit: BrakeLimit | undefined,
): Promise<EnsuredClient> {
  const [client, closedLeads] = [clientOf(accountId), closedLeadsOf(accountId)];
  const { phone } = contact;
  const key = keyOf.contact(accountId, phone);
  const standing = await ledger.standing<ContactRecord>(key);
  if (standing.state === 'done') {
    const { contactId, hasNoPhone } = standing.record;
    const found = await askForContact(client, closedLeads, contactId, hasNoPhone ? undefined : phone);
    if (found) {
      await book.note(accountId, phone, found);
      return { client: found, isNew: false, ...(hasNoPhone && { hasNoPhone }) };
    }
    await ledger.forget(key, standing.record);
  }
  let found: FoundClient | null = null;
  let isMine = false;
  const asContact = (answer: FoundClient | null) => {
    found = answer;
    return answer?.entityType === 'contacts' ? { contactId: answer.entityId } : undefined;
  };
  const record = await exactlyOnce<ContactRecord>(ledger, key, {
    what: 'the contact',
    showsWithinMs: showsWithinMs.searches,
    lookUp: async () => asContact(await book.ask(accountId, phone)),
    send: async (nextRequest) => {
      const known = asContact(await book.askUnlessAbsent(accountId, phone)); // somebody may have written them down since
      if (found) return known;
      await braking(brake, 'contacts', key, accountId, limit);
      isMine = true;
      return postContact(gatheringOf(accountId), contact, { key, nextRequest });
    },
  });
  if (found) return { client: found, isNew: false };
  const { contactId, hasNoPhone } = record as ContactRecord;
  // who else has just made it may have made a lead too
  const others = isMine ? null : await askForContact(client, closedLeads, contactId, hasNoPhone ? undefined : phone);
  const made = others ?? newClient(contact, contactId);
  await book.note(accountId, phone, made);
  return { client: made, isNew: isMine, ...(hasNoPhone && { hasNoPhone }) };
}

/** The client of this phone as amoCRM has them now; whom we have just made ourselves a search may not find yet. */
export async function findClient(
  { clientOf, closedLeadsOf, ledger, book }: AmocrmDependencies,
  accountId: string,
  phone: string,
): Promise<FoundClient | null> {
  const standing = await ledger.standing<ContactRecord>(keyOf.contact(accountId, phone));
  const own = standing.state === 'done' ? standing.record : undefined;
  const askForOwn = async ({ contactId, hasNoPhone }: ContactRecord) =>
    askForContact(clientOf(accountId), closedLeadsOf(accountId), contactId, hasNoPhone ? undefined : phone);
  return (own && (await askForOwn(own))) ?? book.askUnlessAbsent(accountId, phone);
}

/** Without a phone if the account has no field for it: the call is registered all the same. */
async function postContact(gathering: Gathering, contact: CreateContact, ticket: Ticket): Promise<ContactRecord> {
  const post = async (hasPhone: boolean) => {
    const { id } = await orWithoutUser((hasUser) => {
      const { custom_fields_values, ...rest } = contactFields(hasUser ? contact : withoutResponsible(contact));
      return gathering.postContact(hasPhone && custom_fields_values ? { ...rest, custom_fields_values } : rest, ticket);
    });
    return { contactId: id, ...(!hasPhone && { hasNoPhone: true }) };
  };
  try {
    return await post(true);
  } catch (error) {
    if (!isAboutPhoneField(error)) throw error;
    return post(false);
  }
}

function isAboutPhoneField(error: unknown): boolean {
  const paths = error instanceof AmocrmError ? error.refusedPaths : [];
  return paths.length > 0 && paths.every((path) => path.startsWith('custom_fields_values'));
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
