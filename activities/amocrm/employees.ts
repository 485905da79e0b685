import type { AmocrmClient } from './client.ts';
import { bodyOf } from './client.ts';

/** Extension → amoCRM user, as the users' own phone numbers say; an extension that two users claim belongs to neither. */
export async function employeesFromUsers(
  client: AmocrmClient,
  extensionPattern: string,
): Promise<Record<string, number>> {
  const isExtension = new RegExp(extensionPattern);
  const owners = new Map<string, number[]>();
  for (let page = 1; ; page++) {
    const query = { with: 'phone_number', page, limit: 250 };
    const body = bodyOf(await client.GET('/api/v4/users', { params: { query } }));
    for (const user of body?._embedded.users ?? []) {
      const extension = user.phone_number?.trim() ?? '';
      if (!user.rights.is_active || !isExtension.test(extension)) continue;
      owners.set(extension, [...(owners.get(extension) ?? []), user.id]);
    }
    if (!body || page >= body._page_count) break;
  }
  return Object.fromEntries(
    [...owners].flatMap(([extension, [id, ...more]]) => (id && !more.length ? [[extension, id]] : [])),
  );
}
