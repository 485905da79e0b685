import type { Daemons } from './daemons.ts';
import { stateFolder } from './folders.ts';
import { Memory } from './memory.ts';
import { step } from './progress.ts';
import { ensureMariadb, startMariadb } from './services/mariadb.ts';
import { ensureRedis, startRedis } from './services/redis.ts';
import { ensureTemporal, startTemporal } from './services/temporal.ts';

/** What an installation needs besides its own parts; each is either named by the environment or started here. */
export interface Stores {
  /** Variables by which Ringflow's parts find them. */
  environment: Record<string, string>;
  /** Of the licensing server's own database. */
  licensingUrl: string;
  /** Of the PBX's database that the sandbox plays with; undefined without a sandbox. */
  sandboxPbx: SandboxDatabase | undefined;
  temporalUi: string | undefined;
}

export interface SandboxDatabase {
  readerUrl: string;
  /** Of a user who may also INSERT and CREATE. */
  writerUrl: string;
}

/** The real one writes times in another zone, so it has a database of its own. */
const sandboxDatabases = { recorded: 'asteriskcdrdb', asterisk: 'asterisk' };
export type SandboxPbxKind = keyof typeof sandboxDatabases;

const host = '127.0.0.1';

/** Finds, installs if need be, and starts MariaDB, Redis and Temporal. */
export async function startStores(
  installation: 'sandbox' | 'live',
  daemons: Daemons,
  pbx: SandboxPbxKind,
): Promise<Stores> {
  const pbxDatabase = sandboxDatabases[pbx];
  const memory = new Memory(stateFolder(installation));
  const given = process.env;
  const wantsLicensing = !given.LICENSING_URL && !given.LICENSING_MYSQL_URL;
  const wantsMariadb = !given.MYSQL_URL || installation === 'sandbox' || wantsLicensing;
  const [temporal] = await Promise.all([
    given.TEMPORAL_ADDRESS ? undefined : ensureTemporal(),
    wantsMariadb && ensureMariadb(),
    given.REDIS_URL ? undefined : ensureRedis(),
  ]);
  const port = (service: string, preferred: number, name = service) =>
    memory.port(name, preferred, daemons.isRunning(service));
  const ports = {
    mariadb: await port('mariadb', 23306),
    redis: await port('redis', 26379),
    temporal: await port('temporal', 27233),
    temporalUi: await port('temporal', 28233, 'temporal-ui'),
  };
  const mysqlUrl = (user: string, database: string) =>
    `mysql://${user}:${memory.secret(user)}@${host}:${ports.mariadb}/${database}`;
  const folder = stateFolder(installation);
  await Promise.all([
    wantsMariadb &&
      step('MariaDB', () =>
        startMariadb({
          daemons,
          stateFolder: folder,
          port: ports.mariadb,
          rootPassword: memory.secret('root'),
          setUpSql: setUpSql(memory, installation === 'sandbox' ? Object.values(sandboxDatabases) : []),
          durable: true,
        }),
      ),
    !given.REDIS_URL && step('Redis', () => startRedis(daemons, folder, ports.redis, memory.secret('redis'))),
    temporal &&
      step('Temporal', () =>
        startTemporal({
          daemons,
          stateFolder: folder,
          program: temporal,
          port: ports.temporal,
          uiPort: ports.temporalUi,
          durable: true,
        }),
      ),
  ]);
  const temporalUi = given.TEMPORAL_UI_URL || (temporal && `http://${host}:${ports.temporalUi}`);
  return {
    environment: {
      MYSQL_URL: given.MYSQL_URL ?? mysqlUrl('ringflow', 'ringflow'),
      REDIS_URL: given.REDIS_URL ?? `redis://:${memory.secret('redis')}@${host}:${ports.redis}`,
      RINGFLOW_SECRET_KEYS: given.RINGFLOW_SECRET_KEYS || `own:${memory.key('secrets')}`,
      TEMPORAL_ADDRESS: given.TEMPORAL_ADDRESS ?? `${host}:${ports.temporal}`,
      ...(temporalUi && { TEMPORAL_UI_URL: temporalUi }),
    },
    licensingUrl: given.LICENSING_MYSQL_URL ?? mysqlUrl('licensing', 'licensing'),
    sandboxPbx:
      installation === 'sandbox'
        ? { readerUrl: mysqlUrl('ringflow_reader', pbxDatabase), writerUrl: mysqlUrl('asterisk', pbxDatabase) }
        : undefined,
    temporalUi,
  };
}

/** Ringflow reads the PBX's database as a user who can do nothing but SELECT, as on a customer's PBX. */
function setUpSql(memory: Memory, pbxDatabases: string[]): string[] {
  const user = (name: string, rights: string, database: string) => [
    `CREATE DATABASE IF NOT EXISTS ${database} CHARACTER SET utf8mb4`,
    `CREATE USER IF NOT EXISTS ${name}@'${host}'`,
    `ALTER USER ${name}@'${host}' IDENTIFIED BY '${memory.secret(name)}'`,
    `GRANT ${rights} ON ${database}.* TO ${name}@'${host}'`,
  ];
  const pbx = pbxDatabases.flatMap((database) => [
    ...user('ringflow_reader', 'SELECT', database),
    ...user('asterisk', 'SELECT, INSERT, CREATE', database),
  ]);
  return [...user('ringflow', 'ALL', 'ringflow'), ...user('licensing', 'ALL', 'licensing'), ...pbx];
}
