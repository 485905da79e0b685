import type { Client } from '@temporalio/client';
import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import type { Logger } from 'pino';
import { openCelTable } from '../../activities/asterisk/cel-table.ts';
import { openPbxDatabase } from '../../activities/asterisk/pbx-database.ts';
import { createJournal } from '../../activities/store/journal.ts';
import type { Pbx } from '../../activities/store/pbxs.ts';
import { createReadings } from '../../activities/store/readings.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import { sayOnce } from '../../runtime/say-once.ts';
import { defaultTiming } from '../../workflows/call/contract.ts';
import { keepReading } from './connect.ts';
import { createCursorStore } from './cursor-store.ts';
import { createDelivery } from './deliver.ts';
import { Lease } from './lease.ts';
import { createReadingReport } from './report.ts';
import { CelTail } from './tail.ts';

const pollMs = 40;

export interface ReadingTools {
  redis: Redis;
  store: Pool;
  temporal: Client;
}

/**
 * Brings the rows of one PBX to the actors of their calls until `stopping` is aborted.
 *
 * @param onReading called whenever reading has begun
 */
export async function readPbx(
  { redis, store, temporal }: ReadingTools,
  { id, timezone, celTable }: Pbx,
  databaseUrl: string,
  logger: Logger,
  stopping: AbortSignal,
  onReading: () => void,
): Promise<void> {
  const pool = openPbxDatabase(databaseUrl);
  const pbx = defaultPbx(id, timezone);
  const delivery = createDelivery(temporal, createJournal(store), pbx, defaultTiming, logger);
  const cursors = createCursorStore(
    redis,
    store,
    id,
    sayOnce((message) => logger.warn(message)),
  );
  const lease = new Lease(redis, id);
  const report = createReadingReport(createReadings(redis), id);
  const readTable = async (stop: AbortSignal, onFirstPage: () => void): Promise<void> => {
    const table = await openCelTable(pool, celTable);
    await new CelTail({ table, cursors, lease, delivery, report, pbx, logger, pollMs }).run(stop, onFirstPage);
  };
  await keepReading(lease, readTable, report, logger, stopping, onReading).finally(report.close);
  await lease.release().catch(() => undefined); // it expires by itself
  void pool.end().catch(() => undefined); // nobody waits for a PBX that is silent
}
