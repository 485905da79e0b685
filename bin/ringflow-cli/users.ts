import { createUsers, type Users } from '../../activities/store/users.ts';
import type { User } from '../../proto/user.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment, publicUrlOf } from './environment.ts';
import { withStore } from './store.ts';

const usage = 'ringflow user: there is only list and link [LOGIN].';

/**
 * `ringflow user list|link [LOGIN]`: the way into the settings for whoever may use the server's shell.
 *
 * @throws BadInput that says what to do
 */
export async function manageUsers(action: string, args: string[]): Promise<void> {
  const [login, ...others] = args;
  if (others.length > 0 || (action === 'list' && login !== undefined)) throw new BadInput(usage);
  const environment = findEnvironment();
  if (!environment.MYSQL_URL) throw new BadInput('No database is known: start Ringflow with bin/up, or set MYSQL_URL.');
  await withStore(environment.MYSQL_URL, async (pool) => {
    const users = createUsers(pool);
    if (action === 'list') await list(users);
    else if (action === 'link') await printLink(users, login, environment);
    else throw new BadInput(usage);
  });
}

async function list(users: Users): Promise<void> {
  for (const { login, name, role, hasPassword } of await users.list()) {
    process.stdout.write(`${login}\t${name}\t${role}${hasPassword ? '' : '\thas no password yet'}\n`);
  }
}

async function printLink(users: Users, login: string | undefined, environment: NodeJS.ProcessEnv): Promise<void> {
  const user = login === undefined ? await onlyAdmin(users) : await users.findByLogin(login);
  if (!user) throw new BadInput(`There is no user ${login}: see bin/ringflow user list.`);
  process.stdout.write(`${publicUrlOf(environment)}/password#${await users.issueLink(user.id)}\n`);
  process.stderr.write(`By it ${user.login} chooses a password. Good once, for two days; earlier links are void.\n`);
}

/** The first is made here. */
async function onlyAdmin(users: Users): Promise<User> {
  const admins = (await users.list()).filter(({ role }) => role === 'admin');
  if (admins.length > 1) throw new BadInput(`Name one: ${admins.map(({ login }) => login).join(', ')}`);
  const admin = admins[0] ?? (await addFirstAdmin(users));
  if (!admin) throw new BadInput('There is a user admin who is no administrator: bin/ringflow user link LOGIN');
  return admin;
}

/** @returns undefined if the name is taken */
export function addFirstAdmin(users: Users): Promise<User | undefined> {
  return users.add({ login: 'admin', name: 'Administrator', role: 'admin', extensions: [], accounts: null });
}
