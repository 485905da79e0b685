import { execFile } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { servicesFolder } from './folders.ts';
import { SetUpError, step } from './progress.ts';

const execute = promisify(execFile);

/** Daemons often lie where only root's PATH leads. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** Where a program is: in the project's own services folder, on PATH or in the system's folders. */
export function findProgram(name: string): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const folders = [servicesFolder, ...onPath, ...systemFolders];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs a program to its end. @throws SetUpError with the end of what it said */
export async function run(program: string, args: string[], environment: Record<string, string> = {}): Promise<string> {
  try {
    const options = { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 };
    return (await execute(program, args, options)).stdout;
  } catch (error) {
    const { stderr = '', stdout = '', message } = error as { stderr?: string; stdout?: string; message: string };
    const said = (stderr.trim() || stdout.trim() || message).split('\n').slice(-8).join('\n');
    throw new SetUpError(`${program} ${args.join(' ')} failed:\n${said}`);
  }
}

/** One installation of packages at a time: the distribution's tool locks itself. */
let installing: Promise<unknown> = Promise.resolve();

/** Installs packages of the distribution. @throws SetUpError saying what to install by hand */
export function installPackages(...packages: string[]): Promise<void> {
  const next = installing.then(() => install(packages));
  installing = next.catch(() => undefined);
  return next;
}

async function install(packages: string[]): Promise<void> {
  const names = packages.join(' ');
  const byHand = `install ${names} with your system's package manager, then run this again`;
  const apt = findProgram('apt-get');
  if (!apt) throw new SetUpError(`This system has no apt-get: ${byHand}.`);
  if (process.getuid?.() !== 0) throw new SetUpError(`Installing packages needs root: sudo apt-get install ${names}`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  await step(`installing ${names} from the distribution`, async () => {
    // a package may try to start its service: ours are started by us, with their own data
    const arguments_ = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', 'install', ...packages];
    await run(apt, ['-q', 'update'], quiet);
    await run(apt, arguments_, { ...quiet, RUNLEVEL: '1' });
  });
}

/** A folder that only this user may read. */
export function privateFolder(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}
