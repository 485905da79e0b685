import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, root } from '../folders.ts';
import { findProgram, installPackages, run } from '../programs.ts';
import { SetUpError, step } from '../progress.ts';

const cached = join(cacheFolder, 'asterisk');

/** A real Asterisk for tests, in a folder of its own: Debian's packages unpacked, nothing of the system is touched. */
export async function ensureAsterisk(): Promise<string> {
  if (existsSync(cached)) return cached;
  if (!findProgram('apt-get') || !findProgram('dpkg-deb')) {
    throw new SetUpError(`Asterisk is unpacked from Debian's packages, and here is no apt-get: put it into ${cached}.`);
  }
  if (!existsSync('/usr/share/keyrings/debian-archive-keyring.gpg')) await installPackages('debian-archive-keyring');
  await step('fetching Asterisk (85 MB, once on this machine)', () =>
    run(join(root, 'sandbox/asterisk/fetch.sh'), [cached]),
  );
  return cached;
}

export interface AsteriskProgram {
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
export function asteriskProgram(folder: string): AsteriskProgram {
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
