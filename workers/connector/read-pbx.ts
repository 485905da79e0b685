import type { Client } from '@temporalio/client';
import type { Redis } from 'ioredis';
import type { Pool } from 'mysql2/promise';
import type { Logger } from 'pino';
import { openCelTable } from '../../activities/asterisk/cel-table.ts';
import { openPbxDatabase } from '../../activities/asterisk/pbx-database.ts';
import { createJournal } from '../../activities/store/journal.ts';
import { createLosses } from '../../activities/store/losses.ts';
import type { Pbx } from '../../activities/store/pbxs.ts';
import { createReadings } from '../../activities/store/readings.ts';
import { defaultPbx } from '../../proto/default-pbx.ts';
import type { PhonesShown } from '../../proto/phone.ts';
import type { About } from '../../runtime/monitoring/logger.ts';
import type { Tracing } from '../../runtime/monitoring/tracing.ts';
import { sayOnce } from '../../runtime/say-once.ts';
import { defaultTiming } from '../../workflows/call/contract.ts';
import { CelWitness } from './cel-witness.ts';
import { ClockWitness } from './clock-witness.ts';
import { keepReading } from './connect.ts';
import { createCursorStore } from './cursor-store.ts';
import { createDelivery, type Delivery } from './deliver.ts';
import { whileLeaseHeld } from './hold-lease.ts';
import { Lease } from './lease.ts';
import type { ConnectorMetrics } from './metrics.ts';
import { Pace } from './pace.ts';
import type { ServePbx } from './pbx-workers.ts';
import type { PbxAccess } from './readings.ts';
import { createReadingReport } from './report.ts';
import { seeTemporal } from './see-temporal.ts';
import { serveAmi } from './serve-ami.ts';
import { CelTail, type TailReport } from './tail.ts';

export interface ReadingTools {
  redis: Redis;
  store: Pool;
  temporal: Client;
  servePbx: ServePbx;
  metrics: ConnectorMetrics;
  tracing: Tracing | undefined;
  /** How many PBXs this process reads now. */
  pbxsRead(): number;
  /** To whoever looks into Temporal. */
  phones: PhonesShown;
}

/** With each batch the trace of a call begins, or goes on. */
function traced(tracing: Tracing | undefined, about: About, delivery: Delivery): Delivery {
  if (!tracing) return delivery;
  const deliver: Delivery['deliver'] = (batch, databaseNowMs) =>
    tracing.within('bring CEL rows', { ...about, linkedid: batch.linkedid }, () =>
      delivery.deliver(batch, databaseNowMs),
    );
  return { ...delivery, deliver };
}

/**
 * Brings the rows of one PBX to the actors of their calls, and does through its AMI what workflows ask for, until
 * `stopping` is aborted; both only while its lease is held.
 *
 * @param onReading called whenever reading has begun
 */
export async function readPbx(
  { redis, store, temporal, servePbx, metrics, tracing, pbxsRead, phones }: ReadingTools,
  { id, timezone, celTable, accountId }: Pbx,
  { databaseUrl, ami }: PbxAccess,
  logger: Logger,
  stopping: AbortSignal,
  onReading: () => void,
): Promise<void> {
  const pool = openPbxDatabase(databaseUrl);
  const pbx = defaultPbx(id, timezone);
  const cursors = createCursorStore(
    redis,
    store,
    id,
    sayOnce((message) => logger.warn(message)),
  );
  const lease = new Lease(redis, id);
  const readings = createReadings(redis);
  const report = createReadingReport(readings, id);
  const endMetrics = metrics.follow({ id, accountId }, report);
  const work = async (held: AbortSignal): Promise<void> => {
    const [before] = await readings.of([id]);
    const witness = new CelWitness(ami === undefined ? null : (before?.celMissingSinceMs ?? null), report.celMissing);
    const clock = new ClockWitness(before?.clockBehindMs ?? null, report.clockBehind);
    const pace = new Pace(pbxsRead);
    const told: TailReport = {
      begun: report.begun,
      looked(untilMs, isWhole) {
        report.looked(untilMs);
        if (isWhole) witness.readWhole(untilMs);
      },
      rowsCame(rows) {
        report.rowsCame();
        pace.rowsCame();
        witness.rowsRead(rows, Date.now());
      },
      rowsAppeared: (rows, atMs) => clock.rowsAppeared(rows, atMs),
    };
    const readTable = async (stop: AbortSignal, onFirstPage: () => void): Promise<void> => {
      const table = await openCelTable(pool, celTable);
      const losses = createLosses(store);
      const seen = await seeTemporal(temporal, losses);
      const restoredAtMs = (await losses.latest())?.restoredAtMs;
      const toActors = createDelivery(temporal, createJournal(store), pbx, defaultTiming, phones, logger, restoredAtMs);
      const delivery = metrics.counted({ id, accountId }, traced(tracing, { account: accountId, pbx: id }, toActors));
      const parts = { table, cursors, lease, delivery, report: told, pbx, logger, pace, temporal: seen };
      await new CelTail(parts).run(stop, onFirstPage);
    };
    await Promise.all([
      keepReading(readTable, report, logger, held, onReading),
      serveAmi(id, ami, servePbx, { report, witness, pace, logger }, held),
    ]);
  };
  await whileLeaseHeld(lease, work, report, logger, stopping).finally(() => {
    report.close();
    endMetrics();
  });
  void pool.end().catch(() => undefined); // nobody waits for a PBX that is silent
}
