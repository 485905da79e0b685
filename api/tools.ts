import type { Client } from '@temporalio/client';
import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import type { Logger } from 'pino';
import type { Accounts } from '../activities/store/accounts.ts';
import type { Permissions } from '../activities/store/permissions.ts';
import type { Secrets } from '../activities/store/secrets.ts';
import type { TokenActors } from '../runtime/token-actors.ts';

/** What the routes share. */
export interface ApiTools {
  pool: Pool;
  redis: Redis;
  accounts: Accounts;
  secrets: Secrets;
  permissions: Permissions;
  tokenActors: TokenActors;
  temporal: Client;
  logger: Logger;
  /** The amoCRM address of the environment: a stand-in lives at no host of amoCRM. */
  ownUrl: string;
}
