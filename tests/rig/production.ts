import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, fetch, type RequestInit } from 'undici';
import { Daemons } from '../../bin/stack/daemons.ts';
import { startDoor } from '../../bin/stack/services/caddy.ts';
import { removePostgres, startPostgres } from '../../bin/stack/services/postgres.ts';
import { setUpTemporalSchema, startTemporalServer, startTemporalUi } from '../../bin/stack/services/temporal-server.ts';
import { readCompose } from '../../deploy/checks/compose.ts';
import { freeLowPort } from './free-port.ts';
import { type Installation, install } from './installation.ts';
import { newSecretKeys } from './permits.ts';
import { servers } from './servers.ts';

/** What docker-compose.yml describes, run without containers from the same files in deploy/. */
export interface Production {
  house: Installation;
  /** Of the door. */
  url: string;
  /** Where the door answers those who come without TLS. */
  plainUrl: string;
  /** Brings the schema of Temporal up to date once more. */
  setUpSchema(): Promise<void>;
  killTemporal(): void;
  startTemporal(): Promise<void>;
  /** Through the door; redirects are not followed. */
  ask(path: string, options?: RequestInit): ReturnType<typeof fetch>;
  remove(): Promise<void>;
}

/** @param programs of ensureTemporalServer */
export async function startProduction(programs: string): Promise<Production> {
  const daemons = new Daemons(servers.stateFolder);
  const ports = await Promise.all(Array.from({ length: 14 }, freeLowPort));
  const [postgresPort = 0, temporalPort = 0, uiPort = 0, apiPort = 0, httpsPort = 0, httpPort = 0, healthPort = 0] =
    ports;
  const password = randomBytes(24).toString('base64url');
  const url = `https://localhost:${httpsPort}`;
  const { services } = readCompose({ PUBLIC_URL: url });
  const given = (service: string) => services[service]?.environment ?? {};
  const store = {
    ...given('temporal'),
    TEMPORAL_BIND_IP: '127.0.0.1',
    ...{ SQL_HOST: '127.0.0.1', SQL_PORT: String(postgresPort) },
    SQL_PASSWORD_FILE: secretFile('postgres_password', password),
  };
  await startPostgres({
    ...{ daemons, stateFolder: servers.stateFolder, port: postgresPort, user: 'temporal', password },
  });
  const setUpSchema = () => setUpTemporalSchema({ programs, store });
  await setUpSchema();
  const startTemporal = () =>
    startTemporalServer({ daemons, programs, store, port: temporalPort, innerPorts: ports.slice(7) });
  await startTemporal();
  const temporalAddress = `127.0.0.1:${temporalPort}`;
  await startTemporalUi(daemons, programs, {
    ...given('temporal-ui'),
    ...{ TEMPORAL_ADDRESS: temporalAddress, TEMPORAL_UI_PORT: String(uiPort) },
  });
  const { TEMPORAL_NAMESPACE = '', TEMPORAL_UI_URL = '', PUBLIC_URL = '', METRICS_HOST = '' } = given('worker');
  const house = await install(() => ({
    ...{ TEMPORAL_NAMESPACE, TEMPORAL_UI_URL, PUBLIC_URL, METRICS_HOST },
    ...{ TEMPORAL_ADDRESS: temporalAddress, API_PORT: String(apiPort), TEMPORAL_PAYLOAD_KEYS: newSecretKeys() },
  }));
  const authority = await startDoor({
    ...{ daemons, program: servers.caddy, folder: join(servers.stateFolder, 'door'), httpsPort, httpPort, healthPort },
    environment: {
      ...given('door'),
      ...{ DOOR_API: `127.0.0.1:${apiPort}`, DOOR_TEMPORAL_UI: `127.0.0.1:${uiPort}` },
    },
  });
  const dispatcher = new Agent({ connect: { ca: readFileSync(authority, 'utf8') } });
  return {
    ...{ house, url, plainUrl: `http://localhost:${httpPort}`, setUpSchema, startTemporal },
    ask: (path, options = {}) => fetch(`${url}${path}`, { redirect: 'manual', ...options, dispatcher }),
    killTemporal() {
      const book = readFileSync(join(servers.stateFolder, 'run/temporal-server'), 'utf8');
      process.kill((JSON.parse(book) as { pid: number }).pid, 'SIGKILL');
    },
    async remove() {
      await house.remove();
      await dispatcher.close();
      for (const name of ['door', 'temporal-ui', 'temporal-server', 'postgres']) await daemons.stop(name);
      removePostgres(servers.stateFolder);
    },
  };
}

/** As docker-compose.yml hands secrets in. @returns its path */
export function secretFile(name: string, value: string): string {
  const folder = join(servers.stateFolder, 'secrets');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `${value}\n`);
  return join(folder, name);
}
