import { setTimeout as sleep } from 'node:timers/promises';
import { callWorkflowId } from '../workflows/call/contract.ts';
import { newCall, write } from './rig/calls.ts';
import { type ConnectableInstallation, installConnectable } from './rig/oauth.ts';

jest.setTimeout(120_000);

let house: ConnectableInstallation;

beforeAll(async () => {
  house = await installConnectable();
});
afterAll(() => house.remove());

/** What the Temporal UI shows of the activities that the call waits for. */
async function pendingWords(linkedid: string): Promise<string> {
  const { raw } = await house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, linkedid)).describe();
  return (raw.pendingActivities ?? []).map(({ lastFailure }) => lastFailure?.message ?? '').join('\n');
}

it('a call of an account that was never connected, whose employees nobody knows, tells what it waits for', async () => {
  const { linkedid, rows } = newCall('in-direct-answered');
  const [worker] = await Promise.all([
    house.startWorker({ RINGFLOW_EMPLOYEES: '' }), // who has which phone is known to amoCRM alone
    house.startConnector(),
    house.startApi(),
  ]);
  await write(house, rows);
  await worker.said(/who has which phone.*not connected yet: run `bin\/ringflow account connect/);
  while (!/who has which phone.*not connected yet/.test(await pendingWords(linkedid))) await sleep(100);
  await house.connect();
  expect(await house.closed(linkedid)).toMatchObject({ registrations: { [linkedid]: { state: 'registered' } } });
});
