import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import pino, { type Logger } from 'pino';
import { unfinishedRestore, unfinishedRestoreTable } from '../proto/unfinished-restore.ts';
import { type Configuration, ConfigurationError, readConfiguration } from './configuration.ts';
import { createServer } from './create-server.ts';
import { createSigner, NoSigningKey } from './keys/signer.ts';
import { createMetrics } from './metrics.ts';
import { readKeyRing, SecretKeyError } from './store/key-ring.ts';
import { openMysql } from './store/mysql.ts';
import { forgetOldRequests } from './store/seen-requests.ts';
import { createSessions } from './store/sessions.ts';
import { createUsers, type Users } from './store/users.ts';

/** The process that installations and the people who sell licences speak with. */

const sweepEveryMs = 60_000;

async function main(configuration: Configuration, logger: Logger, stopping: AbortSignal): Promise<void> {
  logger.level = configuration.logLevel;
  const pool = openMysql(configuration.mysqlUrl);
  await demandWholeDatabase(pool);
  const signer = createSigner(pool, readKeyRing(configuration.secretKeys));
  await warnUnlessItSigns(() => signer.keySet(), logger);
  const users = createUsers(pool);
  await warnUnlessSomebodyMayEnter(users, logger);
  const app = await createServer({
    ...{ pool, signer, users, sessions: createSessions(pool), metrics: createMetrics(), logger },
    monitoringToken: configuration.monitoringToken,
    ...{ timing: configuration.timing, silentSeconds: configuration.silentSeconds, limits: configuration.limits },
    ...{ publicUrl: configuration.publicUrl, trustedProxies: configuration.trustedProxies },
    ...{ nowMs: Date.now, upSinceMs: Date.now() },
    tls: { cert: readFileSync(configuration.tlsCert, 'utf8'), key: readFileSync(configuration.tlsKey, 'utf8') },
  });
  const sweep = setInterval(() => {
    forgetOldRequests(pool, Date.now()).catch((error: Error) => logger.warn(error.stack));
  }, sweepEveryMs);
  const address = await app.listen({ host: configuration.host, port: configuration.port });
  logger.info({ address, publicUrl: configuration.publicUrl }, 'listening');
  logger.info('ready');
  if (process.connected) process.send?.('ready');
  if (!stopping.aborted) await once(stopping, 'abort');
  clearInterval(sweep);
  await app.close();
  await pool.end();
}

/** @throws ConfigurationError while a copy is being brought back there, also if that was cut off */
async function demandWholeDatabase(pool: Pool): Promise<void> {
  const ask = pool.query<RowDataPacket[]>('SHOW TABLES LIKE ?', [unfinishedRestoreTable]);
  const [tables] = await ask.catch(() => [[]]); // that the database is away is told with the rest
  if (tables.length > 0) throw new ConfigurationError([unfinishedRestore('bin/ringflow-licensing restore')]);
}

/**
 * It starts all the same: what is missing may come, and /healthz tells.
 *
 * @throws SecretKeyError: that would never mend itself
 */
async function warnUnlessItSigns(keySet: () => Promise<string>, logger: Logger): Promise<void> {
  try {
    await keySet();
  } catch (error) {
    if (error instanceof SecretKeyError) throw error;
    const { code, message } = error as { code?: string; message: string };
    logger.warn(
      error instanceof NoSigningKey
        ? 'There is no signing key yet: bin/ringflow-licensing keys rotate --root-key FILE'
        : `The database at LICENSING_MYSQL_URL can't be used (${code ?? message}): is its schema there (migrate)?`,
    );
  }
}

/** The link itself is no matter for a log. */
async function warnUnlessSomebodyMayEnter(users: Users, logger: Logger): Promise<void> {
  const known = await users.list().catch(() => undefined); // that the database is away is told already
  if (known?.every(({ hasPassword }) => !hasPassword)) {
    logger.warn('Nobody can sign in yet: bin/ringflow-licensing user link');
  }
}

/** Exit 2: the configuration can't be used; 1: any other failure. */
async function run(): Promise<void> {
  const logger = pino({ base: { part: 'licensing' } });
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info('stopping');
      stop.abort();
    });
  }
  try {
    await main(readConfiguration(process.env), logger, stop.signal);
    logger.info('stopped');
    process.exit(0);
  } catch (error) {
    if (stop.signal.aborted) process.exit(0);
    if (error instanceof ConfigurationError || error instanceof SecretKeyError) {
      console.error(error.message);
      process.exit(2);
    }
    // the stack only: errors of drivers carry what was sent, passwords too
    logger.fatal(error instanceof Error ? error.stack : String(error));
    process.exit(1);
  }
}

await run();
