import { userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Pool } from 'mysql2/promise';
import { createAccounts } from '../../activities/store/accounts.ts';
import { type Backfill, type Backfills, createBackfills } from '../../activities/store/backfills.ts';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createIdentity } from '../../activities/store/licence/identity.ts';
import { createLicence } from '../../activities/store/licence/licence.ts';
import { createLicenceRecords } from '../../activities/store/licence/record.ts';
import { createPbxs } from '../../activities/store/pbxs.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { backfillErrors } from '../../api/backfill/words.ts';
import { type BackfillCommand, isOpen } from '../../proto/backfill.ts';
import { whyNotLicensed } from '../../proto/licence/why-not.ts';
import { createBackfillActors } from '../../runtime/backfill-actors.ts';
import { beginBackfill } from '../../runtime/begin-backfill.ts';
import { readArguments } from './arguments.ts';
import { readChoice } from './backfill-choice.ts';
import { backfillInWords, chosenInWords, moment, progressInWords } from './backfill-in-words.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment } from './environment.ts';
import { knownAccount } from './known-account.ts';
import { knownPbx } from './known-pbx.ts';
import { withRedis } from './redis.ts';
import { withStore } from './store.ts';
import { withTemporal } from './temporal.ts';

const usage =
  'ringflow backfill: there is only start PBX with --from T --to T or --call LINKEDID, list [--account ID], show ID [--follow], pause ID, resume ID and cancel ID.';

const mostListed = 50;
const lookEveryMs = 1_000;

type Options = { names?: readonly string[]; flags?: readonly string[]; lists?: readonly string[] };
const optionsOf: Record<string, Options> = {
  start: { names: ['from', 'to'], flags: ['everything', 'leave-others'], lists: ['call'] },
  list: { names: ['account'] },
  show: { flags: ['follow'] },
  ...{ pause: {}, resume: {}, cancel: {} },
};

/**
 * `ringflow backfill start|list|show|pause|resume|cancel`.
 *
 * @throws BadInput that says what to do
 */
export async function manageBackfills(action: string, args: string[]): Promise<void> {
  const options = Object.hasOwn(optionsOf, action) ? optionsOf[action] : undefined;
  if (!options) throw new BadInput(usage);
  const asked = readArguments(args, options.names ?? [], options);
  const [subject, ...others] = asked.positionals;
  const mayHaveMore = asked.lists.call !== undefined && asked.lists.call.length > 0; // --call A B
  if ((action === 'list') !== (subject === undefined) || (others.length > 0 && !mayHaveMore)) throw new BadInput(usage);
  const environment = findEnvironment();
  const { MYSQL_URL } = environment;
  if (!MYSQL_URL) throw new BadInput('No database is known: start Ringflow with bin/up, or set MYSQL_URL.');
  await withStore(MYSQL_URL, (pool) =>
    withTemporal(environment, 'What was begun before goes on by itself.', async (client) => {
      const tools = toolsOf(environment, pool, client);
      if (action === 'start') await start(String(subject), asked, environment, tools);
      else if (action === 'list') await list(asked.values.account, tools);
      else if (action === 'show') await show(await found(subject, tools.backfills), asked.flags.has('follow'), tools);
      else await command(await found(subject, tools.backfills), action as BackfillCommand, tools);
    }),
  );
}

type Asked = ReturnType<typeof readArguments>;
type Tools = ReturnType<typeof toolsOf>;

function toolsOf({ RINGFLOW_SECRET_KEYS }: NodeJS.ProcessEnv, pool: Pool, client: Client) {
  const secrets = createSecrets(pool, readKeyRing(RINGFLOW_SECRET_KEYS));
  const backfills = createBackfills(pool);
  return {
    ...{ pool, secrets, backfills, backfillActors: createBackfillActors(client, backfills) },
    ...{ pbxs: createPbxs(pool, secrets), accounts: createAccounts(pool), settingsStore: createSettingsStore(pool) },
  };
}

