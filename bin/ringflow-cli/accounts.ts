import type { Pool } from 'mysql2/promise';
import { type Account, type Accounts, createAccounts } from '../../activities/store/accounts.ts';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createPermissions } from '../../activities/store/permissions.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { acceptAccount, connectingLink } from '../../runtime/connect-account.ts';
import { createTokenActors } from '../../runtime/token-actors.ts';
import { addNamedAccount, readNewAccount } from './add-account.ts';
import { readArguments } from './arguments.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment, publicUrlOf } from './environment.ts';
import { knownAccount } from './known-account.ts';
import { pausesOf, resume } from './pauses.ts';
import { withRedis } from './redis.ts';
import { withStore } from './store.ts';
import { withTemporal } from './temporal.ts';

/**
 * `ringflow account list|connect|accept|resume|add`.
 *
 * @throws BadInput that says what to do
 */
export async function manageAccounts(action: string, args: string[]): Promise<void> {
  const { positionals, values } = readArguments(args, action === 'add' ? ['client-id', 'redirect-uri'] : []);
  const [id, ...others] = positionals;
  const wanted = action === 'add' ? readNewAccount(positionals, values) : undefined;
  const environment = findEnvironment();
  if (!environment.MYSQL_URL) throw new BadInput('No database is known: start Ringflow with bin/up, or set MYSQL_URL.');
  await withStore(environment.MYSQL_URL, async (pool) => {
    const accounts = createAccounts(pool);
    if (wanted) await addNamedAccount(wanted, pool, environment);
    else if (others.length > 0) throw new BadInput(usage);
    else if (action === 'list' && id === undefined) await listAccounts(accounts, environment);
    else if (action === 'resume') await resume(await named(accounts, id), environment);
    else if (action === 'connect') await printLink(await connectable(accounts, id), environment);
    else if (action === 'accept' && id !== undefined) await accept(await connectable(accounts, id), pool, environment);
    else throw new BadInput(usage);
  });
}

const usage =
  'ringflow account: there is only list, connect [ID], accept ID, resume [ID] and add URL --client-id CLIENT --redirect-uri URI.';

async function listAccounts(accounts: Accounts, environment: NodeJS.ProcessEnv): Promise<void> {
  const known = await accounts.list();
  const pauses = await pausesOf(known, environment);
  for (const { id, baseUrl, state, reason } of known) {
    const pause = state === 'connected' ? pauses.get(id) : undefined; // else nobody would send anyway
    const why = pause ?? reason;
    process.stdout.write(`${id}\t${baseUrl}\t${pause ? 'paused' : state}${why && `\t${why}`}\n`);
  }
}

/** @param id may be left out if there is only one */
async function named(accounts: Accounts, id: string | undefined): Promise<Account> {
  const known = await accounts.list();
  if (id === undefined && known.length > 1) {
    throw new BadInput(`There are several accounts; name one: ${known.map((one) => one.id).join(', ')}`);
  }
  return knownAccount(accounts, id ?? known[0]?.id ?? '');
}

async function connectable(accounts: Accounts, id: string | undefined): Promise<Account> {
  const account = await named(accounts, id);
  if (account.clientId !== null) return account;
  throw new BadInput(
    `${account.id} uses a long-lived token. To connect it by OAuth set AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI in place of AMOCRM_ACCESS_TOKEN and restart.`,
  );
}

async function printLink(account: Account, environment: NodeJS.ProcessEnv): Promise<void> {
  const keys = readKeyRing();
  const link = await withRedis(environment, (redis) =>
    connectingLink(publicUrlOf(environment), createPermissions(redis, keys), account.id, 'command'),
  );
  process.stdout.write(`${link}\n`);
  process.stderr.write(
    'Open it as an administrator of the amoCRM account and allow the integration. Good once, for 20 minutes.\n',
  );
}

async function accept(account: Account, pool: Pool, environment: NodeJS.ProcessEnv): Promise<void> {
  const secrets = createSecrets(pool, readKeyRing(environment.RINGFLOW_SECRET_KEYS));
  if (!(await acceptAccount(account.id, createAccounts(pool), secrets))) {
    throw new BadInput(`${account.id} has not allowed the integration: bin/ringflow account connect ${account.id}`);
  }
  process.stderr.write(`${account.id} is connected.\n`);
  await tellActor(account.id, environment).catch(() => undefined); // it only shows the state
}

async function tellActor(accountId: string, environment: NodeJS.ProcessEnv): Promise<void> {
  await withTemporal(environment, '', (client) => createTokenActors(client).look(accountId));
}
