import type { CreateIncomingLead, RegisterCall } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { writtenPhone } from '../../proto/phone.ts';
import type { EntityId } from '../store/known-clients.ts';
import { braking } from './braking.ts';
import { findCallNote, findCallNoteOn, postCallNote } from './call-notes.ts';
import { type AmocrmClient, bodyOf, namelessAnswer } from './client.ts';
import { askForContact, isOpenLead, unlessGone } from './clients.ts';
import { contactFields, withoutResponsible } from './contacts.ts';
import type { AmocrmDependencies, BrakeLimit } from './dependencies.ts';
import { type CallRecord, type ContactRecord, keyOf, type LeadRecord, showsWithinMs } from './effects.ts';
import { orWithoutUser } from './errors.ts';
import { exactlyOnce } from './exactly-once.ts';
import type { Ticket } from './gathering/gather.ts';
import type { Gathering } from './gathering/index.ts';
import { integrationName, serviceCode } from './integration.ts';

/** Newer ones than these are looked through for what an earlier attempt may have left. */
const mostLookedThrough = 250;

/** Puts the call of an unknown caller among the incoming leads; where they turn out to be known, with them. */
export async function registerAsIncomingLead(
  dependencies: AmocrmDependencies,
  accountId: string,
  callKey: string,
  call: RegisterCall,
  incoming: CreateIncomingLead,
  limit: BrakeLimit | undefined,
): Promise<CallRecord> {
  const { clientOf, gatheringOf, ledger } = dependencies;
  const record = await exactlyOnce<CallRecord, EntityId>(ledger, callKey, {
    what: 'the call',
    showsWithinMs: showsWithinMs.lists,
    lookUp: async (intended) => {
      const sent = intended && (await findCallNote(clientOf(accountId), gatheringOf(accountId), call, [intended]));
      if (sent) return sent;
      const standing = await ledger.standing<LeadRecord>(keyOf.lead(accountId, call.phone));
      return standing.state === 'done' ? findOn(gatheringOf(accountId), call, standing.record) : undefined;
    },
    send: async (nextRequest) => {
      const note = (place: EntityId) => postCallNote(gatheringOf(accountId), call, place, nextRequest);
      const place = await knownPlace(dependencies, accountId, call.phone);
      if (place) return note(place);
      const lead = await makeIncomingLead(dependencies, accountId, call, incoming, limit);
      if (lead.callUniq === call.uniq) return recordOn(lead);
      if (lead.leadId === null) throw namelessAnswer('lead of the incoming lead');
      return note({ entityType: 'leads', entityId: lead.leadId });
    },
  });
  return record as CallRecord;
}

/**
 * While one of a caller's incoming leads waits amoCRM finds nobody under their phone (contract 8.1), and their contact must
 * not be made once more: their calls are noted on its lead.
 */
export async function waitingLead(
  { clientOf, ledger }: AmocrmDependencies,
  accountId: string,
  phone: string,
): Promise<EntityId | undefined> {
  const standing = await ledger.standing<LeadRecord>(keyOf.lead(accountId, phone));
  if (standing.state !== 'done') return undefined;
  const { uid, leadId } = standing.record;
  if (uid === undefined || leadId === null || !(await isWaiting(clientOf(accountId), uid))) return undefined;
  return { entityType: 'leads', entityId: leadId };
}

/** Whom we have just made ourselves, or whose incoming lead was just accepted, a search may not find yet. */
async function knownPlace(
  dependencies: AmocrmDependencies,
  accountId: string,
  phone: string,
): Promise<EntityId | undefined> {
  const { clientOf, ledger } = dependencies;
  const client = clientOf(accountId);
  const lead = await ledger.standing<LeadRecord>(keyOf.lead(accountId, phone));
  if (lead.state === 'done' && lead.record.leadId !== null && (await standsOpen(client, lead.record))) {
    return { entityType: 'leads', entityId: lead.record.leadId };
  }
  const contact = await ledger.standing<ContactRecord>(keyOf.contact(accountId, phone));
  if (contact.state !== 'done') return undefined;
  const { contactId, hasNoPhone } = contact.record;
  const found = await askForContact(client, contactId, hasNoPhone ? undefined : phone);
  return found ? { entityType: 'contacts', entityId: contactId } : undefined;
}

