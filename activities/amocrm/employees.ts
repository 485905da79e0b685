import type { AmocrmClient } from './client.ts';
import { bodyOf } from './client.ts';

/** Who works in an account. */
export interface Directory {
  /** Extension → amoCRM user, as the users' own phone numbers say; one that two users claim belongs to neither. */
  employees: Record<string, number>;
  /** Users who were deactivated. */
  inactiveUsers: number[];
}

export async function readDirectory(client: AmocrmClient, extensionPattern: string): Promise<Directory> {
  const isExtension = new RegExp(extensionPattern);
  const owners = new Map<string, number[]>();
  const inactiveUsers: number[] = [];
  for (let page = 1; ; page++) {
    const query = { with: 'phone_number', page, limit: 250 };
    const body = bodyOf(await client.GET('/api/v4/users', { params: { query } }));
    for (const user of body?._embedded.users ?? []) {
      const extension = user.phone_number?.trim() ?? '';
      if (!user.rights.is_active) inactiveUsers.push(user.id);
      if (!user.rights.is_active || !isExtension.test(extension)) continue;
      owners.set(extension, [...(owners.get(extension) ?? []), user.id]);
    }
    if (!body || page >= body._page_count) break;
  }
  const sole = [...owners].flatMap(([extension, [id, ...more]]) => (id && !more.length ? [[extension, id]] : []));
  return { employees: Object.fromEntries(sole), inactiveUsers };
}
