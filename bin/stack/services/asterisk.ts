import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigurationOptions, etc, writeConfiguration } from '../../../sandbox/asterisk/configuration.ts';
import { writeSounds } from '../../../sandbox/asterisk/sounds.ts';
import type { Daemons } from '../daemons.ts';
import { cacheFolder, root } from '../folders.ts';
import { findProgram, installPackages, run } from '../programs.ts';
import { ifToBeHad, SetUpError, step } from '../progress.ts';

/** Where Debian has them: bookworm and trixie have none. */
const releases = {
  newest: { folder: 'asterisk', suites: ['sid', 'bullseye'] },
  16: { folder: 'asterisk-16', suites: ['bullseye'] },
};

/**
 * A real Asterisk in a folder of its own: Debian's packages unpacked, nothing of the system is touched.
 *
 * @returns the folder
 */
export async function ensureAsterisk(release: keyof typeof releases = 'newest'): Promise<string> {
  const { folder, suites } = releases[release];
  const cached = join(cacheFolder, folder);
  if (existsSync(cached)) return cached;
  if (!findProgram('apt-get') || !findProgram('dpkg-deb')) {
    throw new SetUpError(`Asterisk is unpacked from Debian's packages, and here is no apt-get: put it into ${cached}.`);
  }
  if (!existsSync('/usr/share/keyrings/debian-archive-keyring.gpg')) await installPackages('debian-archive-keyring');
  await step(`fetching Asterisk, ${release} (85 MB, once on this machine)`, () =>
    run(join(root, 'sandbox/asterisk/fetch.sh'), [cached, ...suites]),
  );
  return cached;
}

/** The old one for tests, if it can be had: undefined is told. */
export const ensureOldAsterisk = (): Promise<string | undefined> =>
  ifToBeHad("Asterisk 16 is not tested, it can't be had here", () => ensureAsterisk(16));

export interface AsteriskOptions extends ConfigurationOptions {
  daemons: Daemons;
  /** Of the daemon. */
  name: string;
  /** Of ensureAsterisk. */
  unpacked: string;
  /** Where it keeps all that is its own. */
  folder: string;
  amiPort: number;
}

const startTimeoutMs = 30_000;

/** Starts an Asterisk with a configuration of its own. @throws SetUpError with what it complains of */
export async function startAsterisk(options: AsteriskOptions): Promise<void> {
  const { daemons, name, unpacked, folder, amiPort, templates, values, more = {} } = options;
  const { program, args, modules, data, driver } = asteriskProgram(unpacked);
  const own = join(folder, 'data');
  writeSounds(own);
  if (!existsSync(join(own, 'documentation'))) symlinkSync(join(data, 'documentation'), join(own, 'documentation'));
  mkdirSync(join(folder, 'recordings'), { recursive: true });
  const folders = { etc: join(folder, 'etc'), state: folder, data: own, modules, driver };
  const places = { ...folders, recordings: join(folder, 'recordings'), music: join(own, 'music'), amiPort };
  writeConfiguration(folders.etc, { templates: [etc, ...templates], values: { ...values, ...places }, more });
  const log = () => readFileSync(daemons.logOf(name), 'utf8');
  const isReady = await daemons.start({
    ...{ name, program, args: [...args, '-C', join(folders.etc, 'asterisk.conf')] },
    environment: { ODBCINI: join(folders.etc, 'odbc.ini'), ODBCSYSINI: folders.etc },
    isUp: async () => log().includes('Asterisk Ready'),
    timeoutMs: startTimeoutMs,
  });
  if (!isReady) throw new SetUpError(`Asterisk is not ready:\n${log()}`);
}

interface AsteriskProgram {
  program: string;
  args: string[];
  /** Where its modules lie. */
  modules: string;
  /** Where what it reads of itself lies. */
  data: string;
  /** Of MariaDB for ODBC. */
  driver: string;
}

/** How it is run with its own libraries, whichever the system has. @param folder of ensureAsterisk */
function asteriskProgram(folder: string): AsteriskProgram {
  const libraries = ['usr/lib', 'lib'].flatMap((one) => librariesIn(join(folder, one)));
  const isLoader = (name: string) => /^ld-linux.*\.so\.\d+$/.test(name);
  const [loader] = libraries.flatMap((one) =>
    readdirSync(one)
      .filter(isLoader)
      .map((name) => join(one, name)),
  );
  const modules = libraries.map((one) => join(one, 'asterisk/modules')).find(existsSync);
  const driver = libraries.map((one) => join(one, 'odbc/libmaodbc.so')).find(existsSync);
  if (!loader || !modules || !driver)
    throw new SetUpError(`There is no whole Asterisk in ${folder}: remove it, then run this again.`);
  return {
    program: loader,
    args: ['--library-path', libraries.join(':'), join(folder, 'usr/sbin/asterisk'), '-f'],
    modules,
    data: join(folder, 'usr/share/asterisk'),
    driver,
  };
}

/** A folder of libraries and that of the machine's kind in it. */
function librariesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const ofMachine = readdirSync(folder).filter((name) => name.endsWith('-linux-gnu'));
  return [...ofMachine.map((name) => join(folder, name)), folder];
}
