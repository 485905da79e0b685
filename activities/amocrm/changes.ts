import type { ChangeEntity } from '../../proto/crm-action.ts';
import type { components } from '../../proto/generated/amocrm.ts';
import type { EntityId } from '../store/known-clients.ts';
import { type AmocrmClient, bodyOf } from './client.ts';
import type { AmocrmDependencies } from './dependencies.ts';
import { type ChangeRecord, showsWithinMs } from './effects.ts';
import { exactlyOnce } from './exactly-once.ts';

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
  const { clientOf, ledger, book } = dependencies;
  const record = await exactlyOnce<ChangeRecord>(ledger, key, {
    what: 'the change',
    showsWithinMs: showsWithinMs.nowhere,
    lookUp: async () => undefined, // changing twice in a row is harmless
    send: async (nextRequest) => {
      const client = await book.withLeads(accountId, change.phone);
      if (!client) return { changed: null };
      const [leadId] = client.openLeadIds;
      if (change.target === 'lead' && leadId === undefined) return { changed: null };
      const { entityType, entityId } = client;
      const target =
        change.target === 'lead' && leadId ? { entityType: 'leads', entityId: leadId } : { entityType, entityId };
      await nextRequest();
      await patch(clientOf(accountId), target, change);
      await book.forget(accountId, change.phone);
      return { changed: target };
    },
  });
  return record ?? { changed: null };
}

async function patch(client: AmocrmClient, { entityType, entityId }: EntityId, change: ChangeEntity): Promise<void> {
  const { tags, responsibleUserId, status } = change;
  const common = {
    ...(responsibleUserId !== undefined && { responsible_user_id: responsibleUserId }),
    ...(tags.length > 0 && { tags_to_add: tags.map((name) => ({ name })) }),
  } satisfies components['schemas']['ContactChange'];
  if (entityType === 'leads') {
    const stage = status && { pipeline_id: status.pipelineId, status_id: status.statusId };
    bodyOf(await client.PATCH('/api/v4/leads', { body: [{ id: entityId, ...common, ...stage }] }));
  } else if (entityType === 'companies') {
    bodyOf(await client.PATCH('/api/v4/companies', { body: [{ id: entityId, ...common }] }));
  } else {
    bodyOf(await client.PATCH('/api/v4/contacts', { body: [{ id: entityId, ...common }] }));
  }
}
