import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Daemons } from '../stack/daemons.ts';
import { keptEnvironment } from '../stack/environment.ts';
import { root, stateFolder } from '../stack/folders.ts';
import { readAllSecretFiles } from '../stack/secret-files.ts';
import { BadInput } from './bad-input.ts';

/** The variables of the environment, of .env, and of what bin/up has started. */
export function findEnvironment(): NodeJS.ProcessEnv {
  const running = ['live', 'sandbox'].find(isRunning);
  const kept = running === undefined ? {} : keptEnvironment(stateFolder(running));
  const file = join(root, '.env');
  if (running !== 'sandbox' && existsSync(file)) process.loadEnvFile(file);
  return { ...kept, ...withSecretsRead(process.env) };
}

/** Where bin/up has never been nothing is made: it may be that nothing may be written. */
const isRunning = (installation: string): boolean =>
  existsSync(stateFolder(installation)) && new Daemons(stateFolder(installation)).running().length > 0;

/** @throws BadInput if a file that should hold a secret is of no use */
function withSecretsRead(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { environment, faults } = readAllSecretFiles(given);
  if (faults.length > 0) throw new BadInput(faults.map(({ fault }) => fault).join('\n'));
  return environment;
}

/** Where browsers reach the API, without a final slash. */
export function publicUrlOf({ PUBLIC_URL, API_HOST = '127.0.0.1', API_PORT = '8080' }: NodeJS.ProcessEnv): string {
  return (PUBLIC_URL || `http://${API_HOST}:${API_PORT}`).replace(/\/+$/, '');
}
