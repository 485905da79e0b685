import type { Client } from '../../proto/client.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { phoneKey } from '../../proto/phone.ts';
import type { ClosedLeads } from '../store/closed-leads.ts';
import { listOf, oneOf } from './answers.ts';
import type { AmocrmClient } from './client.ts';
import { AmocrmError } from './errors.ts';

type Contact = components['schemas']['Contact'];
type Company = components['schemas']['Company'];

/** Newer ones than these are what anybody works on; each costs a request. */
const mostLeadsAsked = 10;
/** Before one is made, more of them are asked about; who has had even more is told rather than given another. */
const mostLeadsAskedBeforeMaking = 50;
const pageLength = 250;
/** A short number is part of many others. */
const mostPagesOfClients = 4;
/** Won and lost, in every pipeline (contract 5.2). */
const closedStatuses = new Set([142, 143]);

/**
 * Contacts that have this phone. amoCRM's `query` searches every field by substring, so the phone field of what
 * comes back is compared; the spelling differs (`8…`, `+7…`), so the last ten digits are searched (contract 5.1).
 */
export async function findContacts(client: AmocrmClient, phone: string): Promise<Contact[]> {
  return firstWithPhone(phone, async (query) => {
    const answer = await client.GET('/api/v4/contacts', { params: { query } });
    return listOf(answer, 'contacts');
  });
}

/** Companies that have this phone, found in the same way. */
export async function findCompanies(client: AmocrmClient, phone: string): Promise<Company[]> {
  return firstWithPhone(phone, async (query) => {
    const answer = await client.GET('/api/v4/companies', { params: { query } });
    return listOf(answer, 'companies');
  });
}

interface SearchQuery {
  query: string;
  with: string;
  limit: number;
  page: number;
}

/** Those of the first page that has any. */
async function firstWithPhone<E extends Contact | Company>(
  phone: string,
  search: (query: SearchQuery) => Promise<E[]>,
): Promise<E[]> {
  for (let page = 1; page <= mostPagesOfClients; page++) {
    const items = await search({ query: phoneKey(phone), with: 'leads,customers', limit: pageLength, page });
    const fitting = items.filter((item) => hasPhone(item, phone));
    if (fitting.length > 0 || items.length < pageLength) return fitting;
  }
  return [];
}

/** Compares by the last ten digits, as amoCRM does. */
function hasPhone(entity: Contact | Company, phone: string): boolean {
  return phonesOf(entity).some((own) => phoneKey(own) === phoneKey(phone));
}

/** As they stand there, in any spelling; whatever else stands in the field is left out. */
export function phonesOf({ custom_fields_values }: Pick<Contact | Company, 'custom_fields_values'>): string[] {
  const fields = (custom_fields_values ?? []).filter((field) => field.field_code === 'PHONE');
  const values = fields.flatMap((field) => (Array.isArray(field.values) ? field.values : []));
  return values.map((one) => String(one?.value ?? '')).filter((text) => /\d/.test(text));
}

/** A client as amoCRM has them now. */
export type FoundClient = Client & { openLeadIds: number[] };

/** Asks amoCRM who has this phone: the oldest contact, else the oldest company; null if nobody. */
export async function askForClient(
  client: AmocrmClient,
  closedLeads: ClosedLeads,
  phone: string,
): Promise<FoundClient | null> {
  const [contact] = oldestFirst(await findContacts(client, phone));
  if (contact) return readClient(client, closedLeads, 'contacts', contact);
  const [company] = oldestFirst(await findCompanies(client, phone));
  return company ? readClient(client, closedLeads, 'companies', company) : null;
}

/**
 * The contact by its id: a search may not find it yet. null if it was deleted or has not this phone now.
 *
 * @param phone undefined where the account keeps none
 */
