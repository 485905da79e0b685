import { authorshipOf, type Birth, changeAuthorshipOf } from './birth.ts';
import type { Client, ClientChange, CustomField, NewContact, Tag } from './crm-types.ts';
import { storedField } from './custom-fields.ts';

/** A client as it is stored when the API was asked for it; the request must have been checked before. */
export function clientOf(type: Client['type'], asked: NewContact, tags: Tag[], birth: Birth): Client {
  const { first_name: firstName = '', last_name: lastName = '' } = asked;
  const authorship = authorshipOf(asked, birth);
  return {
    type,
    id: birth.id,
    name: asked.name ?? `${firstName} ${lastName}`.trim(),
    firstName,
    lastName,
    responsibleUserId: asked.responsible_user_id ?? (asked.created_by || birth.currentUserId),
    ...authorship,
    fields: (asked.custom_fields_values ?? []).map(storedField),
    tags,
    companyId: null,
    isNew: true,
    isUnsorted: false,
  };
}

/** The client with what a change names. A field that is written loses its old values (contract 5.1). */
export function changedClient(client: Client, change: ClientChange, tags: Tag[], moment: Omit<Birth, 'id'>): Client {
  const fields = (change.custom_fields_values ?? []).map(storedField);
  return {
    ...client,
    name: change.name ?? client.name,
    firstName: change.first_name ?? client.firstName,
    lastName: change.last_name ?? client.lastName,
    responsibleUserId: change.responsible_user_id ?? client.responsibleUserId,
    fields: withFields(client.fields, fields),
    tags,
    ...changeAuthorshipOf(change, moment),
  };
}

function withFields(old: CustomField[], written: CustomField[]): CustomField[] {
  const isWritten = ({ field_id }: CustomField) => written.some((field) => field.field_id === field_id);
  return [...old.filter((field) => !isWritten(field)), ...written];
}
