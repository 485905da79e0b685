import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { parse } from 'yaml';
import type { Daemons } from '../daemons.ts';
import { cacheFolder, root } from '../folders.ts';
import { findProgram, isExecutable, privateFolder, run } from '../programs.ts';
import { SetUpError, step } from '../progress.ts';

export const temporalCliVersion = 'v1.5.1';
const cached = join(cacheFolder, `temporal-${temporalCliVersion}`);

let ensured: Promise<string> | undefined;

/** The Temporal CLI with its dev server: the one that is there, else the SDK's own download, else a build from source. */
export function ensureTemporal(): Promise<string> {
  ensured ??= findOrMake();
  return ensured;
}

async function findOrMake(): Promise<string> {
  return findProgram('temporal') ?? findCached() ?? (await download()) ?? (await build());
}

function findCached(): string | undefined {
  mkdirSync(cached, { recursive: true });
  const file = readdirSync(cached).find((name) => /^temporal(-|$)/.test(name) && isExecutable(join(cached, name)));
  return file && join(cached, file);
}

/** @returns undefined where Temporal's download site can't be reached */
async function download(): Promise<string | undefined> {
  try {
    return await step(`downloading the Temporal CLI ${temporalCliVersion}`, async () => {
      const server = {
        executable: { type: 'cached-download' as const, version: temporalCliVersion, downloadDir: cached },
      };
      await (await TestWorkflowEnvironment.createLocal({ server })).teardown();
      return findCached();
    });
  } catch {
    console.log('  the download is out of reach: building it from source instead');
    return undefined;
  }
}

async function build(): Promise<string> {
  const go = findProgram('go');
  const advice = `install the Temporal CLI (a program named temporal on PATH), or Go 1.24 or newer to build it here`;
  if (!go)
    throw new SetUpError(`The Temporal server can be neither found nor downloaded, and there is no Go: ${advice}.`);
  const [, major = 0, minor = 0] = (/go(\d+)\.(\d+)/.exec(await run(go, ['version'])) ?? []).map(Number);
  // 1.21 and newer fetch the newer Go that a module asks for
  if (major < 1 || (major === 1 && minor < 21)) throw new SetUpError(`Go ${major}.${minor} is too old: ${advice}.`);
  await step(`building the Temporal CLI ${temporalCliVersion} (about 5 minutes, once on this machine)`, () =>
    run(go, ['install', `github.com/temporalio/cli/cmd/temporal@${temporalCliVersion}`], {
      GOBIN: cached,
      GOFLAGS: '',
    }),
  );
  const built = findCached();
  if (!built) throw new SetUpError(`The Temporal CLI was built but is not in ${cached}: ${advice}.`);
  return built;
}

export interface TemporalOptions {
  daemons: Daemons;
  stateFolder: string;
  program: string;
  port: number;
  /** undefined: no UI */
  uiPort: number | undefined;
  /** Tests keep everything in memory. */
  durable: boolean;
  dynamicConfig?: Record<string, number>;
}

const configOfProduction = join(root, 'deploy/temporal/dynamic.yaml');

/** What production's server is told, so that the dev server hands out work alike: by key, the one value that holds everywhere. */
function productionConfig(): Record<string, unknown> {
  const settings = parse(readFileSync(configOfProduction, 'utf8')) as Record<string, [{ value: unknown }]>;
  return Object.fromEntries(Object.entries(settings).map(([key, [{ value }]]) => [key, value]));
}

/** Starts the dev server of the project's own. */
export async function startTemporal({
  daemons,
  stateFolder,
  program,
  port,
  uiPort,
  durable,
  dynamicConfig = {},
}: TemporalOptions): Promise<void> {
  const folder = privateFolder(join(stateFolder, 'temporal'));
  await daemons.start({
    name: 'temporal',
    program,
    args: [
      'server',
      'start-dev',
      '--ip=127.0.0.1',
      `--port=${port}`,
      ...(uiPort === undefined ? ['--headless'] : [`--ui-port=${uiPort}`]),
      ...(durable ? [`--db-filename=${join(folder, 'temporal.db')}`] : []),
      ...Object.entries({ ...productionConfig(), ...dynamicConfig }).map(
        ([key, value]) => `--dynamic-config-value=${key}=${JSON.stringify(value)}`,
      ),
      '--log-level=error',
    ],
    isUp: async () => {
      const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: '2s' });
      await connection.close();
      return true;
    },
    timeoutMs: 60_000,
  });
}
