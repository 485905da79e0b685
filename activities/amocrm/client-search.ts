import type { components } from '../../proto/generated/amocrm.ts';
import { phoneKey } from '../../proto/phone.ts';
import { type AmocrmClient, bodyOf } from './client.ts';

type Contact = components['schemas']['Contact'];
type Company = components['schemas']['Company'];

/**
 * Contacts that have this phone. amoCRM's `query` searches every field by substring, so the phone field of what
 * comes back is compared; the spelling differs (`8…`, `+7…`), so the last ten digits are searched (contract 5.1).
 */
export async function findContacts(client: AmocrmClient, phone: string): Promise<Contact[]> {
  const query = { query: phoneKey(phone), with: 'leads,customers', limit: 250 };
  const page = bodyOf(await client.GET('/api/v4/contacts', { params: { query } }));
  return (page?._embedded.contacts ?? []).filter((contact) => hasPhone(contact, phone));
}

/** Companies that have this phone, found in the same way. */
export async function findCompanies(client: AmocrmClient, phone: string): Promise<Company[]> {
  const query = { query: phoneKey(phone), with: 'leads,customers', limit: 250 };
  const page = bodyOf(await client.GET('/api/v4/companies', { params: { query } }));
  return (page?._embedded.companies ?? []).filter((company) => hasPhone(company, phone));
}

/** Compares by the last ten digits, as amoCRM does. */
export function hasPhone({ custom_fields_values }: Contact | Company, phone: string): boolean {
  const phones = (custom_fields_values ?? []).filter((field) => field.field_code === 'PHONE');
  return phones.some((field) => field.values.some(({ value }) => phoneKey(String(value ?? '')) === phoneKey(phone)));
}
