import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { callsTaskQueue, callWorkflowId, callWorkflowType, retrySignal } from '../../workflows/call/contract.ts';
import { journalSays, newCall, recordsOf, split, strangersNumber, write } from '../rig/calls.ts';
import { isListed, listed, tellsOfTalk } from '../rig/ended-actors.ts';
import { type Installation, install } from '../rig/installation.ts';

jest.setTimeout(120_000);

/** A history that is not what the code would write: no worker can go on with it, yet its call comes to its end. */

let house: Installation;

beforeAll(() => Runtime.install({ logger: new DefaultLogger('ERROR') }));
beforeEach(async () => {
  house = await install();
  await house.startConnector();
});
afterEach(() => house.remove());

/** Works on calls by other code until that has done what is looked for. */
async function workOtherwise(isDone: () => Promise<boolean>): Promise<void> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = house.environment;
  const connection = await NativeConnection.connect({ address: address ?? '' });
  const worker = await Worker.create({
    ...{ connection, namespace: namespace ?? '', taskQueue: callsTaskQueue },
    workflowsPath: join(import.meta.dirname, '../rig/other-call.ts'),
    workflowFailureErrorTypes: { '*': [], [callWorkflowType]: ['NondeterminismError'] }, // as our workers do
  });
  await worker.runUntil(async () => {
    while (!(await isDone())) await sleep(50);
  });
  await connection.close();
}

it('is followed by another actor while it goes on, and registered once with who talked and how long', async () => {
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  const [ringing, answered] = split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
  const [talking, rest] = split(answered, ({ eventtype }) => eventtype === 'BRIDGE_EXIT' || eventtype === 'HANGUP');
  await write(house, ringing);
  const { workflow } = house.temporal;
  await workOtherwise(async () => {
    const handle = workflow.getHandle(callWorkflowId(house.pbxId, call.linkedid));
    return (await handle.describe().catch(() => ({ historyLength: 0 }))).historyLength > 4; // it has decided something
  });
  const worker = await house.startWorker();
  await write(house, talking);
  await expect(house.closed(call.linkedid)).rejects.toThrow();
  await listed(house, 'Failed');
  await worker.stop();
  await house.startWorker(); // looks for such calls, as it does every five minutes
  await tellsOfTalk(house, call.linkedid, 1);
  expect(await recordsOf(house, [call.linkedid])).toEqual([]); // it is not over
  await write(house, rest);
  await house.closed(call.linkedid, 1);
  expect(await recordsOf(house, [call.linkedid])).toMatchObject([{ direction: 'inbound', duration: 3, callStatus: 4 }]);
  expect((await house.journal(call.linkedid))?.call).toMatchObject({ result: 'answered' });
});

it('is registered by another actor also if amoCRM had refused it and a person was waited for', async () => {
  const worker = await house.startWorker();
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403 });
  const { rows, linkedid } = newCall('in-direct-answered');
  await write(house, rows);
  await journalSays(house, linkedid, 'needs-attention');
  await worker.stop();
  await house.amocrm.clearFaults();
  await house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, linkedid)).signal(retrySignal);
  await workOtherwise(() => isListed(house, 'Failed'));
  await house.startWorker();
  await house.closed(linkedid, 1);
  expect((await house.journal(linkedid))?.registration.state).toBe('registered');
  expect(await recordsOf(house, [linkedid])).toHaveLength(1);
});
