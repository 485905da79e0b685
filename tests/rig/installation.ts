import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { createJournal } from '../../activities/store/journal.ts';
import type { CallJournalEntry } from '../../proto/journal.ts';
import { temporalClient } from '../../runtime/temporal.ts';
import { type Amocrm, startAmocrm } from './amocrm.ts';
import { type CallActors, callActorsOf } from './call-actors.ts';
import { createPbxDatabase, createStoreDatabase, type Database } from './databases.ts';
import { type Part, startPart } from './part.ts';
import { giveEverything, newSecretKeys, rootOfTests } from './permits.ts';
import { withRedis } from './redis.ts';
import { servers } from './servers.ts';

/** One PBX as Ringflow reads it. */
export interface TestPbx extends CallActors {
  pbxId: string;
  pbx: Database;
  /** Writes rows as Asterisk would. */
  writeCel(rows: object[]): Promise<void>;
  writeCdr(rows: object[]): Promise<void>;
  journal(linkedid: string): Promise<CallJournalEntry | undefined>;
}

/** A whole Ringflow, with a PBX's database and an amoCRM of its own, on real servers. */
export interface Installation extends TestPbx {
  store: Database;
  amocrm: Amocrm;
  /** The name of its account, amoCRM's host. */
  accountId: string;
  temporal: Client;
  /** Its processes, in the order in which they were started. */
  parts: readonly Part[];
  startWorker(changes?: Record<string, string>): Promise<Part>;
  startConnector(changes?: Record<string, string>): Promise<Part>;
  startApi(changes?: Record<string, string>): Promise<Part>;
  /** By which its processes find everything. */
  environment: Readonly<Record<string, string>>;
  emptyRedis(): Promise<void>;
  remove(): Promise<void>;
}

export const timezone = 'Europe/Moscow';

/** Many processes run side by side here. */
const anyMetricsPorts = { WORKER_METRICS_PORT: '0', CONNECTOR_METRICS_PORT: '0', API_METRICS_PORT: '0' };

/** Of a PBX that nobody reads yet. */
export const randomPbxId = (): string => `pbx-${randomBytes(5).toString('hex')}`;

/**
 * Everything is licensed there, by a permit that came as a file, unless a licensing server is to be asked.
 *
 * @param changes to the variables by which its processes find everything; an empty one is as if it was not set
 */
export async function install(changes: (amocrm: Amocrm) => Record<string, string> = () => ({})): Promise<Installation> {
  const pbxId = randomPbxId();
  const [pbx, store, amocrm, { temporal: ofTests, namespace }] = await Promise.all([
    createPbxDatabase(),
    createStoreDatabase(),
    startAmocrm(),
    createNamespace(pbxId),
  ]);
  const environment = {
    RINGFLOW_SECRET_KEYS: newSecretKeys(),
    LICENSING_ROOT_KEY: (await rootOfTests).x,
    PBX_ID: pbxId,
    PBX_DATABASE_URL: pbx.url,
    PBX_TIMEZONE: timezone,
    AMOCRM_BASE_URL: amocrm.url,
    AMOCRM_ACCESS_TOKEN: amocrm.token,
    MYSQL_URL: store.url,
    REDIS_URL: servers.redisUrl,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    ...anyMetricsPorts,
    ...changes(amocrm),
  };
  const isOfTests = environment.TEMPORAL_ADDRESS === servers.temporalAddress;
  const temporal = isOfTests ? ofTests : await connectTo(environment);
  if (!('LICENSING_URL' in environment)) await giveEverything(store.pool, environment);
  const parts: Part[] = [];
  const start = async (file: string, others: Record<string, string> = {}) => {
    const part = startPart(file, { ...environment, ...others });
    parts.push(part);
    await part.ready;
    return part;
  };
  return {
    ...pbxOf(pbxId, pbx, store, temporal),
    store,
    amocrm,
    accountId: new URL(amocrm.url).host,
    temporal,
    parts,
    startWorker: (changes) => start('workers/worker.ts', changes),
    startConnector: (changes) => start('workers/connector.ts', changes),
    startApi: (changes) => start('api/main.ts', changes),
    environment,
    emptyRedis: () => withRedis((redis) => redis.flushdb()),
    async remove() {
      await Promise.all(parts.map((part) => part.kill()));
      // Temporal's connection stays: the client may still have a retry in mind, which fails the test file on a closed one
      await Promise.all([amocrm.close(), pbx.drop(), store.drop()]);
    },
  };
}

/** An installation that reads calls, on an amoCRM whose searches lag behind as the real one's do. */
export async function installRunning(): Promise<{ house: Installation; worker: Part }> {
  const house = await install();
  await house.amocrm.setSearchLag(2_000);
  const [worker] = await Promise.all([house.startWorker(), house.startConnector()]);
  return { house, worker };
}

/** One more PBX, of whose database nobody knows yet; to be dropped by whoever made it. */
export async function installPbx({ store, temporal }: Installation): Promise<TestPbx> {
  return pbxOf(randomPbxId(), await createPbxDatabase(), store, temporal);
}

function pbxOf(pbxId: string, pbx: Database, store: Database, temporal: Client): TestPbx {
  return {
    ...callActorsOf(temporal, pbxId),
    pbxId,
    pbx,
    writeCel: (rows) => insert(pbx, 'cel', rows),
    writeCdr: (rows) => insert(pbx, 'cdr', rows),
    journal: (linkedid) => createJournal(store.pool).read(pbxId, linkedid),
  };
}

/** Of a Temporal that knows nothing. */
export const newNamespace = () => createNamespace(randomPbxId());

/** A namespace of one's own: installations side by side don't take each other's calls. */
async function createNamespace(namespace: string): Promise<{ temporal: Client; namespace: string }> {
  const connection = await Connection.connect({ address: servers.temporalAddress });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  return { temporal: new Client({ connection, namespace }), namespace };
}

/** The namespace there is Ringflow's own matter. */
async function connectTo(place: Record<string, string>): Promise<Client> {
  const connection = await Connection.connect({ address: place.TEMPORAL_ADDRESS ?? '' });
  const keys = { temporalPayloadKeys: place.TEMPORAL_PAYLOAD_KEYS ?? '' };
  return temporalClient({ temporalNamespace: place.TEMPORAL_NAMESPACE ?? '', ...keys }, connection);
}

async function insert(database: Database, table: 'cel' | 'cdr', rows: object[]): Promise<void> {
  for (const row of rows) await database.pool.query(`INSERT INTO ${table} SET ?`, [row]);
}
