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
import { createShownCards } from '../activities/store/shown-cards.ts';
import { defaultPbx } from '../proto/pbx.ts';
import type { CallSettings } from '../proto/settings.ts';
import { amocrmTaskQueue, callsTaskQueue } from '../workflows/call/contract.ts';
import type { Configuration } from './configuration.ts';
import { type ProcessLife, runProcess } from './process.ts';
import { sayOnce } from './say-once.ts';
import { connectTemporal } from './temporal.ts';
import { amocrmFailures } from './worker/amocrm-failures.ts';
import { createEmployeeDirectory } from './worker/employees.ts';
import { temporalLogger } from './worker/temporal-logger.ts';

/** The process that runs the call actors and what they do to the outside world. */

const shutdownGraceTime = '10s';

async function main({ configuration, logger, stopping, ready }: ProcessLife): Promise<void> {
  Runtime.install({ logger: temporalLogger(logger), shutdownSignals: [] });
  const { calls, amocrm } = createActivities(configuration, logger);
  const connect = (address: string) => NativeConnection.connect({ address });
  const connection = await connectTemporal(configuration, connect, logger, stopping);
  const shared = { connection, namespace: configuration.temporalNamespace, shutdownGraceTime } as const;
  const workers = [
    await Worker.create({
      ...shared,
      taskQueue: callsTaskQueue,
      workflowsPath: new URL('../workflows/index.ts', import.meta.url).pathname,
      activities: calls,
    }),
    await Worker.create({
      ...shared,
      taskQueue: amocrmTaskQueue,
      activities: amocrm,
      interceptors: { activity: [amocrmFailures] },
    }),
  ];
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
  const client = createAmocrmClient({
    baseUrl: configuration.amocrmBaseUrl,
    accessToken: configuration.amocrmAccessToken,
    limiter: createRequestLimiter(redis, accountId),
  });
  const pbx = defaultPbx(configuration.pbxId, timezone);
  const directory = createEmployeeDirectory(client, redis, accountId, pbx.extensionPattern, logger);
  const readSettings = async (): Promise<CallSettings> => {
    return { accountId, pbx, employees: employees ?? (await directory()), language };
  };
  const pbxPool = openPbxDatabase(pbxDatabaseUrl);
  return {
    calls: {
      ...createStoreActivities(createJournal(pool), readSettings),
      ...createAsteriskActivities(() => ({ pool: pbxPool, celTable, cdrTable, timezone })),
    },
    amocrm: createAmocrmActivities(() => client, createLedger(pool), createShownCards(redis)),
  };
}

await runProcess('worker', main);
