import { Connection } from '@temporalio/client';
import { createAccounts } from '../activities/store/accounts.ts';
import { readKeyRing } from '../activities/store/key-ring.ts';
import { openMysql } from '../activities/store/mysql.ts';
import { createPbxs } from '../activities/store/pbxs.ts';
import { openRedis } from '../activities/store/redis.ts';
import { createSecrets } from '../activities/store/secrets.ts';
import { demandWholeDatabase } from '../runtime/demand-whole-database.ts';
import { storesAnd } from '../runtime/monitoring/needs.ts';
import { type ProcessLife, runProcess } from '../runtime/process.ts';
import { sayOnce } from '../runtime/say-once.ts';
import { seedAccount } from '../runtime/seed-account.ts';
import { seedPbx } from '../runtime/seed-pbx.ts';
import { connectTemporal, temporalClient } from '../runtime/temporal.ts';
import { createConnectorMetrics } from './connector/metrics.ts';
import { createPbxWorkers } from './connector/pbx-workers.ts';
import { readPbx } from './connector/read-pbx.ts';
import { readAll } from './connector/readings.ts';
import { aboutWorkflow } from './temporal/about.ts';
import { installRuntime } from './temporal/runtime.ts';
import { temporalTracing } from './temporal/tracing.ts';

/** The process that owns what there is of connections to PBXs: it reads their CEL tables and acts through their AMI. Ready once it reads the PBX of the environment. */

const lookEveryMs = 2_000;

async function main({
  configuration,
  logger,
  metrics: registry,
  inspection,
  tracing,
  stopping,
  ready,
}: ProcessLife): Promise<void> {
  installRuntime(
    logger,
    aboutWorkflow(() => undefined),
    registry,
  );
  const redis = openRedis(
    configuration.redisUrl,
    sayOnce((message) => logger.warn(message)),
  );
  const store = openMysql(configuration.mysqlUrl);
  const secrets = createSecrets(store, readKeyRing(configuration.secretKeys));
  await demandWholeDatabase(store, logger, stopping);
  const accountId = await seedAccount(configuration, createAccounts(store), secrets, logger, stopping);
  const pbxs = await seedPbx(configuration, accountId, createPbxs(store, secrets), logger, stopping);
  const connect = (address: string) => Connection.connect({ address });
  const connection = await connectTemporal(configuration, connect, logger, stopping);
  const traced = await temporalTracing(tracing);
  const temporal = temporalClient(configuration, connection, tracing?.client);
  inspection.needs(storesAnd(store, redis, () => connection.workflowService.getSystemInfo({})));
  const servePbx = createPbxWorkers(configuration, traced.activities);
  const metrics = createConnectorMetrics(registry);
  const isAwaited = configuration.pbxDatabaseUrl !== undefined && (await pbxs.find(configuration.pbxId)) !== undefined;
  if (!isAwaited) ready();
  await readAll(
    pbxs,
    (pbx, access, pbxLogger, stop, pbxsRead) => {
      const onReading = () => pbx.id === configuration.pbxId && ready();
      const tools = {
        ...{ redis, store, temporal, servePbx, metrics, tracing, pbxsRead },
        phones: configuration.temporalPhones,
      };
      return readPbx(tools, pbx, access, pbxLogger, stop, onReading);
    },
    lookEveryMs,
    logger,
    stopping,
  );
}

await runProcess('connector', main);
