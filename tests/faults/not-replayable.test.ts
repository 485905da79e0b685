import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { callsTaskQueue, callWorkflowId } from '../../workflows/call/contract.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { newCall, recordsOf, split, strangersNumber, write } from '../rig/calls.ts';
import { type Installation, install } from '../rig/installation.ts';

jest.setTimeout(120_000);

/** A history that is not what the code would write: no worker can go on with it, yet its call comes to its end. */

let house: Installation;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  house = await install();
});
afterAll(() => house.remove());

/** Works on calls by other code until the first of them has decided something. */
async function beginOtherwise(linkedid: string): Promise<void> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = house.environment;
  const connection = await NativeConnection.connect({ address: address ?? '' });
  const worker = await Worker.create({
    ...{ connection, namespace: namespace ?? '', taskQueue: callsTaskQueue },
    workflowsPath: join(import.meta.dirname, '../rig/other-call.ts'),
  });
  const isBegun = async () => {
    const handle = house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, linkedid));
    const { historyLength } = await handle.describe().catch(() => ({ historyLength: 0 }));
    return historyLength > 4;
  };
  await worker.runUntil(async () => {
    while (!(await isBegun())) await nextMoment();
  });
  await connection.close();
}

const nextMoment = () => new Promise((resolve) => setTimeout(resolve, 50));

it('is followed by another actor while it goes on, and registered once with who talked and how long', async () => {
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  const [ringing, answered] = split(call.rows, ({ eventtype }) => eventtype === 'ANSWER');
  const [talking, rest] = split(answered, ({ eventtype }) => eventtype === 'BRIDGE_EXIT' || eventtype === 'HANGUP');
  await house.startConnector();
  await write(house, ringing);
  await beginOtherwise(call.linkedid);
  const worker = await house.startWorker();
  await write(house, talking);
  await expect(house.closed(call.linkedid)).rejects.toThrow();
  const { workflow } = house.temporal;
  while ((await workflow.count("ExecutionStatus = 'Failed'")).count === 0) await nextMoment(); // the index lags
  await worker.stop();
  await house.startWorker(); // looks for such calls, as it does every five minutes
  const again = workflow.getHandle(callWorkflowId(house.pbxId, call.linkedid, 1));
  const state = async () => (await again.describe()).typedSearchAttributes.get(searchAttributes.state);
  while ((await state().catch(() => undefined)) !== 'talking') await nextMoment();
  expect(await recordsOf(house, [call.linkedid])).toEqual([]); // it is not over
  await write(house, rest);
  await house.closed(call.linkedid, 1);
  expect(await recordsOf(house, [call.linkedid])).toMatchObject([{ direction: 'inbound', duration: 3, callStatus: 4 }]);
  expect((await house.journal(call.linkedid))?.call).toMatchObject({ result: 'answered' });
});
