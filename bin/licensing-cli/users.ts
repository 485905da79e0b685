import { createUsers, type User, type Users } from '../../licensing/store/users.ts';
import { BadInput } from '../ringflow-cli/bad-input.ts';
import { printLine, shell, withLicensing } from './store.ts';

/** `ringflow-licensing user list|link [LOGIN]`. @throws BadInput that says what to do */
export async function manageUsers(action: string, args: string[]): Promise<void> {
  const [login, ...others] = args;
  const isKnown = action === 'link' || (action === 'list' && login === undefined);
  if (others.length > 0 || !isKnown) {
    throw new BadInput('ringflow-licensing user: there is only list and link [LOGIN].');
  }
  await withLicensing(async ({ pool, environment }) => {
    const users = createUsers(pool);
    if (action === 'list') await list(users);
    else await printLink(users, login, environment);
  });
}

async function list(users: Users): Promise<void> {
  for (const { login, name, role, hasPassword } of await users.list()) {
    printLine(login, name, role, ...(hasPassword ? [] : ['has no password yet']));
  }
}

async function printLink(users: Users, login: string | undefined, environment: NodeJS.ProcessEnv): Promise<void> {
  const user = login === undefined ? await onlyAdmin(users) : await users.findByLogin(login);
  if (!user) throw new BadInput(`There is no user ${login}: see ringflow-licensing user list.`);
  printLine(`${publicUrlOf(environment)}/password#${await users.issueLink(user, shell.actor)}`);
  process.stderr.write(`By it ${user.login} chooses a password. Good once, for two days; earlier links are void.\n`);
}

function publicUrlOf({
  LICENSING_PUBLIC_URL,
  LICENSING_HOST = '127.0.0.1',
  LICENSING_PORT = '8443',
}: NodeJS.ProcessEnv) {
  return (LICENSING_PUBLIC_URL || `https://${LICENSING_HOST}:${LICENSING_PORT}`).replace(/\/+$/, '');
}

/** The first is made here. */
async function onlyAdmin(users: Users): Promise<User> {
  const admins = (await users.list()).filter(({ role }) => role === 'admin');
  if (admins.length > 1) throw new BadInput(`Name one: ${admins.map(({ login }) => login).join(', ')}`);
  const admin = admins[0] ?? (await addFirstAdmin(users));
  if (typeof admin === 'string') throw new BadInput('There is a user admin who is no administrator: user link LOGIN');
  return admin;
}

/** @returns why not, if the name is taken */
export function addFirstAdmin(users: Users): ReturnType<Users['add']> {
  return users.add({ login: 'admin', name: 'Administrator', role: 'admin', partnerId: null }, shell.actor);
}
