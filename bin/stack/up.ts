import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate, SchemaError } from '../../activities/store/migrate.ts';
import { ConfigurationError, readConfiguration } from '../../runtime/configuration/configuration.ts';
import { Daemons } from './daemons.ts';
import { keepEnvironment } from './environment.ts';
import { firstLicence } from './first-licence.ts';
import { firstLink } from './first-link.ts';
import { root, stateFolder } from './folders.ts';
import { type OwnLicensing, startLicensing } from './licensing.ts';
import { Memory } from './memory.ts';
import { startPart } from './parts.ts';
import { runCommand, SetUpError, step } from './progress.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { readAllSecretFiles } from './secret-files.ts';
import { ensureFfmpeg } from './services/ffmpeg.ts';
import { type SandboxPbxKind, type Stores, startStores } from './stores.ts';
import { buildWeb } from './web.ts';

const usage = `bin/up                 sets Ringflow up and starts it with an amoCRM stand-in and a PBX that plays recorded calls
bin/up --pbx asterisk  the same with a real Asterisk, phones and a trunk instead of the recorded calls
bin/up --no-sandbox    the same against the PBX and the amoCRM of the environment or of .env (see .env.example)
bin/down               stops what was started`;

const ownFile = join(root, '.env');
const beganAtMs = Number(process.env.RINGFLOW_BEGAN_AT_MS ?? Date.now());

async function up(): Promise<number> {
  const { installation, pbx } = readArguments();
  if (installation === 'live' && existsSync(ownFile)) process.loadEnvFile(ownFile);
  takeSecretsFromFiles();
  if (installation === 'live') checkConfiguration();
  const daemons = daemonsOf(installation, pbx);
  const [stores] = await Promise.all([startStores(installation, daemons, pbx), ensureFfmpeg()]);
  await step('database schema', () => bringUpToDate(stores.environment.MYSQL_URL ?? ''));
  await buildWeb();
  const api = await apiAddress(installation, daemons);
  const sandbox = installation === 'sandbox' ? await startSandbox(daemons, stores, pbx, api.PUBLIC_URL) : undefined;
  const licensing = await ownLicensing(installation, daemons, stores, sandbox);
  const { RECORDINGS_CACHE = join(stateFolder(installation), 'recordings-cache') } = process.env;
  const metricsPorts = await freeMetricsPorts(installation, daemons);
  const ofParts = { ...licensing?.environment, ...api, ...metricsPorts, RECORDINGS_CACHE };
  const environment = { ...stores.environment, ...sandbox?.environment, ...ofParts };
  keepEnvironment(stateFolder(installation), { ...environmentOfAccount(), ...environment, ...licensing?.own });
  const complaints = await Promise.all([
    startPart(daemons, 'worker', 'workers/worker.ts', undefined, environment),
    startPart(daemons, 'connector', 'workers/connector.ts', undefined, environment),
    startPart(daemons, 'api', 'api/main.ts', undefined, environment),
  ]);
  await firstLicence(stores.environment.MYSQL_URL ?? '');
  await sandbox?.letCallsCome();
  const link = await firstLink(stores.environment.MYSQL_URL ?? '', api.PUBLIC_URL);
  tellAddresses(stores, sandbox, { publicUrl: api.PUBLIC_URL, link }, licensing, installation);
  return tellOutcome([licensing?.complaint, ...complaints].filter((complaint) => complaint !== undefined));
}

/** Unless the environment names another. */
function ownLicensing(
  installation: 'sandbox' | 'live',
  daemons: Daemons,
  stores: Stores,
  sandbox: Sandbox | undefined,
) {
  const folder = stateFolder(installation);
  const amocrm = { ...process.env, ...sandbox?.environment };
  return startLicensing(daemons, folder, new Memory(folder), stores.licensingUrl, amocrm);
}

/** Where the API listens, and where it is reached. */
async function apiAddress(installation: 'sandbox' | 'live', daemons: Daemons) {
  const { API_HOST = '127.0.0.1', API_PORT, PUBLIC_URL } = process.env;
  const memory = new Memory(stateFolder(installation));
  const port = API_PORT || String(await memory.port('api', 8080, daemons.isRunning('api')));
  const isPublic = PUBLIC_URL !== undefined && installation === 'live';
  return { API_HOST, API_PORT: port, PUBLIC_URL: isPublic ? PUBLIC_URL : `http://${API_HOST}:${port}` };
}

/** Where its processes tell of themselves: the usual ports, unless they are given or taken. */
async function freeMetricsPorts(installation: 'sandbox' | 'live', daemons: Daemons): Promise<Record<string, string>> {
  const memory = new Memory(stateFolder(installation));
  const usual = { worker: 9464, connector: 9465, api: 9466 };
  const ports: Record<string, string> = {};
  for (const [part, port] of Object.entries(usual)) {
    const name = `${part.toUpperCase()}_METRICS_PORT`;
    ports[name] = process.env[name] || String(await memory.port(`${part}-metrics`, port, daemons.isRunning(part)));
  }
  return ports;
}

