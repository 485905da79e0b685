import { Client, Connection } from '@temporalio/client';
import { openCelTable } from '../activities/asterisk/cel-table.ts';
import { openPbxDatabase } from '../activities/asterisk/pbx-database.ts';
import { createJournal } from '../activities/store/journal.ts';
import { openMysql } from '../activities/store/mysql.ts';
import { openRedis } from '../activities/store/redis.ts';
import { defaultPbx } from '../proto/default-pbx.ts';
import { type ProcessLife, runProcess } from '../runtime/process.ts';
import { sayOnce } from '../runtime/say-once.ts';
import { connectTemporal } from '../runtime/temporal.ts';
import { defaultTiming } from '../workflows/call/contract.ts';
import { keepReading } from './connector/connect.ts';
import { createCursorStore } from './connector/cursor-store.ts';
import { createDelivery } from './connector/deliver.ts';
import { Lease } from './connector/lease.ts';
import { CelTail } from './connector/tail.ts';

/** The process that reads one PBX's CEL table and brings its rows to the call actors. */

const pollMs = 40;

async function main({ configuration, logger, stopping, ready }: ProcessLife): Promise<void> {
  const { pbxId, timezone, celTable } = configuration;
  const redis = openRedis(
    configuration.redisUrl,
    sayOnce((message) => logger.warn(message)),
  );
  const store = openMysql(configuration.mysqlUrl);
  const pbxPool = openPbxDatabase(configuration.pbxDatabaseUrl);
  const connect = (address: string) => Connection.connect({ address });
  const connection = await connectTemporal(configuration, connect, logger, stopping);
  const client = new Client({ connection, namespace: configuration.temporalNamespace });
  const pbx = defaultPbx(pbxId, timezone);
  const delivery = createDelivery(client, createJournal(store), pbx, defaultTiming, logger);
  const cursors = createCursorStore(
    redis,
    store,
    pbxId,
    sayOnce((message) => logger.warn(message)),
  );
  const lease = new Lease(redis, pbxId);

  const readTable = async (stop: AbortSignal, onReading: () => void): Promise<void> => {
    const table = await openCelTable(pbxPool, celTable);
    await new CelTail({ table, cursors, lease, delivery, pbx, logger, pollMs }).run(stop, onReading);
  };
  await keepReading(lease, readTable, logger, stopping, ready);

  await lease.release().catch(() => undefined); // it expires by itself
}

await runProcess('connector', main);
