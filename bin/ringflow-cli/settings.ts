import { readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Pool } from 'mysql2/promise';
import { createAccounts } from '../../activities/store/accounts.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { type AccountSettings, faultsOfSettings } from '../../proto/account-settings.ts';
import { sectionsBetween } from '../../proto/settings-change.ts';
import { untouchedSettings } from '../../proto/untouched-settings.ts';
import { readArguments } from './arguments.ts';
import { BadInput } from './bad-input.ts';
import { findEnvironment } from './environment.ts';
import { knownAccount } from './known-account.ts';
import { withStore } from './store.ts';

/**
 * `ringflow settings export|import FILE [--account ID]`; if it is not named for the account of the environment, of .env,
 * or of what bin/up has started.
 *
 * @throws BadInput that says what to do
 */
export async function moveSettings(direction: string, args: string[]): Promise<void> {
  const { positionals, values } = readArguments(args, ['account']);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new BadInput(`ringflow settings ${direction}: name one FILE.`);
  if (direction !== 'export' && direction !== 'import') {
    throw new BadInput(`ringflow settings ${direction}: there is only export and import.`);
  }
  const environment = findEnvironment();
  const { MYSQL_URL, AMOCRM_BASE_URL } = environment;
  if (!MYSQL_URL) throw new BadInput('No database is known: start Ringflow with bin/up, or set MYSQL_URL.');
  const { account } = values;
  if (account === undefined && !AMOCRM_BASE_URL) {
    throw new BadInput(
      'No account is known: name it by --account, start Ringflow with bin/up, or set AMOCRM_BASE_URL.',
    );
  }
  await withStore(MYSQL_URL, async (pool) => {
    const accounts = createAccounts(pool);
    const accountId =
      account === undefined ? await accounts.idAt(String(AMOCRM_BASE_URL)) : (await knownAccount(accounts, account)).id;
    const latest = await createSettingsStore(pool).latest(accountId);
    const present = {
      accountId,
      version: latest?.version ?? 0,
      settings: latest?.settings ?? untouchedSettings(languageOf(environment)),
    };
    if (direction === 'export') exportTo(file, present);
    else await importFrom(file, present, pool, environment);
  });
}

/** Of texts, as long as nothing is set. */
const languageOf = ({ RINGFLOW_LANGUAGE }: NodeJS.ProcessEnv) => (RINGFLOW_LANGUAGE === 'en' ? 'en' : 'ru');

interface PresentSettings {
  accountId: string;
  /** 0: nothing was ever set. */
  version: number;
  settings: AccountSettings;
}

function exportTo(file: string, { accountId, version, settings }: PresentSettings): void {
  const text = `${JSON.stringify(settings, null, 2)}\n`;
  if (file === '-') process.stdout.write(text);
  else {
    writeFileSync(file, text);
    process.stderr.write(`${accountId}: ${version ? `version ${version}` : 'the default settings'} → ${file}\n`);
  }
}

async function importFrom(
  file: string,
  { accountId, version, settings }: PresentSettings,
  pool: Pool,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const wanted = readSettingsFile(file);
  const faults = faultsOfSettings(wanted);
  if (faults.length > 0) throw notImported(file, faults);
  const { changeSettings } = await import('./change-settings.ts'); // Temporal's client takes long to load
  const sections = sectionsBetween(settings, wanted as AccountSettings);
  const author = `${userInfo().username} (file)`;
  const outcome = await changeSettings({ accountId, basedOn: version, sections, author }, pool, environment);
  if (outcome.outcome === 'faulty') throw notImported(file, outcome.faults);
  if (outcome.outcome === 'conflict') {
    throw new BadInput(`${file} was not imported: ${outcome.author} has just changed the settings. Export them again.`);
  }
  process.stderr.write(
    `${accountId}: version ${outcome.version} holds from the next call on; calls in progress keep theirs.\n`,
  );
}

function notImported(file: string, faults: readonly string[]): BadInput {
  return new BadInput(`${file} was not imported:\n${faults.map((one) => `  ${one}`).join('\n')}`);
}

function readSettingsFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    const isJson = error instanceof SyntaxError;
    throw new BadInput(
      isJson ? `${file} is no JSON: ${error.message}` : `${file} can't be read: ${(error as Error).message}`,
    );
  }
}
