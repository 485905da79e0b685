import { type ActivityInterceptorsFactory, NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createAccounts } from '../activities/store/accounts.ts';
import { createForgettings } from '../activities/store/forgettings.ts';
import { createJournal } from '../activities/store/journal.ts';
import { readKeyRing } from '../activities/store/key-ring.ts';
import { createKnownClients } from '../activities/store/known-clients.ts';
import { createLiveCalls } from '../activities/store/live-calls.ts';
import { createLosses } from '../activities/store/losses.ts';
import { openMysql } from '../activities/store/mysql.ts';
import { createPbxs } from '../activities/store/pbxs.ts';
import { openRedis } from '../activities/store/redis.ts';
import { createRetention } from '../activities/store/retention.ts';
import { createSecrets } from '../activities/store/secrets.ts';
import { createSettingsStore } from '../activities/store/settings.ts';
import { createUnsettledCalls } from '../activities/store/unsettled-calls.ts';
import { createWidgetCards } from '../activities/store/widget-cards.ts';
import { createAlertActors } from '../runtime/alert-actors.ts';
import { createCallActors } from '../runtime/call-actors.ts';
import { demandWholeDatabase } from '../runtime/demand-whole-database.ts';
import { createForgetActors, createHistories } from '../runtime/forget-actors.ts';
import { isRunning } from '../runtime/is-running.ts';
import { createLicenceActor } from '../runtime/licence-actors.ts';
import { storesAnd } from '../runtime/monitoring/needs.ts';
import { payloadConverter } from '../runtime/payload-codec.ts';
import { type ProcessLife, runProcess } from '../runtime/process.ts';
import { sayOnce } from '../runtime/say-once.ts';
import { seedAccount } from '../runtime/seed-account.ts';
import { seedPbx } from '../runtime/seed-pbx.ts';
import { askTaskQueues } from '../runtime/task-queue.ts';
import { connectTemporal, followNamespace, temporalClient } from '../runtime/temporal.ts';
import { createTokenActors } from '../runtime/token-actors.ts';
import { createWorkerVersions, workerDeployment } from '../runtime/worker-versions.ts';
import {
  amocrmTaskQueue,
  backfillTaskQueue,
  callsTaskQueue,
  callWorkflowType,
  cardsTaskQueueOfBefore,
  defaultTiming,
} from '../workflows/call/contract.ts';
import { clickWorkflowType } from '../workflows/click-to-call/contract.ts';
import { aboutWorkflow, followAccounts } from './temporal/about.ts';
import { maskedFailures } from './temporal/masked-failures.ts';
import { installRuntime } from './temporal/runtime.ts';
import { signsOfLife } from './temporal/signs-of-life.ts';
import { temporalTracing } from './temporal/tracing.ts';
import { createActivities } from './worker/activities.ts';
import { amocrmFailures } from './worker/amocrm-failures.ts';
import { createClientKeepers } from './worker/client-keepers.ts';
import { fairSlots } from './worker/fair-slots.ts';
import { hearAmocrm } from './worker/hear-amocrm.ts';
import { createLicensingTools } from './worker/licensing.ts';
import { createLiveFollowing } from './worker/live.ts';
import { lookAfterAccounts } from './worker/look-after-accounts.ts';
import { lookAfterLicence } from './worker/look-after-licence.ts';
import { createWorkerMetrics } from './worker/metrics.ts';
import { createRefillCards } from './worker/refill-cards.ts';
import { sweepRetention } from './worker/retention-sweep.ts';
import { takeOver } from './worker/take-over.ts';
import { takeUpAbandoned } from './worker/take-up-abandoned.ts';
import { takeUpAfterLoss } from './worker/take-up-after-loss.ts';
import { tellDone } from './worker/tell-done.ts';
import { tellWaits } from './worker/tell-waits.ts';
import { workflowBundle } from './worker/workflow-bundle.ts';

/** The process that runs the call actors and what they do to the outside world. */

const shutdownGraceTime = '10s';
/** The actors of a worker that has died are taken over so soon by another. */
const orphanedAfter = '4s';
/** Enough that many requests wait together and are gathered; no more than get their turn before they give up, one by one. */
const amocrmSlots = 60;
/** Cards find a free one while hundreds of hooks and tables of PBXs are silent: whoever waits costs next to nothing. */
const callSlots = 1_000;
const licenceCare = { lookEveryMs: 5_000, keepEveryMs: 300_000, noteTimeEveryMs: 3_600_000 };
const retentionEveryMs = 3_600_000;
const lossesEveryMs = 10_000;
const abandoned = { everyMs: 300_000, afterMs: 300_000 };
/**
 * A history that is not what the code would write stops its workflow for ever. A call begins anew instead, by its rows and
 * the ledger (take-up-abandoned); a click is over sooner than anybody could mend it.
 */
