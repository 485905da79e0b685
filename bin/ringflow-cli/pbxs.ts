import { createAccounts } from '../../activities/store/accounts.ts';
import { readKeyRing, SecretKeyError } from '../../activities/store/key-ring.ts';
import { createPbxs, ForeignPbx, type Pbx, type Pbxs } from '../../activities/store/pbxs.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { databasePlaceOf, databaseUrlHint, placeInWords } from '../../proto/pbx-database-url.ts';
import { isTimeZone } from '../../proto/pbx-time.ts';
import { forms } from '../../runtime/configuration/environment.ts';
import { readArguments, readSecret } from './arguments.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment } from './environment.ts';
import { knownAccount } from './known-account.ts';
import { knownPbx } from './known-pbx.ts';
import { withStore } from './store.ts';

const noAddress = 'its address is none that can be used: change it on the page PBXs, or remove it and add it again';
const addOptions = ['account', 'timezone', 'cel-table', 'cdr-table'] as const;

/**
 * `ringflow pbx list|add|remove`.
 *
 * @throws BadInput that says what to do
 */
export async function managePbxs(action: string, args: string[]): Promise<void> {
  const { positionals, values } = readArguments(args, action === 'add' ? addOptions : []);
  const [id, ...others] = positionals;
  if (positionals.some((one) => one.includes('://'))) {
    throw new BadInput(
      'The address of the database must not stand among the arguments, where others see it: give it on standard input or in the variable PBX_DATABASE_URL.',
    );
  }
  const fits = others.length === 0 && (action === 'list') === (id === undefined);
  if (!fits || !['list', 'add', 'remove'].includes(action)) {
    throw new BadInput(
      'ringflow pbx: there is only list, add ID --account ACCOUNT --timezone ZONE [--cel-table T] [--cdr-table T], and remove ID.',
    );
  }
  const wanted = action === 'add' ? readPbx(String(id), values) : undefined;
  const environment = findEnvironment();
  if (!environment.MYSQL_URL) throw new BadInput('No database is known: start Ringflow with bin/up, or set MYSQL_URL.');
  await withStore(environment.MYSQL_URL, async (pool) => {
    const pbxs = createPbxs(pool, createSecrets(pool, readKeyRing(environment.RINGFLOW_SECRET_KEYS)));
    if (wanted) {
      await knownAccount(createAccounts(pool), wanted.pbx.accountId);
      await add(wanted, pbxs, environment);
    } else if (id === undefined) await list(pbxs, environment);
    else await remove(id, pbxs, environment);
  });
}

interface Wanted {
  pbx: Pbx;
  databaseUrl: string;
}

/** @throws BadInput that names all faults, and no password */
function readPbx(id: string, values: Record<string, string | undefined>): Wanted {
  const { account, timezone, 'cel-table': celTable = 'cel', 'cdr-table': cdrTable = 'cdr' } = values;
  const missing = { '--account': account, '--timezone': timezone };
  const faults = [
    ...Object.entries(missing).flatMap(([name, value]) => (value ? [] : [`${name} is missing`])),
    ...faultOf('The id of the PBX', id, forms.pbxId),
    ...(timezone && !isTimeZone(timezone) ? ['--timezone is no known zone: e.g. Europe/Moscow'] : []),
    ...faultOf('--cel-table', celTable, forms.tableName),
    ...faultOf('--cdr-table', cdrTable, forms.tableName),
  ];
  if (faults.length > 0) throw new BadInput(faults.join('\n'));
  const databaseUrl = readSecret('PBX_DATABASE_URL', "The address of the PBX's database");
  if (!databasePlaceOf(databaseUrl)) {
    throw new BadInput(`The address of the PBX's database has a wrong form: expected ${databaseUrlHint}.`);
  }
  return { pbx: { id, accountId: String(account), celTable, cdrTable, timezone: String(timezone) }, databaseUrl };
}

function faultOf(name: string, value: string, { pattern, hint }: { pattern: string; hint: string }): string[] {
  return new RegExp(pattern).test(value) ? [] : [`${name} has a wrong form: expected ${hint}`];
}

async function add({ pbx, databaseUrl }: Wanted, pbxs: Pbxs, environment: NodeJS.ProcessEnv): Promise<void> {
  if (pbx.id === environment.PBX_ID) {
    throw new BadInput(`${pbx.id} is the PBX of the environment (PBX_ID): give this one another id.`);
  }
  const twin = await pbxs.twinOf(pbx, databaseUrl);
  if (twin) {
    throw new BadInput(
      `This table is read already, as the PBX ${twin}: each of its calls would be registered twice. If that is not the database you mean, give its address on standard input.`,
    );
  }
  const isAdded = await pbxs.add(pbx, databaseUrl).catch((error: Error) => {
    throw error instanceof ForeignPbx ? new BadInput(error.message) : error;
  });
  if (!isAdded) {
    throw new BadInput(
      `There is a PBX ${pbx.id} already. To change it remove it first (bin/ringflow pbx remove ${pbx.id}): reading goes on where it stopped.`,
    );
  }
  process.stderr.write(`${pbx.id}: its calls are told in ${pbx.accountId}; it is read within a minute.\n`);
  if ((await pbxs.list()).length > 1) {
    process.stderr.write('A licence without several PBXs leaves its calls in the journal: see bin/ringflow licence.\n');
  }
}

async function list(pbxs: Pbxs, environment: NodeJS.ProcessEnv): Promise<void> {
  const known = await pbxs.list();
  for (const { id, accountId, timezone, celTable, cdrTable } of known) {
    const place = await pbxs.databaseUrl(id).then(placeInWords, (error) => {
      if (error instanceof SecretKeyError) return error.message;
      throw error;
    });
    process.stdout.write(`${[id, accountId, timezone, celTable, cdrTable, place ?? noAddress].join('\t')}\n`);
  }
  const { PBX_ID = 'main', PBX_DATABASE_URL } = environment;
  if (PBX_DATABASE_URL && !known.some(({ id }) => id === PBX_ID)) {
    process.stderr.write(`The PBX ${PBX_ID} is used straight from the environment, or not started yet.\n`);
  }
}

async function remove(id: string, pbxs: Pbxs, environment: NodeJS.ProcessEnv): Promise<void> {
  if (environment.PBX_DATABASE_URL && id === (environment.PBX_ID ?? 'main')) {
    throw new BadInput(
      `${id} is the PBX of the environment: it would be back at the next start. Change PBX_ID and PBX_DATABASE_URL and restart first.`,
    );
  }
  await knownPbx(pbxs, id);
  await pbxs.remove(id);
  process.stderr.write(`${id} is let go within a minute. Its calls in progress wait until it is added again.\n`);
}
