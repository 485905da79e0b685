import { openMysql } from '../../activities/store/mysql.ts';
import { createUsers } from '../../activities/store/users.ts';
import { addFirstAdmin } from '../ringflow-cli/users.ts';

/** A link by which the first administrator chooses a password; undefined once somebody has one. */
export async function firstLink(mysqlUrl: string, publicUrl: string): Promise<string | undefined> {
  const pool = openMysql(mysqlUrl);
  try {
    const users = createUsers(pool);
    const known = await users.list();
    if (known.some(({ hasPassword }) => hasPassword)) return undefined;
    const admin = known.find(({ role }) => role === 'admin') ?? (await addFirstAdmin(users));
    return admin && `${publicUrl}/password#${await users.issueLink(admin.id)}`;
  } finally {
    await pool.end();
  }
}
