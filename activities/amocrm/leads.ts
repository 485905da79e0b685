import type { CreateLead } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import { braking } from './braking.ts';
import { type FoundClient, findOpenLead } from './clients.ts';
import { ensureClient, withoutResponsible } from './contacts.ts';
import type { AmocrmDependencies, BrakeLimit } from './dependencies.ts';
import { keyOf, type LeadRecord, showsWithinMs } from './effects.ts';
import { orEntityGone } from './entity-gone.ts';
import { orWithoutUser } from './errors.ts';
import { exactlyOnce } from './exactly-once.ts';
import type { Ticket } from './gathering/gather.ts';
import type { Gathering } from './gathering/index.ts';
import { findIncomingLead, type IntendedIncomingLead } from './incoming-lead-request.ts';
import { standsOpen } from './incoming-leads.ts';

/**
 * The client's open lead; one is made, and a contact if need be, if amoCRM, asked for it, has none.
 *
 * @throws AmocrmError `Braked`, and what amoCRM's refusals mean
 */
export async function ensureLead(
  dependencies: AmocrmDependencies,
  accountId: string,
  lead: CreateLead,
  limit: BrakeLimit | undefined,
): Promise<LeadRecord> {
  const { clientOf, gatheringOf, ledger, book, brake } = dependencies;
  const client = clientOf(accountId);
  const key = keyOf.lead(accountId, lead.phone);
  const standing = await ledger.standing<LeadRecord>(key);
  if (standing.state === 'done') {
    if (await standsOpen(client, standing.record)) return standing.record;
    await ledger.forget(key, standing.record);
  }
  const record = await exactlyOnce<LeadRecord, IntendedIncomingLead>(ledger, key, {
    what: 'the lead',
    showsWithinMs: showsWithinMs.lists,
    lookUp: async (incoming) =>
      incoming
        ? findIncomingLead(client, gatheringOf(accountId), lead.phone, incoming)
        : (await openLeadOf(dependencies, accountId, lead, limit)).open,
    send: (nextRequest) =>
      book.orAnew(accountId, lead.phone, async () => {
        const { owner, open, hasNoPhone } = await openLeadOf(dependencies, accountId, lead, limit);
        if (open) return open;
        await braking(brake, 'leads', key, accountId, limit);
        const made = await postLead(gatheringOf(accountId), lead, owner, { key, nextRequest });
        await book.note(accountId, lead.phone, { ...owner, openLeadIds: [made.leadId] });
        return { ...made, ...(hasNoPhone && { hasNoPhone }) };
      }),
  });
  return record as LeadRecord;
}

async function openLeadOf(
  dependencies: AmocrmDependencies,
  accountId: string,
  lead: CreateLead,
  limit: BrakeLimit | undefined,
): Promise<{ owner: FoundClient; open?: LeadRecord; hasNoPhone?: boolean }> {
  const { clientOf, closedLeadsOf } = dependencies;
  const { client: owner, isNew, hasNoPhone } = await ensureClient(dependencies, accountId, lead.contact, limit);
  const leadId = isNew
    ? undefined
    : await findOpenLead(clientOf(accountId), closedLeadsOf(accountId), lead.phone, owner);
  return { owner, ...(leadId !== undefined && { open: { leadId } }), ...(hasNoPhone && { hasNoPhone }) };
}

/** @throws AmocrmError `EntityGone` if its client was deleted or merged into another */
async function postLead(
  gathering: Gathering,
  lead: CreateLead,
  owner: FoundClient,
  ticket: Ticket,
): Promise<{ leadId: number }> {
  const { id } = await orEntityGone(owner, `_embedded.${owner.entityType}`, () =>
    orWithoutUser((hasUser) =>
      gathering.postLead(leadFields(hasUser ? lead : withoutResponsible(lead), owner), ticket),
    ),
  );
  return { leadId: id };
}

function leadFields(
  { name, pipelineId, statusId, responsibleUserId, tags, source }: Omit<CreateLead, 'kind'>,
  { entityType, entityId }: FoundClient,
): components['schemas']['NewLead'] {
  return {
    name,
    ...(pipelineId !== undefined && { pipeline_id: pipelineId }),
    ...(statusId !== undefined && { status_id: statusId }),
    ...(responsibleUserId !== undefined && { responsible_user_id: responsibleUserId }),
    _embedded: {
      ...(source !== undefined && { source: { external_id: source, type: 'widget' as const } }),
      ...(tags.length > 0 && { tags: tags.map((tag) => ({ name: tag })) }),
      ...(entityType === 'contacts'
        ? { contacts: [{ id: entityId, is_main: true }] }
        : { companies: [{ id: entityId }] }),
    },
  };
}