const endsIfNotReplayable: NonNullable<WorkerOptions['workflowFailureErrorTypes']> = {
  '*': [],
  [callWorkflowType]: ['NondeterminismError'],
  [clickWorkflowType]: ['NondeterminismError'],
};
const amocrmQueues = [amocrmTaskQueue, cardsTaskQueueOfBefore];

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
  const { calls, amocrm, backfill } = createActivities(
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
  const masks = configuration.temporalPhones === 'full' ? [] : [maskedFailures];
  const alarm = sayOnce((message) => logger.error(message));
  const toAmocrm = (taskQueue: string) => ({
    ...shared,
    taskQueue,
    maxConcurrentActivityTaskExecutions: amocrmSlots,
    activities: amocrm,
    interceptors: {
      activity: [
        metrics.activities,
        ...traced.activities,
        signsOfLife,
        tellDone(logger, about),
        amocrmFailures(alarm),
        tellWaits,
        fairSlots(amocrmSlots),
        ...masks,
      ],
    },
  });
  const workers = [
    await Worker.create({
      ...shared,
      taskQueue: callsTaskQueue,
      stickyQueueScheduleToStartTimeout: orphanedAfter,
      workflowFailureErrorTypes: endsIfNotReplayable,
      workflowBundle: await workflowBundle(dataConverter, traced.workflowModules),
      maxConcurrentActivityTaskExecutions: callSlots,
      activities: { ...calls, showCards: amocrm.showCards },
      sinks: { ...following.sinks, ...traced.sinks },
      interceptors: {
        activity: [
          metrics.activities,
          ...traced.activities,
          signsOfLife,
          ofCards(tellDone(logger, about)),
          amocrmFailures(alarm),
          ofCards(fairSlots(callSlots)),
          ...masks,
        ],
      },
    }),
    ...(await Promise.all(amocrmQueues.map((queue) => Worker.create(toAmocrm(queue))))),
    await Worker.create({ ...toAmocrm(backfillTaskQueue), activities: backfill }),
  ];
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
  const retention = { pbxs, settings: createSettingsStore(pool), retention: createRetention(pool) };
  void sweepRetention(retention, retentionEveryMs, logger, stopping);
  const actors = { tokenActors, keepers: createClientKeepers(temporal), alertActors: createAlertActors(temporal) };
  void lookAfterAccounts(accounts, actors, { newEveryMs: 30_000, allEveryMs: 300_000 }, logger, stopping);
  const forgettings = createForgettings(pool);
  const afterLoss = {
    ...{ losses: createLosses(pool), forgettings, forgetActors: createForgetActors(temporal, forgettings) },
    actors: callActors,
    isRunning: (id: string) => isRunning(temporal, id),
    namespace: configuration.temporalNamespace,
    namespaceId: followNamespace(connection, configuration.temporalNamespace),
    takeOver: () => void takeOver(createWorkerVersions(temporal), configuration.workerVersion, logger, stopping),
  };
  void takeUpAfterLoss(afterLoss, lossesEveryMs, logger, stopping);
  const calledFor = { pbxs, unsettled: createUnsettledCalls(pool), journal: createJournal(pool), actors: callActors };
  void takeUpAbandoned({ ...calledFor, isRunning: afterLoss.isRunning }, abandoned, logger, stopping);
  const licenceActor = createLicenceActor(temporal, licensing.identity);
  void lookAfterLicence({ ...licensing, licenceActor }, licenceCare, logger, stopping);
  ready();
  await running;
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

const ofCards =
  (interceptor: ActivityInterceptorsFactory): ActivityInterceptorsFactory =>
  (context) =>
    context.info.activityType === 'showCards' ? interceptor(context) : {};

/** @throws if one of them asks for no work */
function demandRunning(workers: readonly Worker[]): void {
  const idle = workers.find((worker) => worker.getState() !== 'RUNNING');
  if (idle) throw new Error(`A worker is ${idle.getState()}.`);
}

await runProcess('worker', main);