export async function askForContact(
  client: AmocrmClient,
  closedLeads: ClosedLeads,
  id: number,
  phone: string | undefined,
): Promise<FoundClient | null> {
  const params = { path: { id }, query: { with: 'leads,customers' } };
  const contact = await oneOf(() => client.GET('/api/v4/contacts/{id}', { params }));
  const isTheirs = contact && !contact.is_deleted && (phone === undefined || hasPhone(contact, phone));
  return isTheirs ? readClient(client, closedLeads, 'contacts', contact) : null;
}

/** With their open leads, of which each that was ever linked costs a request. */
export async function readClient(
  client: AmocrmClient,
  closedLeads: ClosedLeads,
  entityType: Client['entityType'],
  entity: Contact | Company,
): Promise<FoundClient> {
  return {
    entityType,
    entityId: entity.id,
    name: entity.name,
    responsibleUserId: entity.responsible_user_id,
    openLeadIds: await openAmong(client, closedLeads, newestFirst(leadIdsOf(entity)).slice(0, mostLeadsAsked)),
    hasCustomers: (entity._embedded.customers ?? []).length > 0,
  };
}

const leadIdsOf = ({ _embedded: { leads } }: Contact | Company): number[] => (leads ?? []).map(({ id }) => id);
const newestFirst = (ids: readonly number[]): number[] => ids.toSorted((a, b) => b - a);

/**
 * The newest open lead of all contacts and companies that have this phone, however old it is.
 *
 * @param owner the client, as amoCRM has just described them
 * @returns undefined if there is none
 * @throws AmocrmError `Braked` if there are more leads than may be asked about
 */
export async function findOpenLead(
  client: AmocrmClient,
  closedLeads: ClosedLeads,
  phone: string,
  owner: FoundClient,
): Promise<number | undefined> {
  if (owner.openLeadIds[0] !== undefined) return owner.openLeadIds[0];
  const contacts = await findContacts(client, phone);
  const companies = await findCompanies(client, phone);
  const own = (owner.entityType === 'contacts' ? contacts : companies).find(({ id }) => id === owner.entityId);
  const closed = new Set(own && newestFirst(leadIdsOf(own)).slice(0, mostLeadsAsked)); // as the owner's description says
  const all = new Set([...contacts, ...companies].flatMap(leadIdsOf));
  const others = newestFirst([...all].filter((id) => !closed.has(id)));
  const asked = others.slice(0, mostLeadsAskedBeforeMaking);
  const [open] = await openAmong(client, closedLeads, asked, 1);
  if (open !== undefined) return open;
  if (asked.length < others.length) throw tooManyLeads(all.size);
  return undefined;
}

function tooManyLeads(count: number): AmocrmError {
  const message =
    `It is not certain that this client has no open lead: of ${count} leads only ` +
    `the newest were asked about, which are closed. No other was made; look in amoCRM and make one if need be.`;
  return new AmocrmError('Braked', message, { hadNoEffect: true });
}

/**
 * One by one: only accounts that pay for it can filter leads by id (contract 5.1).
 *
 * @param most when so many are found nobody asks about the others
 */
async function openAmong(
  client: AmocrmClient,
  closedLeads: ClosedLeads,
  leadIds: readonly number[],
  most = leadIds.length,
): Promise<number[]> {
  const closed = await closedLeads.among(leadIds);
  const open: number[] = [];
  for (const id of leadIds.filter((each) => !closed.has(each))) {
    const askedAtMs = Date.now();
    if (await isOpenLead(client, id)) open.push(id);
    else await closedLeads.note(id, askedAtMs);
    if (open.length === most) break;
  }
  return open;
}

/** False once it is won, lost or deleted. */
export async function isOpenLead(client: AmocrmClient, id: number): Promise<boolean> {
  const params = { path: { id } };
  const lead = await oneOf(() => client.GET('/api/v4/leads/{id}', { params }));
  return lead !== undefined && !lead.is_deleted && !closedStatuses.has(lead.status_id);
}

/** Of several with one phone the first counts. */
export const oldestFirst = <E extends { id: number }>(entities: readonly E[]): E[] =>
  entities.toSorted((a, b) => a.id - b.id);
