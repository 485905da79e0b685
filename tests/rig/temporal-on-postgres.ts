import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Daemons } from '../../bin/stack/daemons.ts';
import { freePort } from '../../bin/stack/free-port.ts';
import { removePostgres, startPostgres } from '../../bin/stack/services/postgres.ts';
import { setUpTemporalSchema, startTemporalServer } from '../../bin/stack/services/temporal-server.ts';
import { readCompose } from '../../deploy/checks/compose.ts';
import type { TestServer } from '../setup/start-servers.ts';
import { secretFile } from './secret-file.ts';
import { servers } from './servers.ts';

/** Temporal's server as production runs it, on a PostgreSQL that keeps everything. */
export interface TemporalOnPostgres {
  address: string;
  /** Of the user that may do everything in it; databases `temporal` and `temporal_visibility`. It may die too. */
  postgres: { host: string; port: number; user: string; password: string } & TestServer;
  /** Brings its schema up to date once more. */
  setUpSchema(): Promise<void>;
  /** undefined while it does not run. */
  pid(): number | undefined;
  /** kill -9 */
  kill(): void;
  /** Starts it again, where it was. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

const host = '127.0.0.1';
const user = 'temporal';

/** @throws Error where it can't be had */
export function startOnPostgres(): Promise<TemporalOnPostgres> {
  const { temporalServer } = servers;
  if (!temporalServer) throw new Error('The Temporal server that production runs is not here: see what was printed.');
  return startTemporalOnPostgres(temporalServer);
}

/** @param programs of ensureTemporalServer */
export async function startTemporalOnPostgres(programs: string): Promise<TemporalOnPostgres> {
  const daemons = new Daemons(servers.stateFolder);
  const [postgresPort = 0, port = 0, ...innerPorts] = await Promise.all(Array.from({ length: 9 }, freePort));
  const password = randomBytes(24).toString('base64url');
  const store = {
    ...readCompose().services.temporal?.environment,
    TEMPORAL_BIND_IP: host,
    ...{ SQL_HOST: host, SQL_PORT: String(postgresPort) },
    SQL_PASSWORD_FILE: secretFile('postgres_password', password),
  };
  const ofPostgres = { daemons, stateFolder: servers.stateFolder, port: postgresPort, user, password };
  const postgres: TestServer = {
    pid: () => daemons.pidOf('postgres'),
    kill: () => killWithChildren(daemons.pidOf('postgres')),
    start: () => startPostgres(ofPostgres),
  };
  await postgres.start();
  const setUpSchema = () => setUpTemporalSchema({ programs, store });
  const start = () => startTemporalServer({ daemons, programs, store, port, innerPorts });
  await setUpSchema();
  await start();
  return {
    ...{ address: `${host}:${port}`, setUpSchema, start },
    postgres: { host, port: postgresPort, user, password, ...postgres },
    pid: () => daemons.pidOf('temporal-server'),
    kill() {
      const pid = daemons.pidOf('temporal-server');
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    },
    async remove() {
      for (const name of ['temporal-server', 'postgres']) await daemons.stop(name);
      removePostgres(servers.stateFolder);
    },
  };
}

/** kill -9 of all at once: none starts while a child of the last one holds its memory, and each leads a group of its own. */
function killWithChildren(pid: number | undefined): void {
  if (pid === undefined) return;
  const of = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(of) ? readFileSync(of, 'utf8').trim().split(' ').filter(Boolean) : [];
  for (const one of [pid, ...children.map(Number)]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {} // it went with the others
  }
}
