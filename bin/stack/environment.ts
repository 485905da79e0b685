import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (stateFolder: string): string => join(stateFolder, 'environment.json');

/** Keeps by which variables the parts of an installation find its stores; readable by its owner alone. */
export function keepEnvironment(stateFolder: string, environment: Record<string, string>): void {
  writeFileSync(fileOf(stateFolder), JSON.stringify(environment, null, 2), { mode: 0o600 });
}

/** What was kept, or nothing. */
export function keptEnvironment(stateFolder: string): Record<string, string> {
  const file = fileOf(stateFolder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}
