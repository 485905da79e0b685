import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { createRecordings } from '../../activities/recordings/index.ts';
import { createSoundCache } from '../../activities/recordings/sound/cache.ts';
import { createConverter } from '../../activities/recordings/sound/convert.ts';
import { createAccountFacts } from '../../activities/store/account-facts.ts';
import { createAccounts } from '../../activities/store/accounts.ts';
import { createAlertDeliveries } from '../../activities/store/alert-deliveries.ts';
import { type Backfill, createBackfills } from '../../activities/store/backfills.ts';
import { createCallSearch } from '../../activities/store/call-search.ts';
import { createCatalogues } from '../../activities/store/catalogues.ts';
import { createComparisons } from '../../activities/store/comparisons.ts';
import { createForgettings } from '../../activities/store/forgettings.ts';
import { createHeldBackCalls } from '../../activities/store/held-back-calls.ts';
import { createJournal } from '../../activities/store/journal.ts';
import { readKeyRing } from '../../activities/store/key-ring.ts';
import { createKnownClients } from '../../activities/store/known-clients.ts';
import { createLedger } from '../../activities/store/ledger.ts';
import { createLiveCalls } from '../../activities/store/live-calls.ts';
import { createMissedClients } from '../../activities/store/missed-clients.ts';
import { openMysql } from '../../activities/store/mysql.ts';
import { createPauses } from '../../activities/store/pauses.ts';
import { createPbxs } from '../../activities/store/pbxs.ts';
import { createPermissions } from '../../activities/store/permissions.ts';
import { createRecordingLinks } from '../../activities/store/recording-links.ts';
import { createRecordingListens } from '../../activities/store/recording-listens.ts';
import { createReports } from '../../activities/store/reports.ts';
import { createSecrets } from '../../activities/store/secrets.ts';
import { createSeenExtensions } from '../../activities/store/seen-extensions.ts';
import { createSeenNumbers } from '../../activities/store/seen-numbers.ts';
import { createSessions } from '../../activities/store/sessions.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createSettingsChanges, type SettingsChange } from '../../activities/store/settings-changes.ts';
import { createUsers } from '../../activities/store/users.ts';
import { createApi } from '../../api/create-api.ts';
import { licenceTools } from '../../api/licence/tools.ts';
import { createApiMetrics } from '../../api/metrics.ts';
import { createStandings } from '../../api/status/standings.ts';
import type { Api, ApiTools } from '../../api/tools.ts';
import type { PermitClaims } from '../../proto/licence/permit.ts';
import type { User, UserDescription } from '../../proto/user.ts';
import { storesAnd } from '../../runtime/monitoring/needs.ts';
import { createPayloadCodec } from '../../runtime/payload-codec.ts';
import { createStoreDatabase, type Database } from './databases.ts';
import { givePermit, newSecretKeys, rootOfTests } from './permits.ts';
import { servers } from './servers.ts';

/** The API on real stores, without a port; of what it asks of Temporal only changes of settings are made, right here. */
export interface TestApi
  extends Pick<
    ApiTools,
    | 'users'
    | 'sessions'
    | 'accounts'
    | 'secrets'
    | 'permissions'
    | 'pbxs'
    | 'pbxStore'
    | 'settingsStore'
    | 'catalogues'
    | 'journal'
    | 'ledger'
    | 'knownClients'
    | 'liveCalls'
    | 'backfills'
    | 'recordingLinks'
  > {
  app: Api;
  tools: ApiTools;
  redis: Redis;
  /** In place of the one for all that there is. */
  permit(changes: Partial<PermitClaims>): Promise<void>;
  /** What it has logged. */
  said: string[];
  database: Database;
  /** From an address of its own: limits on guessing do not add up between tests. */
  visitor(cookie?: string): Visitor;
  /** Somebody who is signed in. */
  person(description: Partial<UserDescription>): Promise<Visitor & { user: User; cookie: string }>;
  close(): Promise<void>;
}

export interface Visitor {
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
  ): Promise<LightMyRequestResponse>;
}

/** Of the environment. */
export const ownAccountId = 'own.amocrm.ru';

/** By which programs read how everything stands. */
export const monitoringToken = 's3cret-of-monitoring';

export const password = 'a password of tests';

/** Longer than of a caller: a machine that runs many tests is slow. */
const routingWithinMs = 1_500;

/**
 * @param ways over which it reaches its stores, from their addresses
 * @param temporalUi where people open the Temporal UI
 */
