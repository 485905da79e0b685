import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { Redis } from 'ioredis';
import { createAccounts } from '../../activities/store/accounts.ts';
import { createCallSearch } from '../../activities/store/call-search.ts';
import { createCatalogues } from '../../activities/store/catalogues.ts';
import { createComparisons } from '../../activities/store/comparisons.ts';
import { createJournal } from '../../activities/store/journal.ts';
import { createLedger } from '../../activities/store/ledger.ts';
import { openMysql } from '../../activities/store/mysql.ts';
import { createPbxs } from '../../activities/store/pbxs.ts';
import type { Secrets } from '../../activities/store/secrets.ts';
import { createSeenExtensions } from '../../activities/store/seen-extensions.ts';
import { createSessions } from '../../activities/store/sessions.ts';
import { createSettingsStore } from '../../activities/store/settings.ts';
import { createUsers } from '../../activities/store/users.ts';
import { createApi } from '../../api/create-api.ts';
import type { Api, ApiTools } from '../../api/tools.ts';
import type { User, UserDescription } from '../../proto/user.ts';
import { createStoreDatabase, type Database } from './databases.ts';
import { servers } from './servers.ts';

/** The API on real stores, without a port; nothing that it asks of Temporal is there. */
export interface TestApi
  extends Pick<ApiTools, 'users' | 'sessions' | 'accounts' | 'pbxs' | 'settingsStore' | 'journal' | 'ledger'> {
  app: Api;
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

export const password = 'a password of tests';

export async function startTestApi(publicUrl = 'http://127.0.0.1:8080'): Promise<TestApi> {
  const database = await createStoreDatabase();
  const redis = new Redis(servers.redisUrl);
  const pool = openMysql(database.url);
  const stores = {
    ...{ users: createUsers(pool), sessions: createSessions(pool), accounts: createAccounts(pool) },
    ...{ pbxs: createPbxs(pool, {} as Secrets), settingsStore: createSettingsStore(pool) },
    catalogues: createCatalogues(pool),
    ...{ journal: createJournal(pool), callSearch: createCallSearch(pool), ledger: createLedger(pool) },
    ...{ comparisons: createComparisons(pool), seenExtensions: createSeenExtensions(pool) },
  };
  const app = await createApi({ ...stores, pool, redis, publicUrl, language: 'en' } as unknown as ApiTools);
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
    ...{ ...stores, app, database, visitor },
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
