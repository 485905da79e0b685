import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { fixedAccess } from '../../activities/amocrm/access.ts';
import { createRequestBudget } from '../../activities/amocrm/budget.ts';
import { type AmocrmClient, createAmocrmClient } from '../../activities/amocrm/client.ts';
import { createClientBook } from '../../activities/amocrm/client-book.ts';
import type { AmocrmDependencies, BrakeLimit } from '../../activities/amocrm/dependencies.ts';
import { AmocrmError } from '../../activities/amocrm/errors.ts';
import { type ClientKeeping, createClientKeeping } from '../../activities/amocrm/follow-clients.ts';
import { createGathering } from '../../activities/amocrm/gathering/index.ts';
import { type AmocrmActivities, createAmocrmActivities } from '../../activities/amocrm/index.ts';
import { createRequestLimiter } from '../../activities/amocrm/limiter.ts';
import { createChangeFeed } from '../../activities/amocrm/webhook-subscription.ts';
import { createBrake } from '../../activities/store/brake.ts';
import { createCatalogues } from '../../activities/store/catalogues.ts';
import { createClosedLeads } from '../../activities/store/closed-leads.ts';
import { createFollowedClients } from '../../activities/store/followed-clients.ts';
import { createKnownClients } from '../../activities/store/known-clients.ts';
import { createLedger } from '../../activities/store/ledger.ts';
import { createOthersNotes } from '../../activities/store/others-notes.ts';
import { createRefusedWebhooks } from '../../activities/store/refused-webhooks.ts';
import { createShownCards } from '../../activities/store/shown-cards.ts';
import { createWidgetCards, type WidgetCards } from '../../activities/store/widget-cards.ts';
import { createWidgetPages, type WidgetPages } from '../../activities/store/widget-pages.ts';
import type { Client } from '../../proto/client.ts';
import type { CreateContact, RegisterCall } from '../../proto/crm-action.ts';
import { tapInto, type Wiretap } from '../../sandbox/amocrm/testing/wiretap.ts';
import { type Amocrm, startAmocrm } from './amocrm.ts';
import { createStoreDatabase, type Database } from './databases.ts';
import { servers } from './servers.ts';

/** The activities for amoCRM on real stores, with an amoCRM of its own for each test. */
export interface AmocrmWorkshop {
  accountId: string;
  amocrm: Amocrm;
  activities: AmocrmActivities;
  /** Our widget's pages and cards, as the API knows them. */
  widgetPages: WidgetPages;
  widgetCards: WidgetCards;
  /** What the brake has told. */
  alarms: string[];
  /** The PBXs that there are now. */
  pbxIds: string[];
  /** With a contact for whoever has none. */
  createContact(phone: string, limit?: BrakeLimit): Promise<Client>;
  register(call: RegisterCall): ReturnType<AmocrmActivities['registerCall']>;
  /** The same activities with another token. @param url where amoCRM is asked */
  useToken(accessToken: string, url?: string): void;
  /** While the next such request, `POST /api/v4/leads`, is on its way to amoCRM something happens there; so of those after it. */
  happensDuring(request: string, ...events: (() => Promise<unknown>)[]): Promise<void>;
  /** What keeps the account's clients known. @param address where amoCRM is to tell what changes */
  keepingAt(address: string): ClientKeeping;
  /** Tries until it succeeds, as Temporal does, but lets time pass at once. */
  insist<T>(attempt: () => Promise<T>): Promise<T>;
  /** Our database is new and empty; calls of the past are brought from now on. */
  loseDatabase(): Promise<void>;
  /** As long as time passes: nothing that was heard of clients is believed any more. */
  forgetClients(): Promise<void>;
}

