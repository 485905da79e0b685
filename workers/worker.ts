import { join } from 'node:path';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createAmocrmClient } from '../activities/amocrm/client.ts';
import { createAmocrmActivities } from '../activities/amocrm/index.ts';
import { createRequestLimiter } from '../activities/amocrm/limiter.ts';
import { createAsteriskActivities } from '../activities/asterisk/index.ts';
import { openPbxDatabase } from '../activities/asterisk/pbx-database.ts';
import { createStoreActivities } from '../activities/store/index.ts';
import { createJournal } from '../activities/store/journal.ts';
import { createLedger } from '../activities/store/ledger.ts';
import { openMysql } from '../activities/store/mysql.ts';
import { openRedis } from '../activities/store/redis.ts';
import { createSettingsStore } from '../activities/store/settings.ts';
import { createShownCards } from '../activities/store/shown-cards.ts';
import { defaultPbx } from '../proto/default-pbx.ts';
import type { Configuration } from '../runtime/configuration.ts';
import { type ProcessLife, runProcess } from '../runtime/process.ts';
import { sayOnce } from '../runtime/say-once.ts';
import { connectTemporal } from '../runtime/temporal.ts';
import { amocrmTaskQueue, callsTaskQueue, cardsTaskQueue } from '../workflows/call/contract.ts';
import { amocrmFailures } from './worker/amocrm-failures.ts';
import { createCallSettings } from './worker/call-settings.ts';
import { createEmployeeDirectory } from './worker/employees.ts';
import { signsOfLife } from './worker/signs-of-life.ts';
import { temporalLogger } from './worker/temporal-logger.ts';

/** The process that runs the call actors and what they do to the outside world. */

const shutdownGraceTime = '10s';
/** Few at once: more would only wait for the budget and give up. Cards have a queue where nothing stands before them. */
const amocrmQueues = [
  { taskQueue: amocrmTaskQueue, maxConcurrentActivityTaskExecutions: 8 },
  { taskQueue: cardsTaskQueue, maxConcurrentActivityTaskExecutions: 8 },
];

async function main({ configuration, logger, stopping, ready }: ProcessLife): Promise<void> {
  Runtime.install({ logger: temporalLogger(logger), shutdownSignals: [] });
  const { calls, amocrm } = createActivities(configuration, logger);
  const connect = (address: string) => NativeConnection.connect({ address });
  const connection = await connectTemporal(configuration, connect, logger, stopping);
  const shared = { connection, namespace: configuration.temporalNamespace, shutdownGraceTime } as const;
  const alarm = sayOnce((message) => logger.error(message));
  const toAmocrm = { activities: amocrm, interceptors: { activity: [signsOfLife, amocrmFailures(alarm)] } };
  const workers = [
    await Worker.create({
      ...shared,
      taskQueue: callsTaskQueue,
      workflowsPath: join(import.meta.dirname, '../workflows/index.ts'),
      activities: calls,
      interceptors: { activity: [signsOfLife] },
    }),
    ...(await Promise.all(amocrmQueues.map((queue) => Worker.create({ ...shared, ...queue, ...toAmocrm })))),
  ];
  if (stopping.aborted) return;
  const running = Promise.all(workers.map((worker) => worker.run()));
  stopping.addEventListener('abort', () => {
    for (const worker of workers) worker.shutdown();
  });
  ready();
  await running;
}

function createActivities(configuration: Configuration, logger: Logger) {
  const { pbxDatabaseUrl, celTable, cdrTable, timezone, employees, language } = configuration;
  const redis = openRedis(
    configuration.redisUrl,
    sayOnce((message) => logger.warn(message)),
  );
  const pool = openMysql(configuration.mysqlUrl);
  const accountId = new URL(configuration.amocrmBaseUrl).host;
  const clientFor = (user: 'cards' | 'others') =>
    createAmocrmClient({
      baseUrl: configuration.amocrmBaseUrl,
      accessToken: configuration.amocrmAccessToken,
      limiter: createRequestLimiter(redis, accountId, user),
    });
  const client = clientFor('others');
  const cardClient = clientFor('cards');
  const pbx = defaultPbx(configuration.pbxId, timezone);
  const directory = createEmployeeDirectory(client, redis, accountId, pbx.extensionPattern, logger);
  const seed = { accountId, pbxId: configuration.pbxId, timezone, language, employees };
  const readSettings = createCallSettings(seed, createSettingsStore(pool), directory);
  const journal = createJournal(pool);
  const pbxPool = openPbxDatabase(pbxDatabaseUrl);
  return {
    calls: {
      ...createStoreActivities(journal, readSettings),
      ...createAsteriskActivities(() => ({ pool: pbxPool, celTable, cdrTable, timezone })),
    },
    amocrm: createAmocrmActivities(
      () => client,
      () => cardClient,
      createLedger(pool),
      createShownCards(redis),
      (phone, sinceMs) => journal.hasTalkedSince(phone, sinceMs),
    ),
  };
}

await runProcess('worker', main);
