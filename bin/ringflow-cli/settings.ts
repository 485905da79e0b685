import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { openMysql } from '../../activities/store/mysql.ts';
import { createSettingsStore, type SettingsStore } from '../../activities/store/settings.ts';
import { type AccountSettings, faultsOfSettings } from '../../proto/account-settings.ts';
import { defaultRules } from '../../proto/default-rules.ts';
import { Daemons } from '../stack/daemons.ts';
import { keptEnvironment } from '../stack/environment.ts';
import { root, stateFolder } from '../stack/folders.ts';
import { BadInput } from './interpret-file.ts';

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
 * `ringflow settings export|import FILE`, for the account of the environment, of .env, or of what bin/up has started.
 *
 * @throws BadInput that says what to do
 */
export async function moveSettings(direction: string, file: string): Promise<void> {
  if (direction !== 'export' && direction !== 'import') {
    throw new BadInput(`ringflow settings ${direction}: there is only export and import.`);
  }
  const { MYSQL_URL, AMOCRM_BASE_URL } = findEnvironment();
  if (!MYSQL_URL || !AMOCRM_BASE_URL) {
    throw new BadInput('No account is known: start Ringflow with bin/up, or set MYSQL_URL and AMOCRM_BASE_URL.');
  }
  const accountId = new URL(AMOCRM_BASE_URL).host;
  const pool = openMysql(MYSQL_URL);
  try {
    const store = createSettingsStore(pool);
    await (direction === 'export' ? exportTo(file, store, accountId) : importFrom(file, store, accountId));
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const { code = '', message } = error as { code?: string; message: string };
    throw new BadInput(`Ringflow's database can't be used (${code || message}). Does it run? bin/up starts it.`);
  } finally {
    await pool.end();
  }
}

function findEnvironment(): NodeJS.ProcessEnv {
  const running = ['live', 'sandbox'].find((one) => new Daemons(stateFolder(one)).running().length > 0);
  const kept = running === undefined ? {} : keptEnvironment(stateFolder(running));
  const file = join(root, '.env');
  if (running !== 'sandbox' && existsSync(file)) process.loadEnvFile(file);
  return { ...kept, ...process.env };
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
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    const isJson = error instanceof SyntaxError;
    throw new BadInput(
      isJson ? `${file} is no JSON: ${error.message}` : `${file} can't be read: ${(error as Error).message}`,
    );
  }
}
