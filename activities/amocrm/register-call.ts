import type { RegisterCall } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import type { CallRecord } from './call-notes.ts';
import { type AmocrmClient, bodyOf, namelessAnswer, refusedPaths } from './client.ts';

type NewCall = components['schemas']['NewCall'];

/** amoCRM's own plural names, by which it is asked for entities. */
const entityTypes = { contact: 'contacts', lead: 'leads', company: 'companies', customer: 'customers' } as const;

/**
 * Sends one finished call. One call per request: what a mixed answer to several means is not known (contract 6).
 *
 * @returns where it stands, or undefined if amoCRM has no client with this phone (it then stores nothing)
 */
export async function postCall(
  client: AmocrmClient,
  call: RegisterCall,
  nextRequest: () => Promise<void>,
): Promise<CallRecord | undefined> {
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

const userFields = new Set(['responsible_user_id', 'created_by', 'call_responsible']);

/** True if the user is all that amoCRM dislikes: deactivated or deleted since. */
function isAboutUser(error: unknown): boolean {
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
