import type { RegisterCall } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import { type CallRecord, noteTypeOf } from './call-notes.ts';
import { isRefusalOf } from './errors.ts';
import type { Ticket } from './gathering/gather.ts';
import type { Gathering } from './gathering/index.ts';

type NewCall = components['schemas']['NewCall'];
type NewCallNote = components['schemas']['NewCallNote'];
type EntityType = components['schemas']['EntityTypePlural'];

/** amoCRM's own plural names, by which it is asked for entities. */
const entityTypes = { contact: 'contacts', lead: 'leads', company: 'companies', customer: 'customers' } as const;

/**
 * Sends one finished call.
 *
 * @returns where it stands, or undefined if amoCRM has no client with this phone (it then stores nothing)
 */
export async function postCall(
  gathering: Gathering,
  call: RegisterCall,
  ticket: Ticket,
): Promise<CallRecord | undefined> {
  const stored = await gathering.postCall(newCall(call), ticket).catch((error: unknown) => {
    if (isRefusalOf(error, userFields)) return gathering.postCall(withoutUser(call), ticket); // deactivated or deleted
    throw error;
  });
  return stored && { noteId: stored.id, entityType: entityTypes[stored.entity_type], entityId: stored.entity_id };
}

/** Puts one finished call on a client or lead that is known: that can be gathered, and nobody but us chooses where. */
export async function postCallNote(
  gathering: Gathering,
  entityType: EntityType,
  entityId: number,
  call: RegisterCall,
  ticket: Ticket,
): Promise<CallRecord> {
  const post = (from: NewCall) => gathering.postCallNote(entityType, noteOf(from, entityId, noteTypeOf(call)), ticket);
  const { id } = await post(newCall(call)).catch((error: unknown) => {
    if (isRefusalOf(error, userFields)) return post(withoutUser(call));
    throw error;
  });
  return { noteId: id, entityType, entityId };
}

function newCall(call: RegisterCall): NewCall {
  const user = typeof call.responsible === 'number' ? call.responsible : undefined;
  return {
    direction: call.direction,
    duration: call.durationSeconds,
    source: 'Ringflow',
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

/** What a note holds of the same call, in its own places. */
function noteOf(call: NewCall, entityId: number, noteType: NewCallNote['note_type']): NewCallNote {
  const { direction: _, created_by, responsible_user_id, created_at, ...params } = call;
  return {
    entity_id: entityId,
    note_type: noteType,
    params,
    ...(created_by !== undefined && { created_by }),
    ...(responsible_user_id !== undefined && { responsible_user_id }),
    ...(created_at !== undefined && { created_at }),
  };
}

const userFields = ['responsible_user_id', 'created_by', 'call_responsible', 'params.call_responsible'];

function withoutUser(call: RegisterCall): NewCall {
  const { responsible_user_id: _, created_by: __, call_responsible: ___, ...rest } = newCall(call);
  return rest;
}
