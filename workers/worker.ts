import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createAccounts } from '../activities/store/accounts.ts';
import { readKeyRing } from '../activities/store/key-ring.ts';
import { createKnownClients } from '../activities/store/known-clients.ts';
import { createLiveCalls } from '../activities/store/live-calls.ts';
import { openMysql } from '../activities/store/mysql.ts';
import { createPbxs } from '../activities/store/pbxs.ts';
import { openRedis } from '../activities/store/redis.ts';
import { createSecrets } from '../activities/store/secrets.ts';
import { createWidgetCards } from '../activities/store/widget-cards.ts';
import { createCallActors } from '../runtime/call-actors.ts';
import { demandWholeDatabase } from '../runtime/demand-whole-database.ts';
import { createHistories } from '../runtime/forget-actors.ts';
import { storesAnd } from '../runtime/monitoring/needs.ts';
import { payloadConverter } from '../runtime/payload-codec.ts';
import { type ProcessLife, runProcess } from '../runtime/process.ts';
import { sayOnce } from '../runtime/say-once.ts';
import { seedAccount } from '../runtime/seed-account.ts';
import { seedPbx } from '../runtime/seed-pbx.ts';
import { isRunning } from '../runtime/standing.ts';
import { askTaskQueues } from '../runtime/task-queue.ts';
import { connectTemporal, followNamespace, temporalClient } from '../runtime/temporal.ts';
import { createTokenActors } from '../runtime/token-actors.ts';
import { workerDeployment } from '../runtime/worker-versions.ts';
import { callWorkflowType, defaultTiming } from '../workflows/call/contract.ts';
import { clickWorkflowType } from '../workflows/click-to-call/contract.ts';
import { aboutWorkflow, followAccounts } from './temporal/about.ts';
import { maskedFailures } from './temporal/masked-failures.ts';
import { installRuntime } from './temporal/runtime.ts';
import { temporalTracing } from './temporal/tracing.ts';
import { createActivities } from './worker/activities.ts';
import { amocrmFailures } from './worker/amocrm-failures.ts';
import { hearAmocrm } from './worker/hear-amocrm.ts';
import { createLicensingTools } from './worker/licensing.ts';
import { createLiveFollowing } from './worker/live.ts';
import { createWorkerMetrics } from './worker/metrics.ts';
import { createRefillCards } from './worker/refill-cards.ts';
import { startSweeps } from './worker/sweeps.ts';
import { taskQueues } from './worker/task-queues.ts';
import { tellDone } from './worker/tell-done.ts';
import { workflowBundle } from './worker/workflow-bundle.ts';

/** The process that runs the call actors and what they do to the outside world. */

const shutdownGraceTime = '10s';
/** Requests for cards that go on by themselves have an answer by then, or never. */
const longestAfterMs = 5_000;
/** The actors of a worker that has died are taken over so soon by another. */
const orphanedAfter = '4s';
/**
 * A history that is not what the code would write stops its workflow for ever. A call begins anew instead, by its rows and
 * the ledger (take-up-abandoned); a click is over sooner than anybody could mend it.
 */
const endsIfNotReplayable: NonNullable<WorkerOptions['workflowFailureErrorTypes']> = {
  '*': [],
  [callWorkflowType]: ['NondeterminismError'],
  [clickWorkflowType]: ['NondeterminismError'],
};

