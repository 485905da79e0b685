import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, fetch, type RequestInit } from 'undici';
import { Daemons } from '../../bin/stack/daemons.ts';
import { freePort } from '../../bin/stack/free-port.ts';
import { startDoor } from '../../bin/stack/services/caddy.ts';
import { startTemporalUi } from '../../bin/stack/services/temporal-server.ts';
import { readCompose } from '../../deploy/checks/compose.ts';
import { type Installation, install } from './installation.ts';
import { newSecretKeys } from './permits.ts';
import { servers } from './servers.ts';
import { startTemporalOnPostgres } from './temporal-on-postgres.ts';

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
  const ports = await Promise.all(Array.from({ length: 5 }, freePort));
  const [uiPort = 0, apiPort = 0, httpsPort = 0, httpPort = 0, healthPort = 0] = ports;
  const url = `https://localhost:${httpsPort}`;
  const { services } = readCompose({ PUBLIC_URL: url });
  const given = (service: string) => services[service]?.environment ?? {};
  const temporal = await startTemporalOnPostgres(programs);
  await startTemporalUi(daemons, programs, {
    ...given('temporal-ui'),
    ...{ TEMPORAL_ADDRESS: temporal.address, TEMPORAL_UI_PORT: String(uiPort) },
  });
  const { TEMPORAL_NAMESPACE = '', TEMPORAL_UI_URL = '', PUBLIC_URL = '', METRICS_HOST = '' } = given('worker');
  const house = await install(() => ({
    ...{ TEMPORAL_NAMESPACE, TEMPORAL_UI_URL, PUBLIC_URL, METRICS_HOST },
    ...{ TEMPORAL_ADDRESS: temporal.address, API_PORT: String(apiPort), TEMPORAL_PAYLOAD_KEYS: newSecretKeys() },
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
    ...{ house, url, plainUrl: `http://localhost:${httpPort}` },
    ...{ setUpSchema: temporal.setUpSchema, startTemporal: temporal.start, killTemporal: temporal.kill },
    ask: (path, options = {}) => fetch(`${url}${path}`, { redirect: 'manual', ...options, dispatcher }),
    async remove() {
      await house.remove();
      await dispatcher.close();
      for (const name of ['door', 'temporal-ui']) await daemons.stop(name);
      await temporal.remove();
    },
  };
}
