import { chownSync, existsSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Daemons } from '../daemons.ts';
import { findProgram, installPackages, isExecutable, run } from '../programs.ts';
import { SetUpError } from '../progress.ts';

export async function ensurePostgres(): Promise<void> {
  if (!findPostgres('postgres')) await installPackages('postgresql');
}

/** Debian keeps them off PATH, a folder for each release. */
function findPostgres(name: 'postgres' | 'initdb'): string | undefined {
  return findProgram(name) ?? globSync(`/usr/lib/postgresql/*/bin/${name}`).sort().findLast(isExecutable);
}

export interface PostgresOptions {
  daemons: Daemons;
  stateFolder: string;
  port: number;
  user: string;
  password: string;
}

/** Starts a PostgreSQL of the project's own; its first user may do everything. */
export async function startPostgres({ daemons, stateFolder, port, user, password }: PostgresOptions): Promise<void> {
  const folder = folderOf(stateFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const data = join(folder, 'data');
  const asOther = await withoutRoot(folder);
  if (!existsSync(data)) await makeCluster(asOther, { folder, data, user, password });
  const [program = '', ...args] = [
    ...asOther,
    findPostgres('postgres') ?? 'postgres',
    ...['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port)],
  ];
  await daemons.start({
    ...{ name: 'postgres', program, args },
    isUp: async () => {
      await run(findProgram('pg_isready') ?? 'pg_isready', [
        '--host=127.0.0.1',
        `--port=${port}`,
        `--username=${user}`,
      ]);
      return true;
    },
    timeoutMs: 60_000,
  });
}

/** Removes its data; it must have been stopped. */
export function removePostgres(stateFolder: string): void {
  rmSync(folderOf(stateFolder), { recursive: true, force: true });
}

/** Not in the state's folder, which only its owner may enter: where that is root PostgreSQL runs as another. */
const folderOf = (stateFolder: string): string => join(tmpdir(), `ringflow-${basename(stateFolder)}-postgres`);

interface Cluster {
  folder: string;
  data: string;
  user: string;
  password: string;
}

async function makeCluster(asOther: string[], { folder, data, user, password }: Cluster): Promise<void> {
  const file = join(folder, 'password'); // it would show in a command line
  writeFileSync(file, password, { mode: 0o644 }); // nobody else may enter the folder
  const [program = '', ...args] = [
    ...asOther,
    findPostgres('initdb') ?? 'initdb',
    ...['-D', data, `--username=${user}`, `--pwfile=${file}`, '--auth=scram-sha-256', '--encoding=UTF8', '--no-locale'],
  ];
  await run(program, args);
}

/** PostgreSQL does not run as root: then it gets the folder, and a user of its own. @returns what stands before its command */
async function withoutRoot(folder: string): Promise<string[]> {
  if (process.getuid?.() !== 0) return [];
  const [uid, gid] = (await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])).map(Number);
  const setpriv = findProgram('setpriv');
  if (!setpriv || !uid || !gid) throw new SetUpError('PostgreSQL does not run as root: run this as another user.');
  chownSync(folder, uid, gid);
  return [setpriv, `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'];
}
