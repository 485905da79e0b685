import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import type { EntityId } from '../store/known-clients.ts';
import { findCallNote, postCallNote } from './call-notes.ts';
import type { AmocrmClient } from './client.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import { type CallRecord, type ContactRecord, keyOf, type LeadRecord, showsWithinMs } from './effects.ts';
import { orWithoutUser } from './errors.ts';
import { exactlyOnce, type NextRequest } from './exactly-once.ts';
import type { Ticket } from './gathering/gather.ts';
import type { Gathering } from './gathering/index.ts';
import { findIncomingLead } from './incoming-lead-request.ts';
import { waitingLead } from './incoming-leads.ts';
import { integrationName } from './integration.ts';
import { asLead, placeOf } from './place-of-call.ts';
import { orWithoutLink, type ToldCall } from './recording-link.ts';

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
  call: ToldCall,
): Promise<CallRecord | undefined> {
  const { clientOf, gatheringOf, ledger, book } = dependencies;
  return exactlyOnce<CallRecord, EntityId>(ledger, key, {
    what: 'the call',
    showsWithinMs: showsWithinMs.lists,
    lookUp: async (intended) => {
      const [client, gathering] = [clientOf(accountId), gatheringOf(accountId)];
      const likely = await likelyPlaces(dependencies, accountId, call.phone);
      const note = await findCallNote(client, gathering, call, [...(intended ? [intended] : []), ...likely]);
      return note ?? (intended || call.direction === 'outbound' ? undefined : amongIncoming(client, gathering, call));
    },
    send: (nextRequest) =>
      orWithoutLink(call, (told) =>
        book.orAnew(accountId, call.phone, () => sendCall(dependencies, accountId, told, nextRequest)),
      ),
  });
}

/** By other settings it may have come there. */
async function amongIncoming(
  client: AmocrmClient,
  gathering: Gathering,
  call: ToldCall,
): Promise<CallRecord | undefined> {
  const lead = await findIncomingLead(client, gathering, call.phone, { callUniq: call.uniq });
  return lead && { noteId: null, entityType: 'leads', entityId: lead.leadId };
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

async function sendCall(
  dependencies: AmocrmDependencies,
  accountId: string,
  call: ToldCall,
  nextRequest: NextRequest<EntityId>,
): Promise<CallRecord | undefined> {
  const { book, gatheringOf } = dependencies;
  const note = (place: EntityId) => postCallNote(gatheringOf(accountId), call, place, nextRequest);
  const place = placeOf(await book.recall(accountId, call.phone), call.attachTo);
  if (place) return note(place);
  if (call.attachTo !== 'as-amocrm') {
    const client = await book.ask(accountId, call.phone);
    const asked = placeOf({ client, askedAtMs: Date.now() }, call.attachTo);
    return asked && note(asked);
  }
  const record = await postCall(gatheringOf(accountId), call, { key: call.uniq, nextRequest });
  if (record) {
    await book.noteLanding(accountId, call.phone, record);
    return record;
  }
  const lead = await waitingLead(dependencies, accountId, call.phone);
  if (lead) return note(lead);
  await book.note(accountId, call.phone, null);
  return undefined;
}

/** Lets amoCRM choose where the call belongs; undefined if it has no client with this phone (it then stores nothing). */
async function postCall(
  gathering: Gathering,
  call: ToldCall,
  ticket: Ticket,
): Promise<(CallRecord & EntityId) | undefined> {
  const fields = newCall(call);
  const stored = await orWithoutUser(
    (hasUser) => gathering.postCall(hasUser ? fields : withoutUser(fields), ticket),
    userFields,
  );
  return stored && { noteId: stored.id, entityType: entityTypes[stored.entity_type], entityId: stored.entity_id };
}

function newCall(call: ToldCall): NewCall {
  const user = typeof call.responsible === 'number' ? call.responsible : undefined;
  return {
    direction: call.direction,
    duration: call.durationSeconds,
    source: integrationName,
    phone: writtenPhone(call.phone),
    uniq: call.uniq,
    ...(call.link !== undefined && { link: call.link }),
    call_result: call.callResult,
    call_status: call.callStatus as NonNullable<NewCall['call_status']>,
    call_responsible: call.responsible,
    // amoCRM's statistics count a call for a user only if author and responsible are the same (contract 5.4)
    ...(user !== undefined && { responsible_user_id: user, created_by: user }),
    created_at: call.startedAtSeconds,
  };
}

const userFields = ['responsible_user_id', 'created_by', 'call_responsible'];

function withoutUser({ responsible_user_id: _, created_by: __, call_responsible: ___, ...rest }: NewCall): NewCall {
  return rest;
}