async function main({
  configuration,
  logger,
  metrics: registry,
  inspection,
  tracing,
  stopping,
  ready,
}: ProcessLife): Promise<void> {
  const pool = openMysql(configuration.mysqlUrl);
  const redis = openRedis(
    configuration.redisUrl,
    sayOnce((message) => logger.warn(message)),
  );
  const live = createLiveCalls(redis);
  const keys = readKeyRing(configuration.secretKeys);
  const accounts = createAccounts(pool);
  const secrets = createSecrets(pool, keys);
  await demandWholeDatabase(pool, logger, stopping);
  const ownAccountId = await seedAccount(configuration, accounts, secrets, logger, stopping);
  const pbxs = await seedPbx(configuration, ownAccountId, createPbxs(pool, secrets), logger, stopping);
  const about = aboutWorkflow(await followAccounts(pbxs, stopping));
  const metrics = createWorkerMetrics(registry);
  installRuntime(logger, about, registry);
  const connect = (address: string) => NativeConnection.connect({ address });
  const connection = await connectTemporal(configuration, connect, logger, stopping);
  const traced = await temporalTracing(tracing);
  const temporal = temporalClient(configuration, connection, tracing?.client);
  const tokenActors = createTokenActors(temporal);
  const callActors = createCallActors(temporal, defaultTiming);
  const refillCards = createRefillCards(createWidgetCards(redis), createKnownClients(pool, redis));
  const licensing = createLicensingTools(configuration, { pool, redis, accounts, secrets, pbxs }, ownAccountId);
  const following = createLiveFollowing(live, temporal, refillCards, logger);
  const activities = createActivities(
    configuration,
    { pool, redis, live, keys, accounts, secrets, pbxs, licensing },
    ownAccountId,
    { tokenActors, callActors },
    {
      askTaskQueues: () => askTaskQueues(temporal),
      isRunning: (workflowId) => isRunning(temporal, workflowId),
      histories: createHistories(temporal),
    },
    hearAmocrm(metrics, logger, about, tracing),
    logger,
  );
  const dataConverter = payloadConverter(configuration.temporalPayloadKeys);
  const shared = {
    ...{ connection, namespace: configuration.temporalNamespace, shutdownGraceTime, dataConverter },
    ...versioned(configuration.workerVersion),
  };
  const [ofCalls, ...ofOthers] = taskQueues(activities, {
    first: [metrics.activities, ...traced.activities],
    tellDone: tellDone(logger, about),
    amocrmFailures: amocrmFailures(sayOnce((message) => logger.error(message))),
    last: configuration.temporalPhones === 'full' ? [] : [maskedFailures],
  });
  const workflows = {
    workflowBundle: await workflowBundle(dataConverter, traced.workflowModules),
    stickyQueueScheduleToStartTimeout: orphanedAfter,
    workflowFailureErrorTypes: endsIfNotReplayable,
    sinks: { ...following.sinks, ...traced.sinks },
  };
  const queues = [{ ...ofCalls, ...workflows }, ...ofOthers];
  const workers = await Promise.all(queues.map((queue) => Worker.create({ ...shared, ...queue })));
  if (stopping.aborted) return;
  inspection.needs({
    ...storesAnd(pool, redis, () => connection.workflowService.getSystemInfo({})),
    'temporal-workers': async () => demandRunning(workers),
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  stopping.addEventListener('abort', () => {
    for (const worker of workers) worker.shutdown();
  });
  void following.sweep(pbxs, stopping);
  const namespaceId = followNamespace(connection, configuration.temporalNamespace);
  const means = { pool, accounts, pbxs, licensing, temporal, namespaceId, callActors, tokenActors };
  startSweeps(means, configuration, logger, stopping);
  ready();
  await running;
  await Promise.race([activities.underWay(), sleep(longestAfterMs, undefined, { ref: false })]);
}

/**
 * A call may wait for a person for days, so it goes on by whatever version is the current one. Connectors, who do what
 * asks for AMI, tell no version: their work comes to them from all.
 */
const versioned = (buildId: string | undefined): Pick<WorkerOptions, 'workerDeploymentOptions'> =>
  buildId === undefined
    ? {}
    : {
        workerDeploymentOptions: {
          ...{ useWorkerVersioning: true, version: { deploymentName: workerDeployment, buildId } },
          defaultVersioningBehavior: 'AUTO_UPGRADE',
        },
      };

/** @throws if one of them asks for no work */
function demandRunning(workers: readonly Worker[]): void {
  const idle = workers.find((worker) => worker.getState() !== 'RUNNING');
  if (idle) throw new Error(`A worker is ${idle.getState()}.`);
}

await runProcess('worker', main);
