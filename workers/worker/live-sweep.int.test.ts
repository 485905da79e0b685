import { Client, type Connection, type WorkflowClientInterceptor } from '@temporalio/client';
import { Redis } from 'ioredis';
import { createLiveCalls } from '../../activities/store/live-calls.ts';
import { createCallActors } from '../../runtime/call-actors.ts';
import { randomPbxId } from '../../tests/rig/installation.ts';
import { journalEntry } from '../../tests/rig/journal-entry.ts';
import { servers } from '../../tests/rig/servers.ts';
import { connectNamespace } from '../../tests/rig/temporal.ts';
import { callWorkflowId, callWorkflowType, defaultTiming, tellAgainSignal } from '../../workflows/call/contract.ts';
import { liveCallOf } from '../../workflows/call/live-call.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { createLiveSweep } from './live-sweep.ts';

jest.setTimeout(60_000);

/** Actors that no worker runs: what they are asked stands in their histories. */

const namespace = randomPbxId();
let connection: Connection;
let redis: Redis;
/** By workflow id, what happens just before it is signalled. */
const beforeSignal = new Map<string, () => Promise<unknown>>();
const intercepted: WorkflowClientInterceptor = {
  async signal(input, next) {
    await beforeSignal.get(input.workflowExecution.workflowId)?.();
    return next(input);
  },
};

beforeAll(async () => {
  connection = await connectNamespace(namespace);
  redis = new Redis(servers.redisUrl);
});
afterEach(() => beforeSignal.clear());
afterAll(async () => {
  redis.disconnect();
  await connection.close();
});

/** Calls of one PBX that ring, and one worker that compares them with what Redis says. */
async function ringing(count: number) {
  const temporal = new Client({ connection, namespace, interceptors: { workflow: [intercepted] } });
  const live = createLiveCalls(redis);
  const pbxId = randomPbxId();
  const linkedids = Array.from({ length: count }, (_, index) => `1795754178.${index + 1}`);
  const idOf = (linkedid: string) => callWorkflowId(pbxId, linkedid);
  const actors = createCallActors(temporal, defaultTiming);
  for (const linkedid of linkedids) {
    await actors.bring({ pbxId, linkedid, rows: [], fresh: false, summary: 'A call' });
  }
  const query = `WorkflowType = '${callWorkflowType}' AND ${searchAttributes.pbx.name} = '${pbxId}'`;
  while ((await temporal.workflow.count(query)).count < count) await nextMoment(); // the index lags
  const sweep = createLiveSweep(live, temporal);
  const behind = new Set<string>();
  return {
    ...{ temporal, behind, pbxId, linkedids, idOf },
    /** Redis says of this call what its actor would. */
    tell: (linkedid: string) =>
      live.tell(liveCallOf(journalEntry({ pbxId, linkedid }).call, undefined), {
        ...{ teller: idOf(linkedid), atMs: Date.now(), isOwn: true },
      }),
    noteWhole: () => live.noteWhole(pbxId),
    /** As if the time for it had come. */
    async sweep() {
      await redis.del(`ringflow:live:${pbxId}:turn`);
      await sweep({ id: pbxId }, behind);
    },
    /** How often each was asked to tell its call again. */
    asked: () => Promise.all(linkedids.map((linkedid) => timesAsked(temporal, idOf(linkedid)))),
  };
}

async function timesAsked(temporal: Client, workflowId: string): Promise<number> {
  const { events } = await temporal.workflow.getHandle(workflowId).fetchHistory();
  const signals = (events ?? []).map((event) => event.workflowExecutionSignaledEventAttributes?.signalName);
  return signals.filter((name) => name === tellAgainSignal).length;
}

const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 50));

it('an actor whose call is missing is asked once while Redis is whole; after Redis lost its data, or something could not be told, all are', async () => {
  const calls = await ringing(2);
  const [told] = calls.linkedids as [string, string];
  await calls.tell(told);
  await calls.noteWhole();
  await calls.sweep();
  expect(await calls.asked()).toEqual([0, 1]);
  await calls.sweep();
  expect(await calls.asked()).toEqual([0, 1]);
  await redis.flushdb();
  await calls.sweep();
  expect(await calls.asked()).toEqual([1, 2]);
  await calls.sweep();
  expect(await calls.asked()).toEqual([1, 2]);
  calls.behind.add(calls.pbxId);
  await calls.sweep();
  expect(await calls.asked()).toEqual([2, 3]);
});

it('one that closes meanwhile, or can not be reached, keeps no other from being asked, and who was reached is not asked twice', async () => {
  const calls = await ringing(18); // more than are asked at a time
  const { temporal, linkedids, idOf } = calls;
  const [away, closing] = [linkedids[17] as string, linkedids[8] as string];
  beforeSignal.set(idOf(away), () => Promise.reject(new Error('Temporal is away')));
  beforeSignal.set(idOf(closing), () => temporal.workflow.getHandle(idOf(closing)).terminate());
  await calls.sweep();
  const others = linkedids.map((linkedid) => (linkedid === away || linkedid === closing ? 0 : 1));
  expect(await calls.asked()).toEqual(others);
  beforeSignal.clear();
  await calls.sweep();
  expect(await calls.asked()).toEqual(linkedids.map((linkedid) => (linkedid === closing ? 0 : 1)));
});
