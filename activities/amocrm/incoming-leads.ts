import type { CreateIncomingLead, RegisterCall } from '../../proto/crm-action.ts';
import type { EntityId } from '../store/known-clients.ts';
import { namelessAnswer, oneOf } from './answers.ts';
import { braking } from './braking.ts';
import { findCallNote, findCallNoteOn, postCallNote } from './call-notes.ts';
import type { AmocrmClient } from './client.ts';
import { isOpenLead } from './clients.ts';
import { findClient } from './contacts.ts';
import type { AmocrmDependencies, BrakeLimit } from './dependencies.ts';
import { type CallRecord, keyOf, type LeadRecord, showsWithinMs } from './effects.ts';
import { exactlyOnce } from './exactly-once.ts';
import type { Gathering } from './gathering/index.ts';
import { findIncomingLead, type IntendedIncomingLead, postIncomingLead } from './incoming-lead-request.ts';
import { asLead, placeOf } from './place-of-call.ts';
import type { ToldCall } from './recording-link.ts';

/** Puts the call of an unknown caller among the incoming leads; where they turn out to be known, with them. */
export async function registerAsIncomingLead(
  dependencies: AmocrmDependencies,
  accountId: string,
  callKey: string,
  call: ToldCall,
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
      const found = await ensureIncomingLead(dependencies, accountId, call, incoming, limit);
      if ('lead' in found && found.lead.callUniq === call.uniq) return recordOn(found.lead);
      const place = 'place' in found ? found.place : found.lead.leadId !== null && asLead(found.lead.leadId);
      if (!place) throw namelessAnswer('lead of the incoming lead');
      return postCallNote(gatheringOf(accountId), call, place, nextRequest);
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

/** The caller's lead that stands open, or where else they stand; an incoming lead is made if amoCRM, asked for it, has nobody. */
async function ensureIncomingLead(
  dependencies: AmocrmDependencies,
  accountId: string,
  call: ToldCall,
  incoming: CreateIncomingLead,
  limit: BrakeLimit | undefined,
): Promise<{ lead: LeadRecord } | { place: EntityId }> {
  const { clientOf, gatheringOf, ledger, brake } = dependencies;
  const client = clientOf(accountId);
  const key = keyOf.lead(accountId, call.phone);
  const standing = await ledger.standing<LeadRecord>(key);
  if (standing.state === 'done') {
    const { leadId, callUniq } = standing.record;
    const isOwn = callUniq === call.uniq;
    if (isOwn || (leadId !== null && (await standsOpen(client, standing.record)))) return { lead: standing.record };
    await ledger.forget(key, standing.record);
  }
  let place: EntityId | undefined;
  const lead = await exactlyOnce<LeadRecord, IntendedIncomingLead>(ledger, key, {
    what: 'the incoming lead',
    showsWithinMs: showsWithinMs.lists,
    lookUp: (intended = { callUniq: call.uniq }) =>
      findIncomingLead(client, gatheringOf(accountId), call.phone, intended),
    send: async (nextRequest) => {
      place = await callersPlace(dependencies, accountId, call);
      if (place) return undefined;
      await braking(brake, 'leads', key, accountId, limit);
      return postIncomingLead(gatheringOf(accountId), call, incoming, key, nextRequest);
    },
  });
  return place ? { place } : { lead: lead as LeadRecord };
}

/** Where a caller stands of whom amoCRM knew nothing a while ago: whom people have written down since is not made once more. */
async function callersPlace(
  dependencies: AmocrmDependencies,
  accountId: string,
  { phone, attachTo }: RegisterCall,
): Promise<EntityId | undefined> {
  const client = await findClient(dependencies, accountId, phone);
  return client ? (placeOf({ client, askedAtMs: Date.now() }, attachTo) ?? client) : undefined;
}

/** False once it is won, lost, deleted or declined. */
export async function standsOpen(client: AmocrmClient, { leadId, uid }: LeadRecord): Promise<boolean> {
  if (uid !== undefined && (await isWaiting(client, uid))) return true;
  return leadId !== null && (await isOpenLead(client, leadId));
}

/** False once somebody has accepted or declined it. */
async function isWaiting(client: AmocrmClient, uid: string): Promise<boolean> {
  const params = { path: { uid } };
  return (await oneOf(() => client.GET('/api/v4/leads/unsorted/{uid}', { params }))) !== undefined;
}

const recordOn = ({ leadId, troubles }: LeadRecord): CallRecord => ({
  ...{ noteId: null, entityType: 'leads', entityId: leadId },
  ...(troubles && { troubles }),
});

async function findOn(gathering: Gathering, call: RegisterCall, lead: LeadRecord): Promise<CallRecord | undefined> {
  if (lead.callUniq === call.uniq) return recordOn(lead);
  return lead.leadId === null ? undefined : findCallNoteOn(gathering, 'leads', [lead.leadId], call);
}