/** To be called at the head of a test file. */
export function setUpAmocrmWorkshop(): AmocrmWorkshop {
  let database: Database;
  let redis: Redis;
  let budgetId: string;
  let client: AmocrmClient;
  let tap: Wiretap | undefined;
  let ledgerOptions: Parameters<typeof createLedger>[1];
  /** What goes on though its activity is over, of each set of activities. */
  const tries: AmocrmDependencies['triesUnderWay'][] = [];
  const newTries = () => {
    const own: AmocrmDependencies['triesUnderWay'] = new Map();
    tries.push(own);
    return own;
  };
  const workshop = {
    register: (call) => workshop.activities.registerCall({ accountId: workshop.accountId, key: call.uniq, call }),
    async createContact(phone, limit) {
      const request = { accountId: workshop.accountId, contact: contactOf(phone), ...(limit && { limit }) };
      return (await workshop.activities.createContact(request)) as Client;
    },
    useToken(accessToken, url = workshop.amocrm.url) {
      budgetId = randomUUID();
      const budget = createRequestBudget(redis, { integration: 'token', accountId: budgetId });
      const access = fixedAccess({ baseUrl: url, token: accessToken });
      const entrance = { access, limiter: createRequestLimiter(budget, 'cards') };
      client = createAmocrmClient(entrance);
      const gathering = createGathering({ cards: entrance, others: entrance, pbxIds: async () => workshop.pbxIds });
      const closedLeadsOf = createClosedLeads(redis);
      workshop.activities = createAmocrmActivities({
        clientOf: () => client,
        gatheringOf: () => gathering,
        closedLeadsOf,
        catalogues: createCatalogues(database.pool),
        ledger: createLedger(database.pool, ledgerOptions),
        othersNotes: createOthersNotes(database.pool),
        shownCards: createShownCards(redis),
        triesUnderWay: newTries(),
        widgetPages: workshop.widgetPages,
        widgetCards: workshop.widgetCards,
        book: createClientBook(createKnownClients(database.pool, redis), () => client, closedLeadsOf),
        recordingLinkOf: async (_, { linkedid }) => `https://ringflow.example/recordings/${linkedid}`,
        brake: createBrake(redis, (message) => workshop.alarms.push(message)),
        noteCard: async () => undefined,
        hasTalkedSince: async () => false,
      });
    },
    async happensDuring(request, ...events) {
      tap = await tapInto(workshop.amocrm.url, async ({ method, url }) => {
        if (`${method} ${url.split('?')[0]}` === request) await events.shift()?.();
      });
      workshop.useToken(workshop.amocrm.token, tap.url);
    },
    keepingAt(address) {
      const feed = createChangeFeed(async () => address, createRefusedWebhooks(redis));
      const known = createKnownClients(database.pool, redis);
      return createClientKeeping(() => client, known, createFollowedClients(database.pool), feed);
    },
    async insist(attempt) {
      for (;;) {
        try {
          return await attempt();
        } catch (error) {
          if ((error as { isHopeless?: boolean }).isHopeless !== false) throw error;
          await database.pool.query(
            'UPDATE side_effects SET deadline_at = UTC_TIMESTAMP(3), shows_by = UTC_TIMESTAMP(3)',
          );
          await redis.del(`ringflow:budget:token:${budgetId}:pause`);
        }
      }
    },
    async loseDatabase() {
      await database.pool.query('DELETE FROM side_effects');
      await workshop.forgetClients();
      ledgerOptions = { looksBeforeBeginning: true };
      workshop.useToken(workshop.amocrm.token);
    },
    async forgetClients() {
      const keys = await redis.keys(`ringflow:clients:${workshop.accountId}:*`);
      if (keys.length > 0) await redis.del(keys);
      await database.pool.query('DELETE FROM known_clients');
    },
  } as AmocrmWorkshop;

  beforeAll(async () => {
    redis = new Redis(servers.redisUrl);
    workshop.widgetPages = createWidgetPages(redis);
    workshop.widgetCards = createWidgetCards(redis);
    database = await createStoreDatabase();
  });
  beforeEach(async () => {
    workshop.amocrm = await startAmocrm();
    workshop.alarms = [];
    workshop.pbxIds = [];
    workshop.accountId = randomUUID();
    ledgerOptions = {};
    workshop.useToken(workshop.amocrm.token);
  });
  afterEach(async () => {
    await Promise.allSettled(tries.splice(0).flatMap((own) => [...own.values()])); // as a worker that stops does
    await tap?.close();
    tap = undefined;
    await workshop.amocrm.close();
  });
  afterAll(async () => {
    await redis.quit();
    await database.drop();
  });
  return workshop;
}

/** Tries as long as another attempt is under way, which will end by itself. */
export async function waitFor<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AmocrmError && error.code === 'RequestUnderWay')) throw error;
      await sleep(error.retryAfterMs);
    }
  }
}

/** Of a client of the stand-in, and of nobody. */
export const knownPhone = '79161234567';
export const strangerPhone = () => `7903${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;

export function callOf(phone: string, changes: Partial<RegisterCall> = {}): RegisterCall {
  return {
    kind: 'register-call',
    effect: 'call',
    direction: 'inbound',
    phone,
    durationSeconds: 42,
    callStatus: 4,
    callResult: 'Answered',
    uniq: randomUUID(),
    responsible: 504141,
    startedAtSeconds: 1_795_417_935,
    attachTo: 'as-amocrm',
    ...changes,
  };
}

export const contactOf = (phone: string): CreateContact => ({ kind: 'create-contact', phone, name: `+${phone}` });
