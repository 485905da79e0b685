import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Daemons } from '../../bin/stack/daemons.ts';
import { asteriskProgram } from '../../bin/stack/services/asterisk.ts';
import { freePort } from './free-port.ts';
import { servers } from './servers.ts';

/** A real Asterisk with AMI on this machine and no phones. */
export interface TestAsterisk {
  amiPort: number;
  /** What it has written so far. */
  log(): string;
  stop(): Promise<void>;
}

const templates = join(import.meta.dirname, '../../sandbox/asterisk/etc');

/**
 * @param files more configuration, by name; what is said of a file that is there already is added to it
 * @returns once it answers
 */
export async function startAsterisk(files: Record<string, string> = {}): Promise<TestAsterisk> {
  const folder = mkdtempSync(join(servers.stateFolder, 'asterisk-'));
  const etc = join(folder, 'etc');
  mkdirSync(etc);
  const { program, args, modules, data, driver } = asteriskProgram(servers.asterisk);
  const amiPort = await freePort();
  const values: Record<string, string> = { etc, modules, data, driver, state: folder, port: String(amiPort) };
  for (const name of new Set([...readdirSync(templates), ...Object.keys(files)])) {
    const template = readdirSync(templates).includes(name) ? readFileSync(join(templates, name), 'utf8') : '';
    const text = template.replace(/\$\{(\w+)\}/g, (_, value) => values[value] ?? '');
    writeFileSync(join(etc, name), `${text}\n${files[name] ?? ''}`);
  }
  const daemons = new Daemons(servers.stateFolder); // also ends it after a test that failed or was cut off
  const name = `asterisk-${amiPort}`;
  const log = () => readFileSync(daemons.logOf(name), 'utf8');
  const isReady = await daemons.start({
    ...{ name, program, args: [...args, '-C', join(etc, 'asterisk.conf')] },
    environment: { ODBCINI: join(etc, 'odbc.ini'), ODBCSYSINI: etc },
    isUp: async () => log().includes('Asterisk Ready'),
    timeoutMs: 30_000,
  });
  if (!isReady) throw new Error(`Asterisk is not ready:\n${log()}`);
  return {
    ...{ amiPort, log },
    async stop() {
      await daemons.stop(name);
      rmSync(folder, { recursive: true });
    },
  };
}
