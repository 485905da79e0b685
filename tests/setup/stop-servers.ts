import { rmSync } from 'node:fs';
import { Daemons } from '../../bin/stack/daemons.ts';
import { stateFolder } from '../../bin/stack/folders.ts';
import { partsAndServices } from '../../bin/stack/parts.ts';

export const testInstallation = 'tests';

export default async function removeTestServers(): Promise<void> {
  const daemons = new Daemons(stateFolder(testInstallation));
  for (const name of partsAndServices) await daemons.stop(name);
  rmSync(stateFolder(testInstallation), { recursive: true, force: true });
}
