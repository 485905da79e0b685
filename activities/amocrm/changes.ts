import type { ChangeEntity } from '../../proto/crm-action.ts';
import type { EntityId } from '../store/known-clients.ts';
import { type AmocrmClient, bodyOf } from './client.ts';
import { isOpenLead, unlessGone } from './clients.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import { type ChangeRecord, showsWithinMs } from './effects.ts';
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
export async function changeEntity(
  dependencies: AmocrmDependencies,
  { accountId, key, change }: ChangeRequest,
): Promise<ChangeRecord> {
  const { gatheringOf, ledger, book } = dependencies;
  const record = await exactlyOnce<ChangeRecord, IntendedChange>(ledger, key, {
    what: 'the change',
    showsWithinMs: showsWithinMs.lists,
    lookUp: (intended) => findChange(dependencies, accountId, intended),
    send: async (nextRequest) => {
      const changeOnce = async (): Promise<ChangeRecord> => {
        const target = await targetOf(dependencies, accountId, change);
        if (!target) return { changed: null };
        const { entityType, entityId } = target;
        const atSeconds = Math.floor(Date.now() / 1000) - clockSkewSeconds;
        const intended = { entityType, entityId, atSeconds };
        await patch(gatheringOf(accountId), target, change, () => nextRequest(intended));
        await book.forget(accountId, change.phone);
        return { changed: { entityType, entityId } };
      };
      try {
        return await changeOnce();
      } catch (error) {
        if (!isGone(error)) throw error;
        await book.forget(accountId, change.phone);
        return changeOnce();
      }
    },
  });
  return record ?? { changed: null };
}

interface IntendedChange extends EntityId {
  /** Not before that, unix seconds. */
  atSeconds: number;
}

/** amoCRM's clock may be so far behind ours. */
const clockSkewSeconds = 5;

/**
 * A request of unknown fate: if the entity has changed since, it was this request, or a person who would not like to see
 * their change undone.
 */
async function findChange(
  { clientOf }: AmocrmDependencies,
  accountId: string,
  intended: IntendedChange | undefined,
): Promise<ChangeRecord | undefined> {
  if (!intended) return undefined;
  const { entityType, entityId, atSeconds } = intended;
  const updatedAt = await updatedAtOf(clientOf(accountId), { entityType, entityId });
  return updatedAt !== undefined && updatedAt >= atSeconds ? { changed: { entityType, entityId } } : undefined;
}

async function updatedAtOf(client: AmocrmClient, { entityType, entityId }: EntityId): Promise<number | undefined> {
  const params = { path: { id: entityId } };
  return unlessGone(async () => {
    if (entityType === 'leads') return bodyOf(await client.GET('/api/v4/leads/{id}', { params }))?.updated_at;
    if (entityType === 'companies') return bodyOf(await client.GET('/api/v4/companies/{id}', { params }))?.updated_at;
    return bodyOf(await client.GET('/api/v4/contacts/{id}', { params }))?.updated_at;
  });
}

/** What was to be changed is not there (any more). */
function isGone(error: unknown): boolean {
  if (!(error instanceof AmocrmError)) return false;
  return error.code === 'Gone' || error.code === 'EntityGone' || error.refusedPaths.includes('id');
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
