import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Client } from '@temporalio/client';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import type { Logger } from 'pino';
import type { Accounts } from '../activities/store/accounts.ts';
import type { CallSearch } from '../activities/store/call-search.ts';
import type { Catalogues } from '../activities/store/catalogues.ts';
import type { Comparisons } from '../activities/store/comparisons.ts';
import type { Journal } from '../activities/store/journal.ts';
import type { Ledger } from '../activities/store/ledger.ts';
import type { KnownPbxs, Pbxs } from '../activities/store/pbxs.ts';
import type { Permissions } from '../activities/store/permissions.ts';
import type { Secrets } from '../activities/store/secrets.ts';
import type { SeenExtensions } from '../activities/store/seen-extensions.ts';
import type { Sessions } from '../activities/store/sessions.ts';
import type { SettingsStore } from '../activities/store/settings.ts';
import type { Users } from '../activities/store/users.ts';
import type { AccountActors } from '../runtime/account-actors.ts';
import type { CallActors } from '../runtime/call-actors.ts';
import type { TokenActors } from '../runtime/token-actors.ts';
import type { Language } from './words.ts';

/** Fastify whose routes have the types of their schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What the routes share. */
export interface ApiTools {
  pool: Pool;
  redis: Redis;
  accounts: Accounts;
  secrets: Secrets;
  /** With that of the environment. */
  pbxs: KnownPbxs;
  /** Those that are kept, to change them. */
  pbxStore: Pbxs;
  permissions: Permissions;
  users: Users;
  sessions: Sessions;
  settingsStore: SettingsStore;
  catalogues: Catalogues;
  journal: Journal;
  callSearch: CallSearch;
  comparisons: Comparisons;
  seenExtensions: SeenExtensions;
  ledger: Ledger;
  accountActors: AccountActors;
  callActors: CallActors;
  tokenActors: TokenActors;
  temporal: Client;
  logger: Logger;
  /** The amoCRM address of the environment: a stand-in lives at no host of amoCRM. */
  ownUrl: string;
  /** Where browsers reach the API, without a final slash. */
  publicUrl: string;
  /** Where the Temporal UI shows our namespace, without a final slash; undefined: nobody has said where it is. */
  temporalUi: string | undefined;
  /** That of the environment, which says itself what it is. */
  ownPbxId: string;
  /** Of an account for which nothing was ever set. */
  language: Language;
}
