import type { RegisterCall } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import type { EntityId, KnownClient } from '../store/known-clients.ts';
import { findCallNote, postCallNote } from './call-notes.ts';
import { type AmocrmClient, bodyOf, namelessAnswer, refusedPaths } from './client.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import { type CallRecord, type ContactRecord, keyOf, type LeadRecord, showsWithinMs } from './effects.ts';
import { AmocrmError } from './errors.ts';
import { exactlyOnce } from './exactly-once.ts';

/** Under which calls stand in amoCRM. */
export const integrationName = 'Ringflow';

type NewCall = components['schemas']['NewCall'];

/** amoCRM's own plural names, by which it is asked for entities. */
const entityTypes = { contact: 'contacts', lead: 'leads', company: 'companies', customer: 'customers' } as const;

/**
 * Brings a finished call into its client's history. Where the client is known it goes as a note, many of which fit into
 * one request; else amoCRM finds the client itself.
 *
 * @returns undefined if amoCRM has no client with this phone
 */
export async function registerCall(
  dependencies: AmocrmDependencies,
  accountId: string,
  key: string,
  call: RegisterCall,
): Promise<CallRecord | undefined> {
  const { clientOf, ledger } = dependencies;
  const client = clientOf(accountId);
  return exactlyOnce<CallRecord>(ledger, key, {
    what: 'the call',
    showsWithinMs: showsWithinMs.lists,
    lookUp: async () => findCallNote(client, call, await likelyPlaces(dependencies, accountId, call.phone)),
    send: (nextRequest) => sendCall(dependencies, accountId, call, nextRequest),
  });
}

/** Where a call of this phone may stand, beside what a search finds. */
async function likelyPlaces(
  { ledger, book }: AmocrmDependencies,
  accountId: string,
  phone: string,
): Promise<EntityId[]> {
  const contact = await ledger.standing<ContactRecord>(keyOf.contact(accountId, phone));
  const lead = await ledger.standing<LeadRecord>(keyOf.lead(accountId, phone));
  const known = await book.recall(accountId, phone);
  return [
    ...(contact.state === 'done' ? [{ entityType: 'contacts', entityId: contact.record.contactId }] : []),
    ...(lead.state === 'done' && lead.record.leadId !== null
      ? [{ entityType: 'leads', entityId: lead.record.leadId }]
      : []),
    ...(known?.landing ? [known.landing] : []),
    ...(known?.client ? [known.client, ...(known.client.openLeadIds ?? []).map(asLead)] : []),
  ];
}

const asLead = (entityId: number): EntityId => ({ entityType: 'leads', entityId });

async function sendCall(
  { clientOf, book }: AmocrmDependencies,
  accountId: string,
  call: RegisterCall,
  nextRequest: () => Promise<void>,
): Promise<CallRecord | undefined> {
  const client = clientOf(accountId);
  const place = placeOf(await book.recall(accountId, call.phone), call.attachTo);
  if (place) {
    try {
      return await postCallNote(client, call, place, nextRequest);
    } catch (error) {
      if (!(error instanceof AmocrmError && error.code === 'EntityGone')) throw error;
      await book.forget(accountId, call.phone);
    }
  }
  if (call.attachTo !== 'as-amocrm') {
    const found = await book.ask(accountId, call.phone);
    const asked = placeOf({ client: found, askedAtMs: Date.now() }, call.attachTo);
    await nextRequest();
    return asked && postCallNote(client, call, asked, nextRequest);
  }
  if (place) await nextRequest();
  const record = await postCall(client, call, nextRequest);
  await (record ? book.noteLanding(accountId, call.phone, record) : book.note(accountId, call.phone, null));
  return record;
}

/** Where a call of a known client belongs; undefined if too little is known. */
export function placeOf(known: KnownClient | undefined, attachTo: RegisterCall['attachTo']): EntityId | undefined {
  const client = known?.client ?? undefined;
  const itself = client && { entityType: client.entityType, entityId: client.entityId };
  if (attachTo === 'client') return itself;
  if (attachTo === 'as-amocrm' && known?.landing) return known.landing;
  if (!client?.openLeadIds) return undefined;
  const [newest, ...others] = client.openLeadIds;
  if (attachTo === 'newest-lead') return newest ? asLead(newest) : itself;
  if (client.hasCustomers) return undefined;
  return newest && others.length === 0 ? asLead(newest) : itself; // contract 6
}

/**
 * Sends one finished call. One call per request: what a mixed answer to several means is not known (contract 6).
 *
 * @returns where it stands, or undefined if amoCRM has no client with this phone (it then stores nothing)
 */
async function postCall(
  client: AmocrmClient,
  call: RegisterCall,
  nextRequest: () => Promise<void>,
): Promise<(CallRecord & EntityId) | undefined> {
  let answer = await client.POST('/api/v4/calls', { body: [newCall(call)] });
  if (isAboutUser(answer.error)) {
    await nextRequest();
    answer = await client.POST('/api/v4/calls', { body: [withoutUser(call)] });
  }
  if (isUnknownClient(answer.error)) return undefined;
  const stored = bodyOf(answer)?._embedded?.calls?.[0];
  if (!stored) throw namelessAnswer('call');
  return { noteId: stored.id, entityType: entityTypes[stored.entity_type], entityId: stored.entity_id };
}

function newCall(call: RegisterCall): NewCall {
  const user = typeof call.responsible === 'number' ? call.responsible : undefined;
  return {
    direction: call.direction,
    duration: call.durationSeconds,
    source: integrationName,
    phone: writtenPhone(call.phone),
    uniq: call.uniq,
    call_result: call.callResult,
    call_status: call.callStatus as NonNullable<NewCall['call_status']>,
    call_responsible: call.responsible,
    // amoCRM's statistics count a call for a user only if author and responsible are the same (contract 5.4)
    ...(user !== undefined && { responsible_user_id: user, created_by: user }),
    created_at: call.startedAtSeconds,
  };
}

const userFields = new Set(['responsible_user_id', 'created_by', 'call_responsible', 'params.call_responsible']);

/** True if the user is all that amoCRM dislikes: deactivated or deleted since. */
export function isAboutUser(error: unknown): boolean {
  const paths = refusedPaths(error);
  return paths.length > 0 && paths.every((path) => userFields.has(path));
}

function withoutUser(call: RegisterCall): NewCall {
  const { responsible_user_id: _, created_by: __, call_responsible: ___, ...rest } = newCall(call);
  return rest;
}

/** A 400 with `errors` and no `validation-errors`: nobody has this phone. */
function isUnknownClient(error: unknown): boolean {
  const body = error as { errors?: unknown; 'validation-errors'?: unknown } | undefined;
  return Array.isArray(body?.errors) && body['validation-errors'] === undefined;
}