export async function startTestApi(
  publicUrl = 'http://127.0.0.1:8080',
  ways: Partial<Record<'mysql' | 'redis', (url: string) => Promise<string>>> = {},
  temporalUi?: string,
): Promise<TestApi> {
  const database = await createStoreDatabase();
  const redis = new Redis((await ways.redis?.(servers.redisUrl)) ?? servers.redisUrl);
  const pool = openMysql((await ways.mysql?.(database.url)) ?? database.url);
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  const changes = createSettingsChanges(pool, 'en');
  let turn: Promise<unknown> = Promise.resolve(); // one after another, as the account's actor does
  const secretKeys = newSecretKeys();
  const keys = readKeyRing(secretKeys);
  const secrets = createSecrets(pool, keys);
  const pbxs = createPbxs(pool, secrets);
  const stores = {
    ...{ users: createUsers(pool), sessions: createSessions(pool), accounts: createAccounts(pool) },
    ...{ secrets, permissions: createPermissions(redis, keys), pauses: createPauses(redis) },
    tokenActors: { look: async () => undefined },
    ...{ pbxs, pbxStore: pbxs, settingsStore: createSettingsStore(pool) },
    ...{ catalogues: createCatalogues(pool), alertDeliveries: createAlertDeliveries(pool) },
    knownClients: createKnownClients(pool, redis),
    ...{ journal: createJournal(pool), callSearch: createCallSearch(pool), ledger: createLedger(pool) },
    ...{ liveCalls: createLiveCalls(redis), seenNumbers: createSeenNumbers(pool) },
    ...{ reports: createReports(pool), missedClients: createMissedClients(pool) },
    accountActors: {
      async change(change: SettingsChange) {
        const id = await changes.propose(change);
        const outcome = turn.then(async () => changes.adopt(id, await pbxs.list()));
        turn = outcome.catch(() => undefined);
        return outcome;
      },
    },
    ...{ recordingLinks: createRecordingLinks(pool, secrets), recordingListens: createRecordingListens(pool) },
    recordings: createRecordings({
      ...{ pbxs, converter: createConverter(), complain: say },
      cache: createSoundCache(mkdtempSync(join(servers.stateFolder, 'sounds-')), 10_000_000),
    }),
    heldBackCalls: createHeldBackCalls(pool),
    makeUp: { start: async () => undefined, isUnderWay: async () => false },
    ...{ comparisons: createComparisons(pool), seenExtensions: createSeenExtensions(pool) },
    ...{ backfills: createBackfills(pool), backfillActors: { glimpsed: async (backfill: Backfill) => backfill } },
  };
  const seed: ApiTools['seed'] = { language: 'en', accountId: ownAccountId, employees: undefined };
  const { x: rootKey } = await rootOfTests;
  const ofLicence = {
    ...licenceTools(
      { licensing: { url: undefined, caFile: undefined, rootKey } },
      { ...stores, pool, redis, seed, temporal: undefined as never },
    ),
    licenceActor: { look: async () => undefined },
  };
  await givePermit(pool, redis, secretKeys);
  await ofLicence.licenceOfPbx(undefined);
  const noTemporal = () => Promise.reject(new Error('there is no Temporal'));
  const accountFacts = createAccountFacts({
    ...{ ...stores, pool, redis, seed, logger: console },
    licenceFacts: ofLicence.licenceFacts,
    longLivedToken: undefined,
    askTaskQueues: noTemporal,
  });
  const standings = createStandings({
    ...{ accounts: stores.accounts, accountFacts, pingRedis: () => redis.ping(), askTaskQueues: noTemporal },
    licenceFacts: ofLicence.licenceFacts,
  });
  const tools = {
    ...{
      standings,
      needs: storesAnd(pool, redis, noTemporal),
      metrics: createApiMetrics(new Registry()),
      monitoringToken,
    },
    ...{ ...stores, ...ofLicence, pool, redis, accountFacts, publicUrl, seed, routingWithinMs },
    trustedProxies: ['10.0.0.5'],
    payloadCodec: createPayloadCodec(newSecretKeys()),
    forgettings: createForgettings(pool),
    forgetActors: { begin: createForgettings(pool).ask },
    temporalUi,
    logger: { debug: () => undefined, info: () => undefined, warn: say, error: say },
    ...{ ownUrl: `https://${ownAccountId}`, ownAccess: 'integration' },
  } as unknown as ApiTools;
  const app = await createApi(tools);
  await app.ready();
  const visitor = (cookie?: string): Visitor => {
    const remoteAddress = `2001:db8::${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}`;
    return {
      send: (method, url, body) =>
        app.inject({
          ...{ method, url, remoteAddress },
          headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) },
          ...(body !== undefined && { payload: body as object }),
        }),
    };
  };
  return {
    ...{ ...stores, app, redis, said, database, visitor, tools },
    permit: (changes) => givePermit(pool, redis, secretKeys, changes),
    async person(description) {
      const login = `${randomUUID()}@firm.example`;
      const whole = { login, name: 'Somebody', role: 'admin' as const, extensions: [], accounts: null, ...description };
      const user = (await stores.users.add(whole)) as User;
      await stores.users.choosePassword(await stores.users.issueLink(user.id), password);
      const cookie = `ringflow_session=${await stores.sessions.begin(user.id, '::1', 'tests')}`;
      return { ...visitor(cookie), user, cookie };
    },
    async close() {
      await app.close();
      redis.disconnect();
      await pool.end();
      await database.drop();
    },
  };
}
