import type { RegisterCall } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import type { CallRecord } from './call-notes.ts';
import { isRefusalOf } from './errors.ts';
import type { Ticket } from './gathering/gather.ts';
import type { Gathering } from './gathering/index.ts';

type NewCall = components['schemas']['NewCall'];

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

const userFields = ['responsible_user_id', 'created_by', 'call_responsible'];

function withoutUser(call: RegisterCall): NewCall {
  const { responsible_user_id: _, created_by: __, call_responsible: ___, ...rest } = newCall(call);
  return rest;
}
