import type { AmocrmUser, Pipeline } from '../../proto/catalogue.ts';
import { listOf } from './answers.ts';
import type { AmocrmClient } from './client.ts';

/** Who works in an account, deactivated users too. Needs an administrator's grant (contract 4). */
export async function readUsers(client: AmocrmClient): Promise<AmocrmUser[]> {
  const users: AmocrmUser[] = [];
  for (let page = 1; ; page++) {
    const query = { with: 'phone_number', page, limit: 250 };
    const answer = await client.GET('/api/v4/users', { params: { query } });
    for (const { id, name, phone_number, rights } of listOf(answer, 'users')) {
      users.push({ id, name, phone: phone_number?.trim() || null, isActive: rights.is_active });
    }
    if (page >= (answer.data?._page_count ?? 1)) return users;
  }
}

/** The pipelines of leads with their stages, in amoCRM's order; archived ones are left out. */
export async function readPipelines(client: AmocrmClient): Promise<Pipeline[]> {
  return listOf(await client.GET('/api/v4/leads/pipelines'), 'pipelines')
    .filter(({ is_archive }) => !is_archive)
    .map(({ id, name, is_main, _embedded: { statuses } }) => ({
      ...{ id, name, isMain: is_main === true },
      stages: statuses.map((stage) => ({ id: stage.id, name: stage.name })),
    }));
}
