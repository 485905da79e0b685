import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Daemons } from '../../bin/stack/daemons.ts';
import { freePort } from '../../bin/stack/free-port.ts';
import { startAsterisk as start } from '../../bin/stack/services/asterisk.ts';
import { servers } from './servers.ts';

/** A real Asterisk with AMI on this machine. */
export interface TestAsterisk {
  amiPort: number;
  /** Where it keeps all that is its own. */
  folder: string;
  /** What it has written so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface TestAsteriskOptions {
  /** Folders of templates, and what stands in them. */
  templates?: string[];
  values?: object;
  /** Where another Asterisk than the usual one is unpacked. */
  unpacked?: string;
}

/**
 * @param more configuration, by the file's name; what is said of a file that is there already is added to it
 * @returns once it answers; without templates it has no phones
 */
export async function startAsterisk(
  more: Record<string, string> = {},
  { templates = [], values = {}, unpacked = servers.asterisk }: TestAsteriskOptions = {},
): Promise<TestAsterisk> {
  const folder = mkdtempSync(join(servers.stateFolder, 'asterisk-'));
  const amiPort = await freePort();
  const daemons = new Daemons(servers.stateFolder); // also ends it after a test that failed or was cut off
  const name = `asterisk-${amiPort}`;
  await start({ daemons, name, unpacked, folder, amiPort, templates, values, more });
  return {
    ...{ amiPort, folder },
    log: () => readFileSync(daemons.logOf(name), 'utf8'),
    async stop() {
      await daemons.stop(name);
      rmSync(folder, { recursive: true });
    },
  };
}
