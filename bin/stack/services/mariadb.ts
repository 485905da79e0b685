import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import type { Daemons } from '../daemons.ts';
import { findProgram, installPackages, privateFolder, run } from '../programs.ts';

export interface MariadbOptions {
  daemons: Daemons;
  stateFolder: string;
  port: number;
  rootPassword: string;
  /** Statements that make databases and users; repeated at each start. */
  setUpSql: string[];
  /** Tests need not survive a power cut. */
  durable: boolean;
}

export async function ensureMariadb(): Promise<void> {
  if (!findProgram('mariadbd')) await installPackages('mariadb-server');
}

/** Starts a MariaDB of the project's own; the root password is set before it listens. */
export async function startMariadb(options: MariadbOptions): Promise<void> {
  const { daemons, stateFolder, port, rootPassword, setUpSql } = options;
  const data = join(privateFolder(join(stateFolder, 'mariadb')), 'data');
  const socket = join(stateFolder, 'mariadb', 'm.sock');
  const user = userInfo().username;
  if (!existsSync(join(data, 'mysql'))) {
    const install = findProgram('mariadb-install-db') ?? 'mariadb-install-db';
    await run(install, [
      '--no-defaults',
      `--datadir=${data}`,
      `--user=${user}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ]);
  }
  const ownTmp = join(stateFolder, 'mariadb', 'tmp');
  mkdirSync(ownTmp, { recursive: true });
  const first = join(stateFolder, 'mariadb', 'first.sql');
  const root = `ALTER USER root@localhost IDENTIFIED BY '${rootPassword}'`;
  writeFileSync(first, `${[root, ...setUpSql].join(';\n')};\n`, { mode: 0o600 });
  await daemons.start({
    name: 'mariadb',
    program: findProgram('mariadbd') ?? 'mariadbd',
    args: [
      '--no-defaults',
      `--user=${user}`,
      `--datadir=${data}`,
      `--tmpdir=${ownTmp}`, // one that starts empties it: servers side by side must not share it
      `--socket=${shortEnough(socket, port)}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--init-file=${first}`,
      '--character-set-server=utf8mb4',
      '--innodb-buffer-pool-size=128M',
      '--max-connections=300',
      `--innodb-flush-log-at-trx-commit=${options.durable ? 1 : 2}`,
    ],
    isUp: async () => {
      const connection = await mysql.createConnection({
        host: '127.0.0.1',
        port,
        user: 'root',
        password: rootPassword,
      });
      await connection.end();
      return true;
    },
    timeoutMs: 60_000,
  });
}

/** The system allows a socket's path about a hundred characters. */
function shortEnough(socket: string, port: number): string {
  return socket.length < 100 ? socket : join('/tmp', `ringflow-${port}.sock`);
}
