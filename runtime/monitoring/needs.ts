import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import type { Needs } from './inspection.ts';

/** What no process of Ringflow works without. */
export const storesAnd = (pool: Pool, redis: Redis, askTemporal: () => Promise<unknown>): Needs => ({
  mysql: () => pool.query('SELECT 1'),
  redis: () => redis.ping(),
  temporal: askTemporal,
});
