import { join } from 'node:path';
import type { Daemons } from '../daemons.ts';
import { root } from '../folders.ts';
import { findProgram, installPackages, privateFolder, run } from '../programs.ts';
import { listens } from './temporal-server.ts';

const caddyfile = join(root, 'deploy/Caddyfile');

/** The door of docker-compose.yml. */
export async function ensureCaddy(): Promise<string> {
  if (!findProgram('caddy')) await installPackages('caddy');
  return findProgram('caddy') ?? 'caddy';
}

/** Reads its configuration as it would at start. @throws SetUpError with what it complains of */
export async function checkCaddyfile(program: string, environment: Record<string, string>): Promise<void> {
  await run(program, ['validate', '--config', caddyfile, '--adapter', 'caddyfile'], environment);
}

/** @returns the routes as Caddy understands them */
export async function adaptCaddyfile(program: string, environment: Record<string, string>): Promise<unknown> {
  return JSON.parse(await run(program, ['adapt', '--config', caddyfile, '--adapter', 'caddyfile'], environment));
}

export interface DoorOptions {
  daemons: Daemons;
  program: string;
  /** Of its certificates. */
  folder: string;
  httpsPort: number;
  httpPort: number;
  healthPort: number;
  /** The addresses in the Caddyfile's braces. */
  environment: Record<string, string>;
}

/** @returns the file of the authority by which its certificate of localhost is believed */
export async function startDoor(options: DoorOptions): Promise<string> {
  const { daemons, program, folder, httpPort, httpsPort, healthPort, environment } = options;
  const own = privateFolder(folder);
  await daemons.start({
    name: 'door',
    program,
    args: ['run', '--config', caddyfile, '--adapter', 'caddyfile'],
    environment: {
      ...{ XDG_DATA_HOME: own, XDG_CONFIG_HOME: own, HOME: own },
      ...{ DOOR_HTTP_PORT: String(httpPort), DOOR_HTTPS_PORT: String(httpsPort), DOOR_HEALTH_PORT: String(healthPort) },
      ...environment,
    },
    isUp: async () => (await listens(httpsPort)) && (await fetch(`http://127.0.0.1:${healthPort}/healthz`)).ok,
    timeoutMs: 30_000,
  });
  return join(own, 'caddy/pki/authorities/local/root.crt');
}
