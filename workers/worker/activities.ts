import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import type { Logger } from 'pino';
import { createActorActivities } from '../../activities/actors/index.ts';
import { createAlertActivities } from '../../activities/alerts/index.ts';
import { accountAccess, fixedAccess } from '../../activities/amocrm/access.ts';
import { createRequestBudget } from '../../activities/amocrm/budget.ts';
import { createClientBook } from '../../activities/amocrm/client-book.ts';
import { createClientKeeping } from '../../activities/amocrm/follow-clients.ts';
import { createAmocrmActivities } from '../../activities/amocrm/index.ts';
import { createRequestLimiter } from '../../activities/amocrm/limiter.ts';
import { createTaskQuestions } from '../../activities/amocrm/tasks.ts';
import { createTokenActivities } from '../../activities/amocrm/token.ts';
import { toldAccess } from '../../activities/amocrm/told-access.ts';
import { createChangeFeed } from '../../activities/amocrm/webhook-subscription.ts';
import type { LinkStanding } from '../../activities/asterisk/check/pbx.ts';
import { createAsteriskActivities } from '../../activities/asterisk/index.ts';
import { createHookActivities } from '../../activities/hooks/index.ts';
import { createLicensingActivities } from '../../activities/licensing/index.ts';
import { createMakeUpActivities } from '../../activities/make-up/index.ts';
import { createAccountFacts } from '../../activities/store/account-facts.ts';
import type { Accounts } from '../../activities/store/accounts.ts';
import { createAlertDeliveries } from '../../activities/store/alert-deliveries.ts';
import { createBackfillActivities } from '../../activities/store/backfill-activities.ts';
import { createBackfills } from '../../activities/store/backfills.ts';
import { createBrake } from '../../activities/store/brake.ts';
import { createCallingCase } from '../../activities/store/calling-case.ts';
import { createCatalogues } from '../../activities/store/catalogues.ts';
import { createClickActivities } from '../../activities/store/click-activities.ts';
import { createClicks } from '../../activities/store/clicks.ts';
import { createClosedLeads } from '../../activities/store/closed-leads.ts';
import { createFollowedClients } from '../../activities/store/followed-clients.ts';
import { createForgetActivities, type Histories } from '../../activities/store/forget-activities.ts';
import { createHeldBackCalls } from '../../activities/store/held-back-calls.ts';
import { createStoreActivities } from '../../activities/store/index.ts';
import { createJournal } from '../../activities/store/journal.ts';
import type { KeyRing } from '../../activities/store/key-ring.ts';
import { createKnownClients } from '../../activities/store/known-clients.ts';
import { createLedger } from '../../activities/store/ledger.ts';
import { createLicenceFacts } from '../../activities/store/licence/facts.ts';
import { createLicenceOfCall, createLicenceOfPbx } from '../../activities/store/licence/of-call.ts';
import type { LiveCalls } from '../../activities/store/live-calls.ts';
import { createOthersNotes } from '../../activities/store/others-notes.ts';
import { longLivedIntegration } from '../../activities/store/pauses.ts';
import type { KnownPbxs } from '../../activities/store/pbxs.ts';
import { createPeople } from '../../activities/store/people.ts';
import { createPermissions } from '../../activities/store/permissions.ts';
import { createReadings } from '../../activities/store/readings.ts';
import { createRecordingLinks } from '../../activities/store/recording-links.ts';
import { createRefusedWebhooks } from '../../activities/store/refused-webhooks.ts';
import type { Secrets } from '../../activities/store/secrets.ts';
import { createSeenExtensions } from '../../activities/store/seen-extensions.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createSettingsChanges } from '../../activities/store/settings-changes.ts';
import { createShownCards } from '../../activities/store/shown-cards.ts';
import { webhookAddress } from '../../activities/store/webhook-address.ts';
import { createWidgetCards } from '../../activities/store/widget-cards.ts';
import { createWidgetPages } from '../../activities/store/widget-pages.ts';
import { defaultExtensionPattern } from '../../proto/default-pbx.ts';
import type { TemporalFacts } from '../../proto/state/facts.ts';
import type { CallActors } from '../../runtime/call-actors.ts';
import type { Configuration } from '../../runtime/configuration/configuration.ts';
import type { About } from '../../runtime/monitoring/logger.ts';
import { onceForEach } from '../../runtime/once-for-each.ts';
import { createRecordingUrls } from '../../runtime/recording-url.ts';
import type { TokenActors } from '../../runtime/token-actors.ts';
import { createAmocrmClients } from './amocrm-clients.ts';
import { createCallSettings } from './call-settings.ts';
import { createEmployeeDirectory } from './employees.ts';
import type { AmocrmEars } from './hear-amocrm.ts';
import type { LicensingTools } from './licensing.ts';
import { createPbxTables, surroundingsOf } from './pbx-tables.ts';
import { takeUpHeldBack } from './take-up-held-back.ts';

