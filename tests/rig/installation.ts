import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { createJournal } from '../../activities/store/journal.ts';
import type { CelRow } from '../../proto/cel.ts';
import type { CallJournalEntry, CallOutcome } from '../../proto/journal.ts';
import {
  type CallTiming,
  callsTaskQueue,
  callWorkflowId,
  callWorkflowType,
  celRowsSignal,
} from '../../workflows/call/contract.ts';
import { type Amocrm, startAmocrm } from './amocrm.ts';
import { createPbxDatabase, createStoreDatabase, type Database } from './databases.ts';
import { type Part, startPart } from './part.ts';
import { servers } from './servers.ts';

/** One PBX as Ringflow reads it. */
export interface TestPbx {
  pbxId: string;
  pbx: Database;
  /** Writes rows as Asterisk would. */
  writeCel(rows: object[]): Promise<void>;
  writeCdr(rows: object[]): Promise<void>;
  /** Waits until the call's actor has closed. */
  closed(linkedid: string, again?: number): Promise<CallOutcome>;
  journal(linkedid: string): Promise<CallJournalEntry | undefined>;
}

/** A whole Ringflow, with a PBX's database and an amoCRM of its own, on real servers. */
export interface Installation extends TestPbx {
  store: Database;
  amocrm: Amocrm;
  temporal: Client;
  /** Its processes, in the order in which they were started. */
  parts: readonly Part[];
  startWorker(changes?: Record<string, string>): Promise<Part>;
  startConnector(changes?: Record<string, string>): Promise<Part>;
  startApi(changes?: Record<string, string>): Promise<Part>;
  /** By which its processes find everything. */
  environment: Readonly<Record<string, string>>;
  /** Hands rows to the call's actor, as the connector does. */
  deliver(linkedid: string, rows: CelRow[], timing?: Partial<CallTiming>, fresh?: boolean): Promise<void>;
  /** Takes up a closed call once more, as the connector does when rows come late, until that closes too. */
  again(linkedid: string): Promise<void>;
  /** What the Temporal UI shows of the call now. */
  details(linkedid: string): Promise<string>;
  /** Waits until it does. */
  shows(linkedid: string, text: RegExp): Promise<void>;
  remove(): Promise<void>;
}

export const timezone = 'Europe/Moscow';

/** Of a PBX that nobody reads yet. */
export const randomPbxId = (): string => `pbx-${randomBytes(5).toString('hex')}`;

/** @param changes to the variables by which its processes find everything; an empty one is as if it was not set */
export async function install(changes: (amocrm: Amocrm) => Record<string, string> = () => ({})): Promise<Installation> {
  const pbxId = randomPbxId();
  const [pbx, store, amocrm, { temporal, namespace }] = await Promise.all([
    createPbxDatabase(),
    createStoreDatabase(),
    startAmocrm(),
    createNamespace(pbxId),
  ]);
  const environment = {
    PBX_ID: pbxId,
    PBX_DATABASE_URL: pbx.url,
    PBX_TIMEZONE: timezone,
    AMOCRM_BASE_URL: amocrm.url,
    AMOCRM_ACCESS_TOKEN: amocrm.token,
    MYSQL_URL: store.url,
    REDIS_URL: servers.redisUrl,
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    ...changes(amocrm),
  };
  const parts: Part[] = [];
  const start = async (file: string, others: Record<string, string> = {}) => {
    const part = startPart(file, { ...environment, ...others });
    parts.push(part);
    await part.ready;
    return part;
  };
  const details = async (linkedid: string) => {
    const handle = temporal.workflow.getHandle(callWorkflowId(pbxId, linkedid));
    return (await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata')).currentDetails ?? '';
  };
  return {
    ...pbxOf(pbxId, pbx, store, temporal),
    store,
    amocrm,
    temporal,
    parts,
    startWorker: (changes) => start('workers/worker.ts', changes),
    startConnector: (changes) => start('workers/connector.ts', changes),
    startApi: (changes) => start('api/main.ts', changes),
    environment,
    deliver: (linkedid, rows, timing, fresh) => deliver(temporal, pbxId, linkedid, rows, timing, fresh),
    again: (linkedid) => again(temporal, pbxId, linkedid),
    details,
    async shows(linkedid, text) {
      while (!text.test(await details(linkedid))) await new Promise((resolve) => setTimeout(resolve, 100));
    },
    async remove() {
      await Promise.all(parts.map((part) => part.kill()));
      await Promise.all([amocrm.close(), pbx.drop(), store.drop(), temporal.connection.close()]);
    },
  };
}

/** One more PBX, of whose database nobody knows yet; to be dropped by whoever made it. */
export async function installPbx({ store, temporal }: Installation): Promise<TestPbx> {
  return pbxOf(randomPbxId(), await createPbxDatabase(), store, temporal);
}

function pbxOf(pbxId: string, pbx: Database, store: Database, temporal: Client): TestPbx {
  return {
    pbxId,
    pbx,
    writeCel: (rows) => insert(pbx, 'cel', rows),
    writeCdr: (rows) => insert(pbx, 'cdr', rows),
    closed: (linkedid, again = 0) => result(temporal, callWorkflowId(pbxId, linkedid, again)),
    journal: (linkedid) => createJournal(store.pool).read(pbxId, linkedid),
  };
}

/** A namespace of one's own: installations side by side don't take each other's calls. */
async function createNamespace(namespace: string): Promise<{ temporal: Client; namespace: string }> {
  const connection = await Connection.connect({ address: servers.temporalAddress });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  return { temporal: new Client({ connection, namespace }), namespace };
}

async function insert(database: Database, table: 'cel' | 'cdr', rows: object[]): Promise<void> {
  for (const row of rows) await database.pool.query(`INSERT INTO ${table} SET ?`, [row]);
}

/** Waits that are short enough for tests. */
const shortTiming: CallTiming = {
  cdrWaitMs: 100,
  silenceMs: 60_000,
  endMissingMs: 500,
  mergeWindowMs: 500,
  compareAfterMs: 500,
};

async function deliver(
  temporal: Client,
  pbxId: string,
  linkedid: string,
  rows: CelRow[],
  timing: Partial<CallTiming> = {},
  fresh = false,
): Promise<void> {
  await temporal.workflow.signalWithStart(callWorkflowType, {
    workflowId: callWorkflowId(pbxId, linkedid),
    taskQueue: callsTaskQueue,
    args: [{ pbxId, linkedid, occasion: 'live', timing: { ...shortTiming, ...timing } }],
    signal: celRowsSignal,
    signalArgs: [{ rows, fresh }],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
  });
}

async function again(temporal: Client, pbxId: string, linkedid: string): Promise<void> {
  const workflowId = callWorkflowId(pbxId, linkedid, 1);
  await temporal.workflow.signalWithStart(callWorkflowType, {
    workflowId,
    taskQueue: callsTaskQueue,
    args: [{ pbxId, linkedid, occasion: 'again', timing: shortTiming }],
    signal: celRowsSignal,
    signalArgs: [{ rows: [], fresh: false }],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
  });
  await result(temporal, workflowId);
}

/** The actor is started by the connector, so it may not be there yet. */
async function result(temporal: Client, workflowId: string): Promise<CallOutcome> {
  for (;;) {
    try {
      return (await temporal.workflow.getHandle(workflowId).result()) as CallOutcome;
    } catch (error) {
      if ((error as Error).name !== 'WorkflowNotFoundError') throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
