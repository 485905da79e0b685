import type { CreateIncomingLead } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import { listOf } from './answers.ts';
import { findCallNote } from './call-notes.ts';
import type { AmocrmClient } from './client.ts';
import { contactFields, withoutResponsible } from './contacts.ts';
import type { LeadRecord } from './effects.ts';
import { AmocrmError } from './errors.ts';
import type { NextRequest } from './exactly-once.ts';
import type { Gathering } from './gathering/index.ts';
import { integrationName, serviceCode } from './integration.ts';
import { refusedLink, type ToldCall } from './recording-link.ts';

/** By what an incoming lead is known again, whichever call it was made for. */
export type IntendedIncomingLead = Required<Pick<LeadRecord, 'callUniq'>> & Pick<LeadRecord, 'troubles'>;

/** Newer ones than these are looked through for what an earlier attempt may have left. */
const mostLookedThrough = 250;

/** What an earlier attempt may have left, be it that somebody has accepted it since. */
export async function findIncomingLead(
  client: AmocrmClient,
  gathering: Gathering,
  phone: string,
  intended: IntendedIncomingLead,
): Promise<LeadRecord | undefined> {
  const query = { 'order[created_at]': 'desc' as const, limit: mostLookedThrough };
  const page = await client.GET('/api/v4/leads/unsorted', { params: { query } });
  const waiting = listOf(page, 'unsorted').find(({ source_uid }) => source_uid === intended.callUniq);
  if (waiting) return { ...intended, uid: waiting.uid, leadId: waiting._embedded.leads?.[0]?.id ?? null };
  const call = { phone, direction: 'inbound' as const, uniq: intended.callUniq };
  const note = await findCallNote(client, gathering, call, []); // once it is accepted its call stands on its lead
  return note && { ...intended, leadId: note.entityType === 'leads' ? note.entityId : null };
}

/** What an incoming lead can do without: people may delete it in amoCRM while a rule still names it. */
type Part = 'responsible' | 'pipeline' | 'tags' | 'phone' | 'link';

/** Without what amoCRM does not take (any more): the call is registered all the same. */
export async function postIncomingLead(
  gathering: Gathering,
  call: ToldCall,
  incoming: CreateIncomingLead,
  key: string,
  nextRequest: NextRequest<IntendedIncomingLead>,
): Promise<LeadRecord> {
  const refused = new Set<Part>();
  const intended: IntendedIncomingLead = { callUniq: call.uniq };
  const post = () => {
    const [ofCall, ofLead] = without(refused, call, incoming);
    return gathering.postIncomingLead(incomingFields(ofCall, ofLead, !refused.has('phone')), {
      key,
      nextRequest: () => nextRequest(intended),
    });
  };
  for (;;) {
    try {
      const stored = await post();
      return { ...intended, uid: stored.uid, leadId: stored._embedded?.leads?.[0]?.id ?? null };
    } catch (error) {
      const parts = refusedParts(error).filter((part) => !refused.has(part));
      if (parts.length === 0) throw error;
      for (const part of parts) refused.add(part);
      const told = parts
        .filter((part) => part !== 'responsible')
        .map((part) => withoutPart(part, error as AmocrmError));
      if (told.length > 0) intended.troubles = [...(intended.troubles ?? []), ...told];
    }
  }
}

/** Empty if anything else is refused, too. */
function refusedParts(error: unknown): Part[] {
  const paths = error instanceof AmocrmError ? error.refusedPaths : [];
  const parts = paths.map(partOf);
  return parts.every((part) => part !== undefined) ? [...new Set(parts)] : [];
}

function partOf(path: string): Part | undefined {
  if (path === 'pipeline_id') return 'pipeline';
  if (path === 'metadata.link') return 'link';
  if (path.startsWith('_embedded.leads.0._embedded.tags')) return 'tags';
  if (path.startsWith('_embedded.contacts.0.custom_fields_values')) return 'phone';
  return path === 'metadata.call_responsible' || path.endsWith('.responsible_user_id') ? 'responsible' : undefined;
}

const withoutPart = (part: Part, { message }: AmocrmError): string => {
  if (part === 'link') return refusedLink;
  return part === 'phone'
    ? "The contact of the incoming lead has no phone, since the account has no field for it: add the field Phone to amoCRM's contacts and write the number there."
    : `The incoming lead was made without its ${part}: ${message}`;
};

function without(
  refused: ReadonlySet<Part>,
  { link, ...call }: ToldCall,
  { pipelineId, tags, ...incoming }: CreateIncomingLead,
): [ToldCall, CreateIncomingLead] {
  const isOfNobody = refused.has('responsible');
  const linked = { ...call, ...(link !== undefined && !refused.has('link') && { link }) };
  return [
    isOfNobody ? { ...linked, responsible: integrationName } : linked,
    {
      ...(isOfNobody ? withoutResponsible(incoming) : incoming),
      ...(pipelineId !== undefined && !refused.has('pipeline') && { pipelineId }),
      tags: refused.has('tags') ? [] : tags,
    },
  ];
}

function incomingFields(
  call: ToldCall,
  { name, phone, pipelineId, responsibleUserId, tags }: Omit<CreateIncomingLead, 'kind'>,
  hasPhoneField: boolean,
): components['schemas']['NewUnsortedSip'] {
  const owner = responsibleUserId === undefined ? {} : { responsible_user_id: responsibleUserId };
  const contact = { ...contactFields({ name: writtenPhone(phone), phone }), ...owner };
  return {
    source_uid: call.uniq,
    source_name: integrationName,
    ...(pipelineId !== undefined && { pipeline_id: pipelineId }),
    created_at: call.startedAtSeconds,
    metadata: {
      phone: writtenPhone(phone),
      called_at: call.startedAtSeconds,
      duration: call.durationSeconds,
      service_code: serviceCode,
      uniq: call.uniq,
      ...(call.link !== undefined && { link: call.link }),
      call_responsible: call.responsible,
      is_call_event_needed: true,
    },
    _embedded: {
      leads: [{ name, ...owner, ...(tags.length > 0 && { _embedded: { tags: tags.map((tag) => ({ name: tag })) } }) }],
      contacts: [hasPhoneField ? contact : { name: writtenPhone(phone), ...owner }],
    },
  };
}
