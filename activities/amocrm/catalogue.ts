import type { AmocrmUser, Pipeline } from '../../proto/catalogue.ts';
import { type AmocrmClient, bodyOf } from './client.ts';

/** Who works in an account, deactivated users too. Needs an administrator's grant (contract 4). */
export async function readUsers(client: AmocrmClient): Promise<AmocrmUser[]> {
  const users: AmocrmUser[] = [];
  for (let page = 1; ; page++) {
    const query = { with: 'phone_number', page, limit: 250 };
    const body = bodyOf(await client.GET('/api/v4/users', { params: { query } }));
    for (const { id, name, phone_number, rights } of body?._embedded.users ?? []) {
      users.push({ id, name, phone: phone_number?.trim() || null, isActive: rights.is_active });
    }
    if (!body || page >= body._page_count) return users;
  }
}

/** The pipelines of leads with their stages, in amoCRM's order; archived ones are left out. */
export async function readPipelines(client: AmocrmClient): Promise<Pipeline[]> {
  const body = bodyOf(await client.GET('/api/v4/leads/pipelines'));
  return (body?._embedded.pipelines ?? [])
    .filter(({ is_archive }) => !is_archive)
    .map(({ id, name, is_main, _embedded: { statuses } }) => ({
      ...{ id, name, isMain: is_main === true },
      stages: statuses.map((stage) => ({ id: stage.id, name: stage.name })),
    }));
}
