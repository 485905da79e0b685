import { Client, Connection } from '@temporalio/client';
import type { Pool } from 'mysql2/promise';
import { type Account, type Accounts, createAccounts } from '../../activities/store/accounts.ts';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createPermissions } from '../../activities/store/permissions.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { readTokenPair } from '../../activities/store/token-pair.ts';
import { connectionLink } from '../../proto/amocrm-address.ts';
import { createTokenActors } from '../../runtime/token-actors.ts';
import { addAccount, readNewAccount } from './add-account.ts';
import { readArguments } from './arguments.ts';
import { findEnvironment, publicUrlOf } from './environment.ts';
import { BadInput } from './interpret-file.ts';
import { knownAccount } from './known-account.ts';
import { pausesOf, resume } from './pauses.ts';
import { withRedis } from './redis.ts';
import { withStore } from './store.ts';

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
    if (wanted) await addAccount(wanted, pool, environment);
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
  const key = await withRedis(environment, (redis) => createPermissions(redis, keys).issue('link', account.id));
  process.stdout.write(`${connectionLink(publicUrlOf(environment), account.id, key)}\n`);
  process.stderr.write(
    'Open it as an administrator of the amoCRM account and allow the integration. Good once, for 20 minutes.\n',
  );
}

/** An account that was installed from the widget may be used from now on. */
async function accept(account: Account, pool: Pool, environment: NodeJS.ProcessEnv): Promise<void> {
  const secrets = createSecrets(pool, readKeyRing(environment.RINGFLOW_SECRET_KEYS));
  if (!(await readTokenPair(secrets, account.id))) {
    throw new BadInput(`${account.id} has not allowed the integration: bin/ringflow account connect ${account.id}`);
  }
  await createAccounts(pool).enter(account.id, 'connected', '');
  process.stderr.write(`${account.id} is connected.\n`);
  await tellActor(account.id, environment).catch(() => undefined); // it only shows the state
}

async function tellActor(accountId: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const { TEMPORAL_ADDRESS: address = '127.0.0.1:7233', TEMPORAL_NAMESPACE: namespace = 'default' } = environment;
  const connection = await Connection.connect({ address, connectTimeout: '3s' });
  await createTokenActors(new Client({ connection, namespace })).look(accountId);
  await connection.close();
}