async function makeIncomingLead(
  { clientOf, gatheringOf, ledger, brake }: AmocrmDependencies,
  accountId: string,
  call: RegisterCall,
  incoming: CreateIncomingLead,
  limit: BrakeLimit | undefined,
): Promise<LeadRecord> {
  const key = keyOf.lead(accountId, call.phone);
  const standing = await ledger.standing<LeadRecord>(key);
  if (standing.state === 'done' && standing.record.callUniq !== call.uniq) {
    await ledger.forget(key, standing.record); // it is neither waiting nor open, see knownPlace
  }
  const record = await exactlyOnce<LeadRecord>(ledger, key, {
    what: 'the incoming lead',
    showsWithinMs: showsWithinMs.lists,
    lookUp: async () => {
      const client = clientOf(accountId);
      return (await findIncoming(client, call)) ?? findAccepted(client, gatheringOf(accountId), call);
    },
    send: async (nextRequest) => {
      await braking(brake, 'leads', key, accountId, limit);
      return postIncoming(gatheringOf(accountId), call, incoming, { key, nextRequest });
    },
  });
  return record as LeadRecord;
}

/** False once it is won, lost, deleted or declined. */
export async function standsOpen(client: AmocrmClient, { leadId, uid }: LeadRecord): Promise<boolean> {
  if (uid !== undefined && (await isWaiting(client, uid))) return true;
  return leadId !== null && (await isOpenLead(client, leadId));
}

/** False once somebody has accepted or declined it. */
async function isWaiting(client: AmocrmClient, uid: string): Promise<boolean> {
  const params = { path: { uid } };
  return (
    (await unlessGone(async () => bodyOf(await client.GET('/api/v4/leads/unsorted/{uid}', { params })))) !== undefined
  );
}

const recordOn = ({ leadId }: LeadRecord): CallRecord => ({ noteId: null, entityType: 'leads', entityId: leadId });

async function findOn(gathering: Gathering, call: RegisterCall, lead: LeadRecord): Promise<CallRecord | undefined> {
  if (lead.callUniq === call.uniq) return recordOn(lead);
  return lead.leadId === null ? undefined : findCallNoteOn(gathering, 'leads', [lead.leadId], call);
}

/** What an earlier attempt may have left there, by the name of its source, which is the call's own. */
async function findIncoming(client: AmocrmClient, call: RegisterCall): Promise<LeadRecord | undefined> {
  const query = { 'order[created_at]': 'desc' as const, limit: mostLookedThrough };
  const page = bodyOf(await client.GET('/api/v4/leads/unsorted', { params: { query } }));
  const found = page?._embedded.unsorted.find(({ source_uid }) => source_uid === call.uniq);
  return found && { uid: found.uid, leadId: found._embedded.leads?.[0]?.id ?? null, callUniq: call.uniq };
}

/** Once it is accepted its call stands on its lead. */
async function findAccepted(
  client: AmocrmClient,
  gathering: Gathering,
  call: RegisterCall,
): Promise<LeadRecord | undefined> {
  const note = await findCallNote(client, gathering, call, []);
  return note && { leadId: note.entityType === 'leads' ? note.entityId : null, callUniq: call.uniq };
}

async function postIncoming(
  gathering: Gathering,
  call: RegisterCall,
  incoming: CreateIncomingLead,
  ticket: Ticket,
): Promise<LeadRecord> {
  const stored = await orWithoutUser((hasUser) => {
    const fields = hasUser
      ? incomingFields(call, incoming)
      : incomingFields({ ...call, responsible: integrationName }, withoutResponsible(incoming));
    return gathering.postIncomingLead(fields, ticket);
  }, userFields);
  return { uid: stored.uid, leadId: stored._embedded?.leads?.[0]?.id ?? null, callUniq: call.uniq };
}

const userFields = [
  'metadata.call_responsible',
  '_embedded.leads.0.responsible_user_id',
  '_embedded.contacts.0.responsible_user_id',
];

function incomingFields(
  call: RegisterCall,
  { name, phone, pipelineId, responsibleUserId, tags }: Omit<CreateIncomingLead, 'kind'>,
): components['schemas']['NewUnsortedSip'] {
  const owner = responsibleUserId === undefined ? {} : { responsible_user_id: responsibleUserId };
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
      call_responsible: call.responsible,
      is_call_event_needed: true,
    },
    _embedded: {
      leads: [{ name, ...owner, ...(tags.length > 0 && { _embedded: { tags: tags.map((tag) => ({ name: tag })) } }) }],
      contacts: [
        contactFields({
          name: writtenPhone(phone),
          phone,
          ...(responsibleUserId !== undefined && { responsibleUserId }),
        }),
      ],
    },
  };
}
