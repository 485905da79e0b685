import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { servers } from './servers.ts';

/** As docker-compose.yml hands secrets in. @returns its path */
export function secretFile(name: string, value: string): string {
  const folder = join(servers.stateFolder, 'secrets');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${value}\n`);
  return join(folder, name);
}
