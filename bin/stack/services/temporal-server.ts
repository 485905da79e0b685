import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Connection } from '@temporalio/client';
import type { Daemons } from '../daemons.ts';
import { cacheFolder, root } from '../folders.ts';
import { findProgram, run } from '../programs.ts';
import { ifToBeHad, SetUpError, step } from '../progress.ts';
import { ensureTemporal, temporalCliVersion } from './temporal.ts';

/** The server that production runs, its schema tool and its UI, as the images of docker-compose.yml have them. */
const programs = {
  'temporal-server': 'go.temporal.io/server/cmd/server',
  'temporal-sql-tool': 'go.temporal.io/server/cmd/tools/sql',
  'temporal-ui-server': 'github.com/temporalio/ui-server/v2/cmd/server',
};
const cli = `github.com/temporalio/cli@${temporalCliVersion}`;
const uiModule = 'github.com/temporalio/ui-server/v2';
const cached = join(cacheFolder, `temporal-server-of-cli-${temporalCliVersion}`);
const configurationOfUi = join(cached, 'ui-config');

/** @returns undefined, and tells why, where it can't be had */
export const ensureTemporalServer = (): Promise<string | undefined> =>
  ifToBeHad("The shape of production is not tested, its Temporal server can't be had here", async () => {
    await ensureTemporal(); // what that has compiled needs not be compiled again
    if (!existsSync(configurationOfUi)) await build();
    return cached;
  });

/** They are built among the modules of the CLI, whose dev server is of the same releases. */
async function build(): Promise<void> {
  const go = findProgram('go');
  if (!go) throw new SetUpError('there is no Go to build it with.');
  const folder = mkdtempSync(join(tmpdir(), 'ringflow-go-'));
  const inFolder = { GOFLAGS: '-mod=mod', GOWORK: 'off' };
  await step(`building the Temporal server of CLI ${temporalCliVersion} (once on this machine)`, async () => {
    const module = JSON.parse(await run(go, ['mod', 'download', '-json', cli])) as { GoMod: string; Dir: string };
    for (const file of ['go.mod', 'go.sum']) cpSync(join(module.Dir, file), join(folder, file));
    mkdirSync(cached, { recursive: true });
    for (const [name, path] of Object.entries(programs)) {
      await run(go, ['-C', folder, 'build', '-o', join(cached, name), path], inFolder);
    }
    const ui = (await run(go, ['-C', folder, 'list', '-m', '-f', '{{.Dir}}', uiModule], inFolder)).trim();
    cpSync(join(ui, 'config'), configurationOfUi, { recursive: true });
  });
  rmSync(folder, { recursive: true, force: true });
}

export interface TemporalServerOptions {
  daemons: Daemons;
  /** Of ensureTemporalServer. */
  programs: string;
  /** SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD_FILE, as docker-compose.yml gives them. */
  store: Record<string, string>;
  port: number;
  /** Of its other services, each with a port for membership: seven. */
  innerPorts: readonly number[];
}

/** Makes or updates its schema, as the service temporal-schema does. */
export async function setUpTemporalSchema({ programs, store }: Pick<TemporalServerOptions, 'programs' | 'store'>) {
  await run('/bin/sh', [join(root, 'deploy/temporal/schema.sh')], { ...store, ...pathWith(programs) });
}

/** Starts it, as the service temporal does. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<void> {
  const { daemons, programs, store, port, innerPorts } = options;
  const names = ['FRONTEND_MEMBERSHIP', 'HISTORY', 'HISTORY_MEMBERSHIP', 'MATCHING', 'MATCHING_MEMBERSHIP'];
  const inner = [...names, 'WORKER', 'WORKER_MEMBERSHIP'].map((name, index) => [
    `TEMPORAL_${name}_PORT`,
    String(innerPorts[index]),
  ]);
  const isReady = await daemons.start({
    name: 'temporal-server',
    program: '/bin/sh',
    args: [join(root, 'deploy/temporal/start.sh')],
    environment: { ...store, ...pathWith(programs), TEMPORAL_PORT: String(port), ...Object.fromEntries(inner) },
    isUp: async () => {
      const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: '2s' });
      await connection.workflowService.getClusterInfo({}).finally(() => connection.close());
      return true;
    },
    timeoutMs: 60_000,
  });
  if (!isReady) throw new SetUpError(`Temporal's server is not ready: see ${daemons.logOf('temporal-server')}`);
}

/** Starts the UI, as the service temporal-ui does. @param environment as docker-compose.yml has it, with other addresses */
export async function startTemporalUi(
  daemons: Daemons,
  programs: string,
  environment: Record<string, string>,
): Promise<void> {
  await daemons.start({
    name: 'temporal-ui',
    program: join(programs, 'temporal-ui-server'),
    args: ['--root', programs, '--config', 'ui-config', '--env', 'docker', 'start'],
    environment,
    isUp: () => listens(Number(environment.TEMPORAL_UI_PORT)),
    timeoutMs: 30_000,
  });
}

/** As `nc -z` asks. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const tell = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => tell(true)).once('error', () => tell(false));
  });
}

const pathWith = (folder: string) => ({ PATH: [folder, process.env.PATH].join(delimiter) });