interface OwnStores {
  /** What has to do with the licence. */
  licensing: LicensingTools;
  pool: Pool;
  redis: Redis;
  live: LiveCalls;
  accounts: Accounts;
  secrets: Secrets;
  keys: KeyRing;
  pbxs: KnownPbxs;
}

export type Activities = ReturnType<typeof createActivities>;

/**
 * Everything that the workflows ask of the outside world, and of our own store.
 *
 * @param ownAccountId of the account that the environment names; undefined if it names none
 * @param temporal what is asked of it: what waits there and who asks for it, whether a workflow works now, and that histories go
 */
export function createActivities(
  configuration: Configuration,
  { pool, redis, live, keys, accounts, secrets, pbxs, licensing }: OwnStores,
  ownAccountId: string | undefined,
  { tokenActors, callActors }: { tokenActors: TokenActors; callActors: CallActors },
  temporal: {
    askTaskQueues(): Promise<TemporalFacts>;
    isRunning(workflowId: string): Promise<boolean>;
    histories: Histories;
  },
  ears: AmocrmEars,
  logger: Logger,
) {
  const { employees, language, temporalPhones } = configuration;
  const { amocrmAccessToken: token, amocrmBaseUrl: baseUrl } = configuration;
  const { clientOf, gatheringOf, quietClientOf, quietGatheringOf } = createAmocrmClients(
    redis,
    async (accountId) => (await accounts.find(accountId))?.clientId ?? longLivedIntegration,
    (accountId) =>
      token !== undefined && baseUrl !== undefined && accountId === ownAccountId
        ? toldAccess(fixedAccess({ baseUrl, token }), (reason) =>
            accounts.enter(accountId, reason === '' ? 'connected' : 'reconnect-needed', reason),
          )
        : accountAccess(accountId, accounts, secrets, tokenActors.refresh),
    pbxs,
    ears,
  );
  const catalogues = createCatalogues(pool);
  const directoryOf = onceForEach((accountId) =>
    createEmployeeDirectory(
      clientOf(accountId),
      catalogues,
      accountId,
      defaultExtensionPattern,
      logger.child({ account: accountId } satisfies About),
    ),
  );
  const settings = createSettingsStore(pool);
  const seed = { language, accountId: ownAccountId, employees };
  const peopleOf = createPeople(settings, catalogues, seed);
  const licenceOf = createLicenceOfCall(createLicenceOfPbx(licensing.licence, pbxs), licensing.seats);
  const readSettings = createCallSettings(seed, pbxs, settings, directoryOf, licenceOf, temporalPhones);
  const journal = createJournal(pool);
  const othersNotes = createOthersNotes(pool);
  const known = createKnownClients(pool, redis);
  const addressOf = (accountId: string) => webhookAddress(secrets, configuration.webhooksUrl, accountId);
  const feed = createChangeFeed(addressOf, createRefusedWebhooks(redis));
  const closedLeadsOf = createClosedLeads(redis);
  const amocrm = {
    clientOf,
    gatheringOf,
    closedLeadsOf,
    ledger: createLedger(pool),
    othersNotes,
    catalogues,
    shownCards: createShownCards(redis),
    triesUnderWay: new Map<string, Promise<unknown>>(),
    widgetPages: createWidgetPages(redis),
    widgetCards: createWidgetCards(redis),
    book: createClientBook(known, clientOf, closedLeadsOf),
    brake: createBrake(redis, (message) => logger.error(message)),
    recordingLinkOf: createRecordingUrls({
      ...{ links: createRecordingLinks(pool, secrets), pbxs, settings },
      reachableUrl: configuration.webhooksUrl,
    }),
    noteCard: accounts.noteCard,
    hasTalkedSince: async (accountId: string, phone: string, sinceMs: number) => {
      const own = (await pbxs.list()).filter((pbx) => pbx.accountId === accountId);
      return journal.hasTalkedSince(
        own.map(({ id }) => id),
        phone,
        sinceMs,
      );
    },
  };
  const unhurried = {
    ...amocrm,
    ledger: createLedger(pool, { looksBeforeBeginning: configuration.isDatabaseLost }),
    ...{ clientOf: quietClientOf, gatheringOf: quietGatheringOf },
    book: createClientBook(known, quietClientOf, closedLeadsOf),
  };
  const changes = createSettingsChanges(pool, language);
  const adoptSettings = async (changeId: string) => changes.adopt(changeId, await pbxs.list());
  const facts = createAccountFacts({
    ...{ pool, redis, accounts, pbxs, settingsStore: settings, catalogues, secrets, logger },
    ...{ longLivedToken: token, askTaskQueues: temporal.askTaskQueues },
    seed: { accountId: ownAccountId, employees },
    licenceFacts: createLicenceFacts(licensing.licence, licensing.seats, pbxs, licensing.client !== undefined),
  });
  const hooksOf = async (account: string) => (await settings.latest(account))?.settings.hooks ?? [];
  return {
    calls: {
      ...createStoreActivities(journal, settings, adoptSettings, known, readSettings, live),
      ...createClickActivities(
        createClicks(pool, redis),
        createCallingCase(pbxs, settings, peopleOf, createSeenExtensions(pool), licenceOf),
        createReadings(redis),
      ),
      ...createTokenActivities({
        accounts,
        secrets,
        permissions: createPermissions(redis, keys),
        integration: configuration.amocrmIntegration,
        ownUrl: baseUrl,
        // nothing goes on without a token
        limiterOf: (key) => createRequestLimiter(createRequestBudget(redis, key), 'cards'),
        hearOf: (accountId) => ears.hearOf(accountId, 'cards'),
      }),
      ...createActorActivities(callActors.running),
      ...createTaskQuestions(amocrm.ledger),
      ...createAsteriskActivities(
        createPbxTables(pbxs),
        (pbxId) => surroundingsOf(pbxs, pbxId, linkStanding(configuration)),
        journal.toldWith,
      ),
      ...createBackfillActivities({ backfills: createBackfills(pool), journal, othersNotes }, temporal.isRunning),
      ...createForgetActivities(pool, redis, pbxs, temporal.histories),
      ...createHookActivities(hooksOf),
      ...createLicensingActivities(licensing),
      ...createMakeUpActivities({
        ...{ heldBackCalls: createHeldBackCalls(pool), pbxs },
        takeUp: takeUpHeldBack(journal, callActors, readSettings),
      }),
      ...createAlertActivities({
        ...{ facts, settings, secrets, language, ledger: amocrm.ledger, deliveries: createAlertDeliveries(pool) },
        ...{ publicUrl: configuration.publicUrl, telegramApiUrl: configuration.telegramApiUrl },
      }),
    },
    amocrm: {
      ...createAmocrmActivities(amocrm),
      ...createClientKeeping(quietClientOf, known, createFollowedClients(pool), feed),
    },
    /** The same for calls of the past, in the lane of what has time. */
    backfill: createAmocrmActivities(unhurried),
    /** What goes on though its activity is over: to be waited for by whoever ends the process. */
    underWay: () => Promise.allSettled(amocrm.triesUnderWay.values()),
  };
}

function linkStanding({ webhooksUrl, secretKeys }: Configuration): LinkStanding {
  if (webhooksUrl === undefined) return 'no-public-address';
  return secretKeys === '' ? 'no-keys' : 'fine';
}
