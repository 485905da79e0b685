import { parseArgs } from 'node:util';
import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import { createAccounts } from '../../activities/store/accounts.ts';
import { pbxIdsOf } from '../../activities/store/forget-activities.ts';
import { createForgettings } from '../../activities/store/forgettings.ts';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createPbxs } from '../../activities/store/pbxs.ts';
import { createPersonalData } from '../../activities/store/personal-data.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { type Forgotten, type FoundOfPerson, keyOfPerson } from '../../proto/forgetting.ts';
import { createForgetActors } from '../../runtime/forget-actors.ts';
import { forgetWorkflowId } from '../../workflows/forget/contract.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment } from './environment.ts';
import { knownAccount } from './known-account.ts';
import { withRedis } from './redis.ts';
import { withStore } from './store.ts';
import { withTemporal } from './temporal.ts';

const usage =
  'ringflow forget: there is only PHONE [--account ID] [--dry-run]; write the whole number, ten digits or more.';

/** `ringflow forget PHONE [--account ID] [--dry-run]`. @throws BadInput that says what to do */
export async function forgetPerson(args: string[]): Promise<void> {
  const { phone, account: named, isDryRun } = readOrder(args);
  const key = keyOfPerson(phone);
  if (key === undefined) throw new BadInput(usage);
  const environment = findEnvironment();
  if (!environment.MYSQL_URL) throw new BadInput('No database is known: start Ringflow with bin/up, or set MYSQL_URL.');
  await withStore(environment.MYSQL_URL, async (pool) => {
    const accountId = await accountOf(pool, named);
    const found = await withRedis(environment, (redis) => find(pool, redis, environment, accountId, key));
    process.stdout.write(foundInWords(found));
    if (isDryRun) return;
    const result = await withTemporal(
      environment,
      'Nothing was deleted yet, or it goes on by itself.',
      async (client) => {
        const forgettings = createForgettings(pool);
        const id = await createForgetActors(client, forgettings).begin(accountId, phone, 'command');
        await client.workflow.getHandle(forgetWorkflowId(accountId, id)).result();
        return (await forgettings.find(id))?.result;
      },
    );
    if (result) process.stdout.write(forgottenInWords(result));
  });
}

function readOrder(args: string[]) {
  try {
    const options = { account: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    const [phone, ...others] = positionals;
    if (phone === undefined || others.length > 0) throw new BadInput(usage);
    return { phone, account: values.account, isDryRun: values['dry-run'] === true };
  } catch {
    throw new BadInput(usage);
  }
}

async function accountOf(pool: Pool, named: string | undefined): Promise<string> {
  const accounts = createAccounts(pool);
  const known = await accounts.list();
  if (named === undefined && known.length > 1) {
    throw new BadInput(`There are several accounts; name one by --account: ${known.map(({ id }) => id).join(', ')}`);
  }
  return (await knownAccount(accounts, named ?? known[0]?.id ?? '')).id;
}

async function find(pool: Pool, redis: Redis, environment: NodeJS.ProcessEnv, accountId: string, key: string) {
  const pbxs = createPbxs(pool, createSecrets(pool, readKeyRing(environment.RINGFLOW_SECRET_KEYS)));
  const lists = (await createSettingsStore(pool).latest(accountId))?.settings.numberLists ?? [];
  return createPersonalData(pool, redis, accountId, await pbxIdsOf(pool, pbxs, accountId), key).find(lists);
}

function foundInWords({ recordings, numberLists, ...found }: FoundOfPerson): string {
  return [
    `Found: ${found.calls} calls, ${found.mentions} mentions in calls of others, ${found.lateRows} late rows, ${found.effects} rows of the ledger${found.isKnownClient ? ', a known client' : ''}.`,
    ...recordings.map(({ pbxId, file }) => `Ringflow deletes no file of the PBX ${pbxId}: ${file}`),
    ...numberLists.map((list) => `Stands in the number list "${list}": take it out there; older settings keep it.`),
    '',
  ].join('\n');
}

function forgottenInWords({ running, unsettled, ...gone }: Forgotten): string {
  return [
    `Deleted: ${gone.calls} calls, ${gone.mentions} mentions, ${gone.lateRows} late rows, ${gone.effects} rows of the ledger, ${gone.marks} marks in Redis, ${gone.histories} histories in Temporal.`,
    ...running.map((workflowId) => `Goes on, ask once more when it has closed: ${workflowId}`),
    ...unsettled.map(
      (effect) =>
        `Stays with the number until it is known whether amoCRM has made it, else it could be made twice; ask once more in some minutes: ${effect}`,
    ),
    'Not reached: cards in amoCRM, rows and files of the PBX, logs and backups that were made before.',
    '',
  ].join('\n');
}
