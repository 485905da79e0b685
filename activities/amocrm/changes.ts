import type { ChangeEntity } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import type { EntityId } from '../store/known-clients.ts';
import { oneOf } from './answers.ts';
import type { AmocrmClient } from './client.ts';
import { isOpenLead } from './clients.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import { type ChangeRecord, showsWithinMs } from './effects.ts';
import { orEntityGone } from './entity-gone.ts';
import { AmocrmError } from './errors.ts';
import { exactlyOnce } from './exactly-once.ts';
import type { Gathering } from './gathering/index.ts';

export interface ChangeRequest {
  accountId: string;
  /** The ledger key of this effect. */
  key: string;
  change: ChangeEntity;
}

/** Changes the client or their newest open lead; where there is none nothing happens. Once, so that a person may undo it. */
export async function changeEntity(dependencies: AmocrmDependencies, request: ChangeRequest): Promise<ChangeRecord> {
  const { accountId, key, change } = request;
  const { gatheringOf, ledger, book } = dependencies;
  const record = await exactlyOnce<ChangeRecord, IntendedChange>(ledger, key, {
    what: 'the change',
    showsWithinMs: showsWithinMs.lists,
    lookUp: (intended) => findChange(dependencies, accountId, request, intended),
    send: async (nextRequest) => {
      return book.orAnew(accountId, change.phone, async () => {
        const target = await targetOf(dependencies, accountId, change);
        if (!target) return { changed: null };
        const { entityType, entityId } = target;
        const leave = () => nextRequest({ entityType, entityId, leftAtMs: Date.now() });
        await orEntityGone(target, 'id', () => patch(gatheringOf(accountId), target, change, leave));
        await book.forget(accountId, change.phone);
        return { changed: { entityType, entityId } };
      });
    },
  });
  if (record?.isLeftToOthers) throw leftToOthers(record);
  return record ?? { changed: null };
}

function leftToOthers({ changed }: ChangeRecord): AmocrmError {
  const message =
    `It is not certain whether ${changed?.entityType} ${changed?.entityId} was changed: a request was cut off, and ` +
    'somebody has changed it since. It was left as it is; look in amoCRM and change it if need be.';
  return new AmocrmError('Braked', message, { hadNoEffect: true });
}

/** Where a change went, and when it left by our clock. */
interface IntendedChange extends EntityId {
  leftAtMs: number;
}

/**
 * What became of a change of unknown fate: done if the entity is as was asked. If it is not, and was changed since by
 * somebody else, nobody knows what they have undone: it is left to them, and told. Else it never came: undefined.
 */
async function findChange(
  { clientOf }: AmocrmDependencies,
  accountId: string,
  { change }: ChangeRequest,
  intended: IntendedChange | undefined,
): Promise<ChangeRecord | undefined> {
  if (!intended) return undefined;
  const { entityType, entityId, leftAtMs } = intended;
  const found = await readEntity(clientOf(accountId), intended);
  if (!found) return undefined;
  const changed = { entityType, entityId };
  if (isAsAsked(found.entity, change)) return { changed };
  const isChangedSince = found.entity.updated_at * 1000 > leftAtMs + found.aheadMs + clockGrainMs;
  return isChangedSince ? { changed, isLeftToOthers: true } : undefined;
}

/** amoCRM's times are whole seconds: that of the change and that of the answer. */
const clockGrainMs = 2_000;

type Entity = components['schemas']['Lead' | 'Contact' | 'Company'];

/** @returns the entity and how far amoCRM's clock is ahead of ours, within a second; undefined if it is not there */
async function readEntity(
  client: AmocrmClient,
  { entityType, entityId }: EntityId,
): Promise<{ entity: Entity; aheadMs: number } | undefined> {
  const params = { path: { id: entityId } };
  const ask = {
    leads: () => client.GET('/api/v4/leads/{id}', { params }),
    companies: () => client.GET('/api/v4/companies/{id}', { params }),
    contacts: () => client.GET('/api/v4/contacts/{id}', { params }),
  }[entityType as 'leads' | 'companies' | 'contacts'];
  let aheadMs = 0;
  const entity = await oneOf<Entity>(async () => {
    const answer = await ask();
    const theirsMs = Date.parse(answer.response.headers.get('date') ?? '');
    if (!Number.isNaN(theirsMs)) aheadMs = theirsMs - Date.now();
    return answer;
  });
  return entity && { entity, aheadMs };
}

function isAsAsked(entity: Entity, { tags, responsibleUserId, status }: ChangeEntity): boolean {
  const own = new Set((entity._embedded.tags ?? []).map(({ name }) => name.toLowerCase()));
  const lead = 'status_id' in entity ? entity : undefined;
  return (
    tags.every((tag) => own.has(tag.toLowerCase())) &&
    (responsibleUserId === undefined || entity.responsible_user_id === responsibleUserId) &&
    (!status || (lead?.pipeline_id === status.pipelineId && lead.status_id === status.statusId))
  );
}

async function targetOf(
  { clientOf, book }: AmocrmDependencies,
  accountId: string,
  { phone, target, status }: ChangeEntity,
): Promise<EntityId | undefined> {
  if (target === 'client') return (await book.find(accountId, phone)) ?? undefined;
  const known = (await book.withLeads(accountId, phone))?.openLeadIds[0];
  const isOld = known !== undefined && status !== undefined && !(await isOpenLead(clientOf(accountId), known));
  const leadId = isOld ? (await book.ask(accountId, phone))?.openLeadIds[0] : known; // a closed one stays closed
  return leadId === undefined ? undefined : { entityType: 'leads', entityId: leadId };
}

async function patch(
  gathering: Gathering,
  { entityType, entityId: id }: EntityId,
  { tags, responsibleUserId, status }: ChangeEntity,
  nextRequest: () => Promise<void>,
): Promise<void> {
  const common = {
    id,
    ...(responsibleUserId !== undefined && { responsible_user_id: responsibleUserId }),
    ...(tags.length > 0 && { tags_to_add: tags.map((name) => ({ name })) }),
  };
  if (entityType === 'leads') {
    const stage = status && { pipeline_id: status.pipelineId, status_id: status.statusId };
    await gathering.patchLead({ ...common, ...stage }, { nextRequest });
  } else if (entityType === 'companies') {
    await gathering.patchCompany(common, { nextRequest });
  } else {
    await gathering.patchContact(common, { nextRequest });
  }
}