async function start(
  pbxId: string,
  { positionals, values, flags, lists }: Asked,
  environment: NodeJS.ProcessEnv,
  tools: Tools,
): Promise<void> {
  const { id, accountId, timezone } = await knownPbx(tools.pbxs, pbxId);
  const linkedids = [...(lists.call ?? []), ...positionals.slice(1)];
  const choice = readChoice({ from: values.from, to: values.to, linkedids }, timezone);
  const scope = flags.has('everything') ? 'everything' : 'records';
  const mode = { scope, leaveOthers: flags.has('leave-others') } as const;
  await demandLicensed(environment, tools);
  const begun = await beginBackfill({ pbxId: id, choice, mode }, accountId, `${userInfo().username} (shell)`, tools);
  if ('refusal' in begun) {
    const { title, text } = backfillErrors[begun.refusal].en;
    throw new BadInput(`${title}. ${text}`);
  }
  process.stdout.write(`${begun.id}\n`);
  process.stderr.write(`It goes on by itself. How far it is: bin/ringflow backfill show ${begun.id} --follow\n`);
}

/** @throws BadInput that says how to get it */
async function demandLicensed(environment: NodeJS.ProcessEnv, { pool, secrets }: Tools): Promise<void> {
  const identity = createIdentity(secrets);
  const rootKey = environment.LICENSING_ROOT_KEY || undefined;
  const { standing } = await withRedis(environment, (redis) =>
    createLicence(createLicenceRecords(pool, redis, identity), identity, rootKey).now(),
  );
  const { features, state, reason } = standing;
  const why = whyNotLicensed('backfill', { features, reason: state === 'restricted' ? reason : null })?.('en');
  if (why) throw new BadInput(`${why.title}. ${why.whatToDo}`);
}

/** Newest first. */
async function list(account: string | undefined, { backfills, backfillActors, accounts, pbxs }: Tools): Promise<void> {
  const meant = account === undefined ? await accounts.list() : [await knownAccount(accounts, account)];
  for (const { id } of meant) {
    for (const one of await backfills.list(id, mostListed)) {
      const now = await backfillActors.glimpsed(one);
      const progress = progressInWords(now, await backfills.counts(now.id));
      const zone = await zoneOf(now, pbxs);
      const columns = [now.id, now.pbxId, chosenInWords(now, zone), progress, now.askedBy, moment(now.askedAtMs)];
      process.stdout.write(`${columns.join('\t')}\n`);
    }
  }
}

async function show(backfill: Backfill, follows: boolean, { backfills, backfillActors, pbxs }: Tools): Promise<void> {
  let now = await backfillActors.faced(backfill);
  let told = '';
  if (follows && isOpen(now.state)) process.stderr.write('Ctrl-C ends this, and not the backfill.\n');
  while (follows && isOpen(now.state)) {
    const line = [progressInWords(now, await backfills.counts(now.id)), now.reason].join(' ').trim();
    if (line !== told) process.stderr.write(`${line}\n`);
    told = line;
    await sleep(lookEveryMs);
    now = await backfillActors.faced(await found(String(now.id), backfills));
  }
  const result = { counts: await backfills.counts(now.id), notFound: await backfills.notFound(now) };
  process.stdout.write(backfillInWords(now, result, await zoneOf(now, pbxs)));
  if (follows && now.state !== 'done') process.exitCode = 1;
}

const said: Record<BackfillCommand, string> = {
  pause: 'What is in hand comes to its end; nothing more is begun until bin/ringflow backfill resume',
  resume: 'It goes on. How far it is: bin/ringflow backfill show',
  cancel: 'What is in hand comes to its end, and what was brought stays. What became of it: bin/ringflow backfill show',
};

async function command(backfill: Backfill, word: BackfillCommand, { backfillActors }: Tools): Promise<void> {
  const state = isOpen(backfill.state) ? await backfillActors.command(backfill, word) : backfill.state;
  if (state === 'asked') {
    process.stderr.write('It is asked for, and takes effect when the process worker runs: bin/up starts it.\n');
    process.exitCode = 1;
    return;
  }
  const wanted = { pause: 'paused', resume: 'running', cancel: 'cancelled' }[word];
  if (state !== wanted) throw new BadInput(`The backfill ${backfill.id} is over already: it is ${state}.`);
  process.stderr.write(`${said[word]} ${backfill.id}\n`);
}

/** @throws BadInput if there is none of this id */
async function found(id: string | undefined, backfills: Backfills): Promise<Backfill> {
  const backfill = /^\d{1,15}$/.test(id ?? '') ? await backfills.find(Number(id)) : undefined;
  if (backfill) return backfill;
  throw new BadInput(`There is no backfill ${id}: see bin/ringflow backfill list.`);
}

/** Of a PBX that was removed since nobody knows. */
const zoneOf = async ({ pbxId }: Backfill, pbxs: Tools['pbxs']) => (await pbxs.find(pbxId))?.timezone ?? 'UTC';
