import { readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { createAccounts } from '../../activities/store/accounts.ts';
import { createSettingsStore, type SettingsStore } from '../../activities/store/settings.ts';
import { type AccountSettings, faultsOfSettings } from '../../proto/account-settings.ts';
import { defaultRules } from '../../proto/default-rules.ts';
import { readArguments } from './arguments.ts';
import { findEnvironment } from './environment.ts';
import { BadInput } from './interpret-file.ts';
import { knownAccount } from './known-account.ts';
import { withStore } from './store.ts';

/** What holds as long as nobody has set anything. */
const untouched: AccountSettings = {
  language: 'ru',
  employees: null,
  pbxs: {},
  rules: [...defaultRules],
  calendars: [],
  numberLists: [],
};

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
  const { MYSQL_URL, AMOCRM_BASE_URL } = findEnvironment();
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
    const store = createSettingsStore(pool);
    return direction === 'export' ? exportTo(file, store, accountId) : importFrom(file, store, accountId);
  });
}

async function exportTo(file: string, store: SettingsStore, accountId: string): Promise<void> {
  const latest = await store.latest(accountId);
  const text = `${JSON.stringify(latest?.settings ?? untouched, null, 2)}\n`;
  if (file === '-') process.stdout.write(text);
  else {
    writeFileSync(file, text);
    process.stderr.write(`${accountId}: ${latest ? `version ${latest.version}` : 'the default settings'} → ${file}\n`);
  }
}

async function importFrom(file: string, store: SettingsStore, accountId: string): Promise<void> {
  const settings = readSettingsFile(file);
  const faults = faultsOfSettings(settings);
  if (faults.length > 0) throw new BadInput(`${file} was not imported:\n${faults.map((one) => `  ${one}`).join('\n')}`);
  const version = await store.save(accountId, settings as AccountSettings, `${userInfo().username} (file)`);
  process.stderr.write(
    `${accountId}: version ${version} holds from the next call on; calls in progress keep theirs.\n`,
  );
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