/** By which `bin/ringflow settings` finds the account when it is not told. */
function environmentOfAccount(): Record<string, string> {
  const { AMOCRM_BASE_URL } = process.env;
  return AMOCRM_BASE_URL === undefined ? {} : { AMOCRM_BASE_URL };
}

function readArguments(): { installation: 'sandbox' | 'live'; pbx: SandboxPbxKind } {
  try {
    const { values } = parseArgs({ options });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    if (values.pbx !== undefined && values.pbx !== 'asterisk') throw new Error(`There is no PBX "${values.pbx}".`);
    if (values.pbx && values['no-sandbox']) throw new Error('--pbx belongs to the sandbox.');
    return { installation: values['no-sandbox'] ? 'live' : 'sandbox', pbx: values.pbx ?? 'recorded' };
  } catch (error) {
    console.error((error as Error).message);
  }
  console.log(usage);
  process.exit(2);
}

const options = {
  pbx: { type: 'string' },
  'no-sandbox': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Whatever is started from here on is given values. */
function takeSecretsFromFiles(): void {
  const { environment, faults } = readAllSecretFiles(process.env);
  if (faults.length > 0) throw new SetUpError(faults.map(({ fault }) => fault).join('\n'));
  process.env = environment;
}

/** Before anything is installed or started: all that is wrong, at once. */
function checkConfiguration(): void {
  const started = {
    MYSQL_URL: 'mysql://started/here',
    REDIS_URL: 'redis://started-here',
    RINGFLOW_SECRET_KEYS: `made-here:${Buffer.alloc(32).toString('base64')}`,
  };
  try {
    readConfiguration({ ...started, ...process.env });
  } catch (error) {
    throw error instanceof ConfigurationError ? new SetUpError(error.message) : error;
  }
}

function daemonsOf(installation: 'sandbox' | 'live', pbx: SandboxPbxKind): Daemons {
  const other = installation === 'sandbox' ? 'live' : 'sandbox';
  if (new Daemons(stateFolder(other)).running().length > 0) {
    const which = other === 'live' ? 'without the sandbox' : 'with the sandbox';
    throw new SetUpError(`Ringflow already runs ${which}. Stop it first: bin/down`);
  }
  const daemons = new Daemons(stateFolder(installation));
  if (daemons.isRunning(pbx === 'asterisk' ? 'pbx-player' : 'asterisk'))
    throw new SetUpError('Ringflow already runs with the other PBX. Stop it first: bin/down');
  return daemons;
}

function tellAddresses(
  { temporalUi }: Stores,
  sandbox: Sandbox | undefined,
  { publicUrl, link }: { publicUrl: string; link: string | undefined },
  licensing: OwnLicensing | undefined,
  installation: string,
): void {
  console.log('');
  if (sandbox)
    console.log(`  amoCRM stand-in  ${sandbox.amocrmUrl}   cards, contacts and calls, live; a button plays a call`);
  if (sandbox) console.log(`  our widget       ${sandbox.widgetPage}   a page of amoCRM: click on a number; &lang=en`);
  for (const line of sandbox?.pbxLines ?? []) console.log(`  ${line}`);
  if (temporalUi) console.log(`  Temporal UI      ${temporalUi}   each call is a workflow`);
  console.log(`  settings         ${publicUrl}   and the API: amoCRM's permissions arrive here`);
  if (licensing) console.log(`  licensing        ${licensing.url}   its certificate is self-made`);
  console.log(`  logs             ${join('.ringflow', installation, 'log')}`);
  console.log('  stop             bin/down\n');
  if (link)
    console.log(
      `  Nobody can sign in to the settings yet. Choose the administrator's password here (good once):\n  ${link}\n`,
    );
  if (licensing?.link) console.log(`  The same for the licensing server:\n  ${licensing.link}\n`);
}

async function bringUpToDate(mysqlUrl: string): Promise<void> {
  try {
    await migrate(mysqlUrl);
  } catch (error) {
    throw error instanceof SchemaError ? new SetUpError(error.message) : error;
  }
}

function tellOutcome(complaints: string[]): number {
  if (complaints.length === 0) {
    console.log(`ready in ${Math.round((Date.now() - beganAtMs) / 1000)} s`);
    return 0;
  }
  for (const complaint of complaints) console.error(complaint);
  console.error('It goes on trying. Mend the cause, then bin/up tells whether calls can flow; bin/down stops it.');
  return 1;
}

await runCommand(up);
