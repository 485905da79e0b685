import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import pino, { type Logger } from 'pino';
import { type Configuration, ConfigurationError, readConfiguration } from './configuration.ts';
import { createServer } from './create-server.ts';
import { createSigner, NoSigningKey } from './keys/signer.ts';
import { createMetrics } from './metrics.ts';
import { readKeyRing } from './store/key-ring.ts';
import { openMysql } from './store/mysql.ts';
import { forgetOldRequests } from './store/seen-requests.ts';
import { createSessions } from './store/sessions.ts';
import { createUsers } from './store/users.ts';

/** The process that installations and the people who sell licences speak with. */

const sweepEveryMs = 60_000;

async function main(configuration: Configuration, logger: Logger, stopping: AbortSignal): Promise<void> {
  const pool = openMysql(configuration.mysqlUrl);
  const signer = createSigner(pool, readKeyRing(configuration.secretKeys));
  await warnWithoutKey(() => signer.keySet(), logger);
  const app = await createServer({
    ...{ pool, signer, users: createUsers(pool), sessions: createSessions(pool), metrics: createMetrics(), logger },
    ...{ timing: configuration.timing, silentSeconds: configuration.silentSeconds, limits: configuration.limits },
    ...{ publicUrl: configuration.publicUrl, trustedProxies: configuration.trustedProxies, nowMs: Date.now },
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

/** The pages work without one, so that it can be made meanwhile. */
async function warnWithoutKey(keySet: () => Promise<string>, logger: Logger): Promise<void> {
  try {
    await keySet();
  } catch (error) {
    if (!(error instanceof NoSigningKey)) throw error;
    logger.warn('There is no signing key yet: bin/ringflow-licensing keys rotate --root-key FILE');
  }
}

/** Exit 2: the configuration can't be used; 1: any other failure. */
async function run(): Promise<void> {
  const logger = pino({ name: 'licensing', base: { name: 'licensing' } });
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
    if (error instanceof ConfigurationError) {
      console.error(error.message);
      process.exit(2);
    }
    // the stack only: errors of drivers carry what was sent, passwords too
    logger.fatal(error instanceof Error ? error.stack : String(error));
    process.exit(1);
  }
}

await run();
