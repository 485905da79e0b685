import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Pool } from 'mysql2/promise';
import type { Logger } from 'pino';
import { accountAccess, fixedAccess } from '../activities/amocrm/access.ts';
import { createAmocrmActivities } from '../activities/amocrm/index.ts';
import { createTokenActivities } from '../activities/amocrm/token.ts';
import { createAsteriskActivities } from '../activities/asterisk/index.ts';
import { openPbxDatabase } from '../activities/asterisk/pbx-database.ts';
import { type Accounts, createAccounts } from '../activities/store/accounts.ts';
import { createStoreActivities } from '../activities/store/index.ts';
import { createJournal } from '../activities/store/journal.ts';
import { type KeyRing, readKeyRing } from '../activities/store/key-ring.ts';
import { createLedger } from '../activities/store/ledger.ts';
import { openMysql } from '../activities/store/mysql.ts';
import { createPermissions } from '../activities/store/permissions.ts';
import { openRedis } from '../activities/store/redis.ts';
import { createSecrets, type Secrets } from '../activities/store/secrets.ts';
import { createSettingsStore } from '../activities/store/settings.ts';
import { createShownCards } from '../activities/store/shown-cards.ts';
import { defaultPbx } from '../proto/default-pbx.ts';
import type { Configuration } from '../runtime/configuration.ts';
import { type ProcessLife, runProcess } from '../runtime/process.ts';
import { sayOnce } from '../runtime/say-once.ts';
import { seedAccount } from '../runtime/seed-account.ts';
import { connectTemporal } from '../runtime/temporal.ts';
import { createTokenActors, type TokenActors } from '../runtime/token-actors.ts';
import { amocrmTaskQueue, callsTaskQueue, cardsTaskQueue } from '../workflows/call/contract.ts';
import { createAmocrmClients, onceForEach } from './worker/amocrm-clients.ts';
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
  const pool = openMysql(configuration.mysqlUrl);
  const keys = readKeyRing(configuration.secretKeys);
  const stores = { pool, keys, accounts: createAccounts(pool), secrets: createSecrets(pool, keys) };
  const ownAccountId = await seedAccount(configuration, stores.accounts, stores.secrets, logger, stopping);
  const connect = (address: string) => NativeConnection.connect({ address });
  const connection = await connectTemporal(configuration, connect, logger, stopping);
  const tokenActors = createTokenActors(new Client({ connection, namespace: configuration.temporalNamespace }));
  const { calls, amocrm } = createActivities(configuration, stores, ownAccountId, tokenActors, logger);
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
  void lookAfterTokens(stores.accounts, tokenActors, logger);
  ready();
  await running;
}

/** Tokens are refreshed also if nobody asks for anything: each account has its actor, whatever became of Temporal's data. */
async function lookAfterTokens(accounts: Accounts, tokenActors: TokenActors, logger: Logger): Promise<void> {
  try {
    const connectable = (await accounts.list()).filter(({ clientId }) => clientId !== null);
    for (const { id } of connectable) await tokenActors.look(id);
  } catch (error) {
    logger.warn(
      `The token actors can't be looked for (${(error as Error).message}); a request that is refused starts them.`,
    );
  }
}

interface OwnStores {
  pool: Pool;
  accounts: Accounts;
  secrets: Secrets;
  keys: KeyRing;
}

/** @param ownAccountId of the account that the environment names, and with it the PBX */
function createActivities(
  configuration: Configuration,
  { pool, keys, accounts, secrets }: OwnStores,
  ownAccountId: string,
  tokenActors: TokenActors,
  logger: Logger,
) {
  const { pbxDatabaseUrl, celTable, cdrTable, timezone, employees, language } = configuration;
  const redis = openRedis(
    configuration.redisUrl,
    sayOnce((message) => logger.warn(message)),
  );
  const { amocrmAccessToken: token, amocrmBaseUrl: baseUrl } = configuration;
  const { clientOf, cardClientOf } = createAmocrmClients(redis, (accountId) =>
    token !== undefined && accountId === ownAccountId
      ? fixedAccess({ baseUrl, token })
      : accountAccess(accountId, accounts, secrets, tokenActors.refresh),
  );
  const { extensionPattern } = defaultPbx(configuration.pbxId, timezone);
  const directoryOf = onceForEach((accountId) =>
    createEmployeeDirectory(clientOf(accountId), redis, accountId, extensionPattern, logger),
  );
  const accountOfPbx = (_pbxId: string): string => ownAccountId;
  const seed = { pbxId: configuration.pbxId, timezone, language, employees };
  const readSettings = createCallSettings(seed, accountOfPbx, createSettingsStore(pool), directoryOf);
  const journal = createJournal(pool);
  const pbxPool = openPbxDatabase(pbxDatabaseUrl);
  return {
    calls: {
      ...createStoreActivities(journal, readSettings),
      ...createTokenActivities({
        accounts,
        secrets,
        permissions: createPermissions(redis, keys),
        integration: configuration.amocrmIntegration,
        ownUrl: baseUrl,
      }),
      ...createAsteriskActivities(() => ({ pool: pbxPool, celTable, cdrTable, timezone })),
    },
    amocrm: createAmocrmActivities(
      clientOf,
      cardClientOf,
      createLedger(pool),
      createShownCards(redis),
      (phone, sinceMs) => journal.hasTalkedSince(phone, sinceMs),
    ),
  };
}

await runProcess('worker', main);
