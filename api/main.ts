import { once } from 'node:events';
import { Connection } from '@temporalio/client';
import { createRecordings } from '../activities/recordings/index.ts';
import { createSoundCache } from '../activities/recordings/sound/cache.ts';
import { createConverter } from '../activities/recordings/sound/convert.ts';
import { createAccountFacts } from '../activities/store/account-facts.ts';
import { createAccounts } from '../activities/store/accounts.ts';
import { createAlertDeliveries } from '../activities/store/alert-deliveries.ts';
import { createBackfills } from '../activities/store/backfills.ts';
import { createCallSearch } from '../activities/store/call-search.ts';
import { createCatalogues } from '../activities/store/catalogues.ts';
import { createClicks } from '../activities/store/clicks.ts';
import { createComparisons } from '../activities/store/comparisons.ts';
import { createForgettings } from '../activities/store/forgettings.ts';
import { createHeldBackCalls } from '../activities/store/held-back-calls.ts';
import { createJournal } from '../activities/store/journal.ts';
import { readKeyRing } from '../activities/store/key-ring.ts';
import { createKnownClients } from '../activities/store/known-clients.ts';
import { createLedger } from '../activities/store/ledger.ts';
import { createLiveCalls } from '../activities/store/live-calls.ts';
import { createMissedClients } from '../activities/store/missed-clients.ts';
import { openMysql } from '../activities/store/mysql.ts';
import { createPauses } from '../activities/store/pauses.ts';
import { createPbxs } from '../activities/store/pbxs.ts';
import { createPermissions } from '../activities/store/permissions.ts';
import { createRecordingLinks } from '../activities/store/recording-links.ts';
import { createRecordingListens } from '../activities/store/recording-listens.ts';
import { openRedis } from '../activities/store/redis.ts';
import { createReports } from '../activities/store/reports.ts';
import { createSecrets } from '../activities/store/secrets.ts';
import { createSeenExtensions } from '../activities/store/seen-extensions.ts';
import { createSeenNumbers } from '../activities/store/seen-numbers.ts';
import { createSessions } from '../activities/store/sessions.ts';
import { createSettingsStore } from '../activities/store/settings.ts';
import { createSettingsChanges } from '../activities/store/settings-changes.ts';
import { createUsedTokens } from '../activities/store/used-tokens.ts';
import { createUsers } from '../activities/store/users.ts';
import { createWidgetCards } from '../activities/store/widget-cards.ts';
import { createWidgetPages } from '../activities/store/widget-pages.ts';
import { createAccountActors } from '../runtime/account-actors.ts';
import { createAlertActors } from '../runtime/alert-actors.ts';
import { createBackfillActors } from '../runtime/backfill-actors.ts';
import { createCallActors } from '../runtime/call-actors.ts';
import { createClickActors } from '../runtime/click-actors.ts';
import type { Configuration } from '../runtime/configuration/configuration.ts';
import { demandWholeDatabase } from '../runtime/demand-whole-database.ts';
import { createForgetActors } from '../runtime/forget-actors.ts';
import { createMakeUp } from '../runtime/make-up.ts';
import { storesAnd } from '../runtime/monitoring/needs.ts';
import { createPayloadCodec } from '../runtime/payload-codec.ts';
import { type ProcessLife, runProcess } from '../runtime/process.ts';
import { sayOnce } from '../runtime/say-once.ts';
import { seedAccount } from '../runtime/seed-account.ts';
import { seedPbx } from '../runtime/seed-pbx.ts';
import { askTaskQueues } from '../runtime/task-queue.ts';
import { temporalClient } from '../runtime/temporal.ts';
import { createTokenActors } from '../runtime/token-actors.ts';
import { defaultTiming } from '../workflows/call/contract.ts';
import { createApi } from './create-api.ts';
import { licenceTools } from './licence/tools.ts';
import { createApiMetrics, measureStandings } from './metrics.ts';
import { sweepRecordings } from './recordings/sweep.ts';
import { createStandings } from './status/standings.ts';
import type { ApiTools } from './tools.ts';

/** The process that browsers and amoCRM speak with. */

