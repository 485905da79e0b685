import { Daemons } from '../../bin/stack/daemons.ts';
import { stateFolder } from '../../bin/stack/folders.ts';
import { Memory } from '../../bin/stack/memory.ts';
import { ensureAsterisk, ensureOldAsterisk } from '../../bin/stack/services/asterisk.ts';
import { ensureCaddy } from '../../bin/stack/services/caddy.ts';
import { ensureChromium } from '../../bin/stack/services/chromium.ts';
import { ensureFfmpeg } from '../../bin/stack/services/ffmpeg.ts';
import { ensureMariadb, startMariadb } from '../../bin/stack/services/mariadb.ts';
import { ensurePostgres } from '../../bin/stack/services/postgres.ts';
import { ensurePromtool } from '../../bin/stack/services/prometheus.ts';
import { ensureRedis, startRedis } from '../../bin/stack/services/redis.ts';
import { ensureSshd } from '../../bin/stack/services/sshd.ts';
import { ensureTemporal, startTemporal } from '../../bin/stack/services/temporal.ts';
import { ensureTemporalServer } from '../../bin/stack/services/temporal-server.ts';
import removeTestServers, { testInstallation } from './stop-servers.ts';

/** One that may die in a test of this process alone. */
export interface TestServer {
  /** undefined while it does not run. */
  pid(): number | undefined;
  /** kill -9 */
  kill(): void;
  /** Where it was, with what it had written down. */
  start(): Promise<unknown>;
}

export interface TestServers {
  mariadb: TestServer;
  redis: TestServer;
  temporal: TestServer;
  stateFolder: string;
}

/** Real servers for the tests alone, with empty data, beside whatever bin/up runs. */
export default async function startServers(): Promise<void> {
  await startTestServers({ durable: false });
}

/** @param durable whether what they store survives a power cut, as in production; costs time */
export async function startTestServers({ durable }: { durable: boolean }): Promise<TestServers> {
  await removeTestServers(); // of a run that was cut off
  const folder = stateFolder(testInstallation);
  const daemons = new Daemons(folder);
  const memory = new Memory(folder);
  const [temporal, chromium, asterisk, oldAsterisk, sshd, promtool, temporalServer, caddy] = await Promise.all([
    ensureTemporal(),
    ensureChromium(),
    ensureAsterisk(),
    ensureOldAsterisk(),
    ensureSshd(),
    ensurePromtool(),
    ensureTemporalServer(),
    ensureCaddy(),
    ensurePostgres(),
    ensureFfmpeg(),
    ensureMariadb(),
    ensureRedis(),
  ]);
  const ports = {
    mariadb: await memory.port('mariadb', 0, false),
    redis: await memory.port('redis', 0, false),
    temporal: await memory.port('temporal', 0, false),
  };
  const rootPassword = memory.secret('root');
  const server = (name: string, start: () => Promise<unknown>): TestServer => ({
    pid: () => daemons.pidOf(name),
    kill: () => process.kill(daemons.pidOf(name) ?? Number.NaN, 'SIGKILL'),
    start,
  });
  const running: TestServers = {
    mariadb: server('mariadb', () =>
      startMariadb({
        daemons,
        stateFolder: folder,
        port: ports.mariadb,
        rootPassword,
        setUpSql: [`CREATE OR REPLACE USER tests@'127.0.0.1' IDENTIFIED BY '${rootPassword}'`, grantAll],
        durable,
      }),
    ),
    redis: server('redis', () => startRedis(daemons, folder, ports.redis, memory.secret('redis'))),
    temporal: server('temporal', () =>
      startTemporal({
        daemons,
        stateFolder: folder,
        program: temporal,
        port: ports.temporal,
        uiPort: undefined,
        dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 300 }, // long calls in short tests
        durable,
      }),
    ),
    stateFolder: folder,
  };
  await Promise.all([running.mariadb.start(), running.redis.start(), running.temporal.start()]);
  process.env.TEST_MYSQL_ADMIN_URL = `mysql://tests:${rootPassword}@127.0.0.1:${ports.mariadb}/`;
  process.env.TEST_REDIS_URL = `redis://:${memory.secret('redis')}@127.0.0.1:${ports.redis}`;
  process.env.TEST_TEMPORAL_ADDRESS = `127.0.0.1:${ports.temporal}`;
  if (temporalServer) process.env.TEST_TEMPORAL_SERVER = temporalServer;
  process.env.TEST_CADDY = caddy;
  process.env.TEST_CHROMIUM = chromium;
  process.env.TEST_ASTERISK = asterisk;
  if (oldAsterisk) process.env.TEST_ASTERISK_16 = oldAsterisk;
  if (sshd) process.env.TEST_SSHD = sshd;
  if (promtool) process.env.TEST_PROMTOOL = promtool;
  process.env.TEST_STATE_FOLDER = folder;
  return running;
}

const grantAll = `GRANT ALL ON *.* TO tests@'127.0.0.1' WITH GRANT OPTION`;
