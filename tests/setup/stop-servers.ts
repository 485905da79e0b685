import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Daemons } from '../../bin/stack/daemons.ts';
import { stateFolder } from '../../bin/stack/folders.ts';
import { partsAndServices } from '../../bin/stack/parts.ts';
import { removePostgres } from '../../bin/stack/services/postgres.ts';

/** Each run has its own servers, so that runs side by side don't meet. */
export const testInstallation = `tests-${process.pid}`;

/** Stops this run's servers, and those of runs that were cut off. */
export default async function removeTestServers(): Promise<void> {
  const all = stateFolder('.');
  const installations = existsSync(all) ? readdirSync(all) : [];
  for (const name of installations) {
    const pid = Number(/^tests-(\d+)$/.exec(name)?.[1]);
    if (pid > 0 && (pid === process.pid || !existsSync(join('/proc', String(pid))))) await remove(name);
  }
}

async function remove(installation: string): Promise<void> {
  const daemons = new Daemons(stateFolder(installation));
  for (const name of new Set([...partsAndServices, ...daemons.running()])) await daemons.stop(name);
  removePostgres(stateFolder(installation));
  rmSync(stateFolder(installation), { recursive: true, force: true });
}
