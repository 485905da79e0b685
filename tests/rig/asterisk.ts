import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const folder = mkdtempSync(join(tmpdir(), 'ringflow-asterisk-'));
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
  const asterisk = spawn(program, [...args, '-C', join(etc, 'asterisk.conf')], {
    env: { ODBCINI: join(etc, 'odbc.ini'), ODBCSYSINI: etc },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => asterisk.kill('SIGKILL'));
  let log = '';
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [asterisk.stdout, asterisk.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        if (log.includes('Asterisk Ready')) resolve();
      });
    }
    asterisk.once('exit', () => reject(new Error(`Asterisk ended:\n${log}`)));
  });
  await ready;
  return {
    amiPort,
    log: () => log,
    async stop() {
      if (asterisk.exitCode === null) {
        asterisk.kill('SIGKILL'); // it keeps nothing
        await once(asterisk, 'exit');
      }
      rmSync(folder, { recursive: true });
    },
  };
}
