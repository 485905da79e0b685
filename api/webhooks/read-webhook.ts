import qs from 'qs';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { ClientChange } from '../../proto/client.ts';

/** What amoCRM says of a change. */
export interface WebhookNews {
  /** amoCRM's number of the account; undefined if it is not told. */
  amocrmId: number | undefined;
  changes: ClientChange[];
}

const limits = { depth: 8, parameterLimit: 20_000, arrayLimit: 1_000, plainObjects: true };
const mostChanges = 1_000;
const longestPhone = 64;

const Id = Type.String({ pattern: '^[1-9]\\d{0,15}$' });
const Entity = Type.Object({ id: Id, type: Type.Optional(Type.String()) });
const PhoneField = Type.Object({ code: Type.Literal('PHONE'), values: Type.Unknown() });
const PhoneValue = Type.Object({ value: Type.String({ maxLength: longestPhone }) });

/**
 * Reads a delivery of amoCRM (contract 8.4): a form with PHP's brackets. Only contacts, companies and leads matter; what
 * has another form is passed over, for the whole is but a hint.
 */
export function readWebhook(body: string): WebhookNews {
  const form = qs.parse(body, limits);
  const account = membersOf(form.account);
  const amocrmId = Value.Check(Id, account.id) ? Number(account.id) : undefined;
  const changes = [
    ...deliveries(form.contacts).flatMap(({ entity, action }) => clientChange(entity, action)),
    ...deliveries(form.leads).flatMap(({ entity, action }) => leadChange(entity, action)),
  ];
  return { amocrmId, changes: changes.slice(0, mostChanges) };
}

/** `contacts[add][0][id]=5`; of what was deleted also `contacts[delete]=5`. */
function deliveries(byAction: unknown): { action: string; entity: unknown }[] {
  return Object.entries(membersOf(byAction)).flatMap(([action, told]) => {
    const entities = typeof told === 'string' ? [{ id: told }] : Object.values(membersOf(told));
    return entities.map((entity) => ({ action, entity }));
  });
}

/** Companies come as contacts, told apart by their type; a deleted one may come without it: then both are meant. */
function clientChange(entity: unknown, action: string): ClientChange[] {
  if (!Value.Check(Entity, entity)) return [];
  const change = { entityId: Number(entity.id), phones: phonesOf(entity), ...newIf(action) };
  const isCompany = entity.type === 'company';
  return [
    ...(isCompany ? [] : [{ entityType: 'contacts' as const, ...change }]),
    ...(isCompany || entity.type === undefined ? [{ entityType: 'companies' as const, ...change }] : []),
  ];
}

function leadChange(entity: unknown, action: string): ClientChange[] {
  if (!Value.Check(Entity, entity)) return [];
  return [{ entityType: 'leads', entityId: Number(entity.id), phones: [], ...newIf(action) }];
}

const newIf = (action: string) => action === 'add' && { isNew: true };

function phonesOf(entity: object): string[] {
  const fields = Object.values(membersOf('custom_fields' in entity ? entity.custom_fields : undefined));
  return fields
    .filter((field) => Value.Check(PhoneField, field))
    .flatMap(({ values }) => Object.values(membersOf(values)))
    .filter((value) => Value.Check(PhoneValue, value))
    .map(({ value }) => value);
}

/** Of a list or an object; none of anything else. */
function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
