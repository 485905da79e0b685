import type { RegisterCall } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import type { EntityId } from '../store/known-clients.ts';
import type { AmocrmClient } from './client.ts';
import { findCompanies, findContacts } from './clients.ts';
import type { CallRecord } from './effects.ts';
import { orEntityGone } from './entity-gone.ts';
import { orWithoutUser } from './errors.ts';
import type { NextRequest } from './exactly-once.ts';
import type { Gathering } from './gathering/index.ts';
import { integrationName } from './integration.ts';
import type { ToldCall } from './recording-link.ts';

type NewCallNote = components['schemas']['NewCallNote'];
type EntityType = 'contacts' | 'companies' | 'leads' | 'customers';

/** By what a call is known again. */
export type SoughtCall = Pick<RegisterCall, 'phone' | 'direction' | 'uniq'>;

/**
 * Looks for a call among the notes of every entity it can have landed on: amoCRM stores a call with the contact or
 * company of the phone or with its only open lead or customer, and has no other way to see it (contract 6).
 *
 * @param likely where it may stand by what we know: searches may not find a new contact yet
 */
export async function findCallNote(
  client: AmocrmClient,
  gathering: Gathering,
  call: SoughtCall,
  likely: readonly EntityId[],
): Promise<CallRecord | undefined> {
  const contacts = await findContacts(client, call.phone);
  const companies = await findCompanies(client, call.phone);
  const clients = [...contacts, ...companies];
  const candidates: [EntityType, number[]][] = [
    ['contacts', contacts.map(({ id }) => id)],
    ['leads', clients.flatMap((entity) => (entity._embedded.leads ?? []).map(({ id }) => id))],
    ['companies', companies.map(({ id }) => id)],
    ['customers', clients.flatMap((entity) => (entity._embedded.customers ?? []).map(({ id }) => id))],
  ];
  for (const [entityType, found] of candidates) {
    const known = likely.filter((entity) => entity.entityType === entityType).map(({ entityId }) => entityId);
    const ids = [...new Set([...found, ...known])];
    const note = ids.length > 0 ? await findCallNoteOn(gathering, entityType, ids, call) : undefined;
    if (note) return note;
  }
  return undefined;
}

/** The call among the notes of these entities of one type; undefined if it is not there. */
export async function findCallNoteOn(
  gathering: Gathering,
  entityType: EntityType,
  entityIds: readonly number[],
  call: SoughtCall,
): Promise<CallRecord | undefined> {
  const note = await gathering.findCallNote(entityType, { entityIds, noteType: noteTypeOf(call), uniq: call.uniq });
  return note && { noteId: note.id, entityType, entityId: note.entity_id };
}

/** A call is a note of one of two types (contract 5.4). */
function noteTypeOf({ direction }: SoughtCall): 'call_in' | 'call_out' {
  return direction === 'inbound' ? 'call_in' : 'call_out';
}

/**
 * Puts a call on an entity of our choice. Unlike POST /calls this says for each note what became of it, so that many
 * may go in one request. Whoever looks for it later looks there, wherever its client is by then.
 *
 * @throws AmocrmError `EntityGone` if it was deleted or merged into another
 */
export async function postCallNote(
  gathering: Gathering,
  call: ToldCall,
  { entityType, entityId }: EntityId,
  nextRequest: NextRequest<EntityId>,
): Promise<CallRecord> {
  const place = { entityType, entityId };
  const ticket = { key: call.uniq, nextRequest: () => nextRequest(place) };
  const note = callNote(call, place);
  const post = (one: NewCallNote) => gathering.postCallNote(place.entityType as EntityType, one, ticket);
  const { id } = await orEntityGone(place, 'entity_id', () =>
    orWithoutUser((hasUser) => post(hasUser ? note : withoutUser(note)), userFields),
  );
  return { noteId: id, ...place };
}

const userFields = ['responsible_user_id', 'created_by', 'params.call_responsible'];

function withoutUser({ responsible_user_id: _, created_by: __, params, ...rest }: NewCallNote): NewCallNote {
  const { call_responsible: ___, ...others } = params;
  return { ...rest, params: others };
}

function callNote(call: ToldCall, { entityId }: EntityId): NewCallNote {
  const user = typeof call.responsible === 'number' ? call.responsible : undefined;
  return {
    entity_id: entityId,
    note_type: noteTypeOf(call),
    params: {
      uniq: call.uniq,
      duration: call.durationSeconds,
      source: integrationName,
      phone: writtenPhone(call.phone),
      ...(call.link !== undefined && { link: call.link }),
      call_result: call.callResult,
      call_status: call.callStatus as NonNullable<NewCallNote['params']['call_status']>,
      call_responsible: call.responsible,
    },
    // amoCRM's statistics count a call for a user only if author and responsible are the same (contract 5.4)
    ...(user !== undefined && { responsible_user_id: user, created_by: user }),
    created_at: call.startedAtSeconds,
  };
}
