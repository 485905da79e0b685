/** The real servers that run while the tests do; see tests/setup. */
function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with bin/test, which starts the servers`);
  return value;
}

const redisDatabases = 16;
/** Test files that run at one time may empty their Redis without a word to each other; each begins with an empty one. */
const redisDatabase = Number(process.env.JEST_WORKER_ID ?? 0) % redisDatabases;

export const servers = {
  mysqlAdminUrl: fromSetup('TEST_MYSQL_ADMIN_URL'),
  redisUrl: `${fromSetup('TEST_REDIS_URL')}/${redisDatabase}`,
  temporalAddress: fromSetup('TEST_TEMPORAL_ADDRESS'),
  /** Path of the browser. */
  chromium: fromSetup('TEST_CHROMIUM'),
  /** Where what this run has started is written down; it goes with the run. */
  stateFolder: fromSetup('TEST_STATE_FOLDER'),
  /** Folder of an unpacked Asterisk. */
  asterisk: fromSetup('TEST_ASTERISK'),
  /** Undefined where it can't be had. */
  asterisk16: process.env.TEST_ASTERISK_16,
  /** Folder of the Temporal server that production runs; undefined where it can't be had. */
  temporalServer: process.env.TEST_TEMPORAL_SERVER,
  /** Path of the door. */
  caddy: fromSetup('TEST_CADDY'),
  /** Path of OpenSSH's server; undefined where it can't be had. */
  sshd: process.env.TEST_SSHD,
  /** Path of Prometheus's checker; undefined where it is not. */
  promtool: process.env.TEST_PROMTOOL,
};
