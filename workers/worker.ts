import { join } from 'node:path';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createRequestBudget, type Lane } from '../activities/amocrm/budget.ts';
import { createAmocrmClient } from '../activities/amocrm/client.ts';
import { createClientBook } from '../activities/amocrm/client-book.ts';
import { createGathering } from '../activities/amocrm/gathering/index.ts';
import { createAmocrmActivities } from '../activities/amocrm/index.ts';
import { createRequestLimiter } from '../activities/amocrm/limiter.ts';
import { createAsteriskActivities } from '../activities/asterisk/index.ts';
import { openPbxDatabase } from '../activities/asterisk/pbx-database.ts';
import { createHookActivities } from '../activities/hooks/index.ts';
import { createBrake } from '../activities/store/brake.ts';
import { createStoreActivities } from '../activities/store/index.ts';
import { createJournal } from '../activities/store/journal.ts';
import { createKnownClients } from '../activities/store/known-clients.ts';
import { createLedger } from '../activities/store/ledger.ts';
import { openMysql } from '../activities/store/mysql.ts';
import { openRedis } from '../activities/store/redis.ts';
import { createSettingsStore } from '../activities/store/settings.ts';
import { createShownCards } from '../activities/store/shown-cards.ts';
import { defaultPbx } from '../proto/default-pbx.ts';
import { amocrmTaskQueue, callsTaskQueue, cardsTaskQueue } from '../workflows/call/contract.ts';
import type { Configuration } from './configuration.ts';
import { type ProcessLife, runProcess } from './process.ts';
import { sayOnce } from './say-once.ts';
import { connectTemporal } from './temporal.ts';
import { amocrmFailures } from './worker/amocrm-failures.ts';
import { createCallSettings } from './worker/call-settings.ts';
import { createEmployeeDirectory } from './worker/employees.ts';
import { fairSlots } from './worker/fair-slots.ts';
import { signsOfLife } from './worker/signs-of-life.ts';
import { temporalLogger } from './worker/temporal-logger.ts';

/** The process that runs the call actors and what they do to the outside world. */

const shutdownGraceTime = '10s';
/**
 * Enough that many requests wait together and are gathered; no more than get their turn before they give up, one by one.
 * Cards have a queue where nothing stands before them.
 */
const amocrmSlots = 60;
const amocrmQueues = [amocrmTaskQueue, cardsTaskQueue];

async function main({ configuration, logger, stopping, ready }: ProcessLife): Promise<void> {
  Runtime.install({ logger: temporalLogger(logger), shutdownSignals: [] });
  const { calls, amocrm } = createActivities(configuration, logger);
  const connect = (address: string) => NativeConnection.connect({ address });
  const connection = await connectTemporal(configuration, connect, logger, stopping);
  const shared = { connection, namespace: configuration.temporalNamespace, shutdownGraceTime } as const;
  const alarm = sayOnce((message) => logger.error(message));
  const toAmocrm = (taskQueue: string) => ({
    ...shared,
    taskQueue,
    maxConcurrentActivityTaskExecutions: amocrmSlots,
    activities: amocrm,
    interceptors: { activity: [signsOfLife, amocrmFailures(alarm), fairSlots(amocrmSlots)] },
  });
  const workers = [
    await Worker.create({
      ...shared,
      taskQueue: callsTaskQueue,
      workflowsPath: join(import.meta.dirname, '../workflows/index.ts'),
      activities: calls,
      interceptors: { activity: [signsOfLife] },
    }),
    ...(await Promise.all(amocrmQueues.map((queue) => Worker.create(toAmocrm(queue))))),
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
  const budget = createRequestBudget(redis, { integration: 'token', accountId });
  const accessBy = (lane: Lane) => ({
    baseUrl: configuration.amocrmBaseUrl,
    accessToken: configuration.amocrmAccessToken,
    limiter: createRequestLimiter(budget, lane),
  });
  const [cards, others] = [accessBy('cards'), accessBy('live')];
  const client = createAmocrmClient(others);
  const gathering = createGathering({ cards, others });
  const pbx = defaultPbx(configuration.pbxId, timezone);
  const directory = createEmployeeDirectory(client, redis, accountId, pbx.extensionPattern, logger);
  const seed = { accountId, pbxId: configuration.pbxId, timezone, language, employees };
  const settings = createSettingsStore(pool);
  const readSettings = createCallSettings(seed, settings, directory);
  const journal = createJournal(pool);
  const known = createKnownClients(pool, redis);
  const pbxPool = openPbxDatabase(pbxDatabaseUrl);
  const hooksOf = async (account: string) => (await settings.latest(account))?.settings.hooks ?? [];
  return {
    calls: {
      ...createStoreActivities(journal, settings, known, readSettings),
      ...createAsteriskActivities(() => ({ pool: pbxPool, celTable, cdrTable, timezone })),
      ...createHookActivities(hooksOf),
    },
    amocrm: createAmocrmActivities({
      clientOf: () => client,
      gatheringOf: () => gathering,
      ledger: createLedger(pool),
      shownCards: createShownCards(redis),
      book: createClientBook(known, () => client),
      brake: createBrake(redis, (message) => logger.error(message)),
      hasTalkedSince: (phone, sinceMs) => journal.hasTalkedSince(phone, sinceMs),
    }),
  };
}

await runProcess('worker', main);