const routingWithinMs = 150;

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
  const keys = readKeyRing(configuration.secretKeys);
  const accounts = createAccounts(pool);
  const secrets = createSecrets(pool, keys);
  await demandWholeDatabase(pool, logger, stopping);
  const accountId = await seedAccount(configuration, accounts, secrets, logger, stopping);
  const pbxStore = createPbxs(pool, secrets);
  const pbxs = await seedPbx(configuration, accountId, pbxStore, logger, stopping);
  const connection = Connection.lazy({ address: configuration.temporalAddress });
  const temporal = temporalClient(configuration, connection, tracing?.client);
  const settingsStore = createSettingsStore(pool);
  const catalogues = createCatalogues(pool);
  const seed = { language: configuration.language, accountId, employees: configuration.employees };
  const stores = { pool, redis, secrets, accounts, pbxs, settingsStore, catalogues };
  const ofLicence = licenceTools(configuration, { ...stores, temporal, seed });
  void ofLicence.licenceOfPbx(undefined).catch(() => undefined); // verified before a caller waits for an answer
  const sayTrouble = sayOnce((message) => logger.warn(message));
  const metrics = createApiMetrics(registry);
  const cache = createSoundCache(configuration.recordingsCache, configuration.recordingsCacheMb * 1024 * 1024);
  const recordings = createRecordings({
    ...{ pbxs, cache, converter: metrics.counted(createConverter()), complain: sayTrouble },
  });
  const backfills = createBackfills(pool);
  const accountFacts = createAccountFacts({
    ...{ pool, redis, accounts, pbxs, settingsStore, catalogues, secrets, logger },
    longLivedToken: configuration.amocrmAccessToken,
    askTaskQueues: () => askTaskQueues(temporal),
    licenceFacts: ofLicence.licenceFacts,
    seed: { accountId, employees: configuration.employees },
  });
  const standings = createStandings({
    ...{ accounts, accountFacts, pingRedis: () => redis.ping(), askTaskQueues: () => askTaskQueues(temporal) },
    licenceFacts: ofLicence.licenceFacts,
  });
  const sessions = createSessions(pool);
  measureStandings(registry, standings, { sessions: sessions.count, cachedSoundBytes: cache.size });
  const forgettings = createForgettings(pool);
  const needs = storesAnd(pool, redis, () => connection.workflowService.getSystemInfo({}));
  const tools: ApiTools = {
    ...ofLicence,
    needs,
    pool,
    redis,
    accounts,
    secrets,
    pbxs,
    pbxStore,
    permissions: createPermissions(redis, keys),
    pauses: createPauses(redis),
    users: createUsers(pool),
    sessions,
    settingsStore,
    catalogues,
    accountFacts,
    journal: createJournal(pool),
    callSearch: createCallSearch(pool),
    seenNumbers: createSeenNumbers(pool),
    comparisons: createComparisons(pool),
    seenExtensions: createSeenExtensions(pool),
    ledger: createLedger(pool),
    knownClients: createKnownClients(pool, redis),
    liveCalls: createLiveCalls(redis),
    reports: createReports(pool),
    missedClients: createMissedClients(pool),
    clicks: createClicks(pool, redis),
    usedTokens: createUsedTokens(pool),
    widgetPages: createWidgetPages(redis),
    widgetCards: createWidgetCards(redis),
    recordings,
    recordingLinks: createRecordingLinks(pool, secrets),
    recordingListens: createRecordingListens(pool),
    backfills,
    backfillActors: createBackfillActors(temporal, backfills),
    ...{ standings, metrics, monitoringToken: configuration.monitoring.token },
    clickActors: createClickActors(temporal),
    forgettings,
    forgetActors: createForgetActors(temporal, forgettings),
    callActors: createCallActors(temporal, defaultTiming),
    heldBackCalls: createHeldBackCalls(pool),
    makeUp: createMakeUp(temporal),
    accountActors: createAccountActors(temporal, createSettingsChanges(pool, configuration.language)),
    alertDeliveries: createAlertDeliveries(pool),
    alertActors: createAlertActors(temporal),
    tokenActors: createTokenActors(temporal),
    temporal,
    payloadCodec: createPayloadCodec(configuration.temporalPayloadKeys),
    temporalPhones: configuration.temporalPhones,
    routingWithinMs,
    logger,
    ownUrl: configuration.amocrmBaseUrl,
    ownAccess: ownAccessOf(configuration),
    ownWidget: ownWidgetOf(configuration, accountId),
    publicUrl: configuration.publicUrl,
    trustedProxies: configuration.trustedProxies,
    temporalUi: temporalUiOf(configuration),
    ownPbxId: configuration.pbxDatabaseUrl === undefined ? undefined : configuration.pbxId,
    seed,
  };
  const app = await createApi(tools);
  inspection.needs(needs);
  const endSweep = sweepRecordings(tools);
  const address = await app.listen({ host: configuration.apiHost, port: configuration.apiPort });
  logger.info({ address, publicUrl: configuration.publicUrl }, 'listening');
  ready();
  if (!stopping.aborted) await once(stopping, 'abort');
  endSweep();
  await app.close();
  recordings.close();
}

function ownAccessOf({ amocrmAccessToken, amocrmIntegration }: Configuration): ApiTools['ownAccess'] {
  if (amocrmAccessToken !== undefined) return 'token';
  return amocrmIntegration && 'integration';
}

function ownWidgetOf({ amocrmWidget }: Configuration, accountId: string | undefined): ApiTools['ownWidget'] {
  return amocrmWidget && accountId !== undefined ? { accountId, integration: amocrmWidget } : undefined;
}

function temporalUiOf({ temporalUiUrl, temporalNamespace }: Configuration): string | undefined {
  return temporalUiUrl && `${temporalUiUrl}/namespaces/${encodeURIComponent(temporalNamespace)}`;
}

await runProcess('api', main);
