import { createSettingsChanges } from '../activities/store/settings-changes.ts';
import { createAccountActors } from '../runtime/account-actors.ts';
import { createClickActors } from '../runtime/click-actors.ts';
import { askTaskQueues } from '../runtime/task-queue.ts';
import { callWorkflowId } from '../workflows/call/contract.ts';
import { type AmiServer, amiVariables, startAmiServer } from './rig/ami-server.ts';
import { newCall, recordsOf, split, type TestCall, write } from './rig/calls.ts';
import { type Installation, install } from './rig/installation.ts';
import type { Part } from './rig/part.ts';
import { runRingflow } from './rig/ringflow.ts';

jest.setTimeout(180_000); // many processes start

/** Workers of several versions side by side, while people talk. */

let house: Installation;
let ami: AmiServer;
let connector: Part;
/** The worker of version 1.9.0. */
let oldDiedAtMs: number;

beforeAll(async () => {
  ami = await startAmiServer();
  house = await install();
  connector = await house.startConnector(amiVariables(ami.access));
});
afterAll(async () => {
  await house.remove();
  await ami.close();
});

const startWorker = (version: string) => house.startWorker({ WORKER_VERSIONING: 'on', WORKER_BUILD_ID: version });
const isOf = (kind: string) => (row: Record<string, unknown>) => row.eventtype === kind;
const workerVersion = (...args: string[]) => runRingflow({ ...house.environment }, ['worker-version', ...args]);

/** A call that has been answered. */
async function talking(): Promise<{ call: TestCall; hangUp(): Promise<void> }> {
  const call = newCall('in-direct-answered');
  const [begins, rest] = split(call.rows, isOf('HANGUP'));
  await write(house, begins);
  await house.shows(call.linkedid, /talking/);
  return { call, hangUp: () => write(house, rest) };
}

/** By which version the steps of a call were done, in their order. */
async function versionsOf(linkedid: string): Promise<string[]> {
  const { events } = await house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, linkedid)).fetchHistory();
  const steps = (events ?? []).flatMap(({ workflowTaskCompletedEventAttributes: step }) => step ?? []);
  return steps
    .map(({ deploymentVersion }) => deploymentVersion?.buildId || 'none')
    .filter((version, index, all) => version !== all[index - 1]);
}

async function expectRegisteredOnce(calls: readonly TestCall[]): Promise<void> {
  for (const { linkedid } of calls) {
    await house.closed(linkedid);
    expect(await recordsOf(house, [linkedid])).toHaveLength(1);
  }
}

it('a newer one takes over what goes on, and the older one may die; each call is registered once', async () => {
  const untold = await house.startWorker();
  const first = await talking();
  const old = await startWorker('1.9.0');
  await old.said('workers of 1.9.0 have the work now');
  const second = await talking();
  await untold.kill();
  const fresh = await startWorker('1.10.0');
  await fresh.said('workers of 1.10.0 have the work now');
  const third = await talking();
  await old.kill();
  oldDiedAtMs = Date.now();
  for (const { hangUp } of [first, second, third]) await hangUp();
  await expectRegisteredOnce([first.call, second.call, third.call]);
  // Temporal may give the one before a task more after it has named another
  const versions = await Promise.all([first, second, third].map(({ call }) => versionsOf(call.linkedid)));
  expect(versions.map((each) => each.at(-1))).toEqual(['1.10.0', '1.10.0', '1.10.0']);
  expect(versions.map(([begunBy]) => begunBy)).toEqual([
    'none',
    expect.not.stringMatching('1.10.0'),
    expect.not.stringMatching('none'),
  ]);
});

it('what it asks of a PBX gets to the connector, which tells no version', async () => {
  ami.on.Originate = (action, peer) => peer.answer(action, 'Message: Originate successfully queued');
  await connector.said('calls can be placed');
  const { accountId } = house;
  await createAccountActors(house.temporal, createSettingsChanges(house.store.pool, 'ru')).readCatalogue(accountId);
  const click = { accountId, requestId: 'click-1', userId: 504141, number: '8 916 123-45-67' };
  const [dialled, state] = await Promise.all([ami.next('Originate'), createClickActors(house.temporal).begin(click)]);
  expect(dialled.Channel).toContain('101');
  expect(state.phase).toBe('employee-rings');
});

it('an older one gets no work and says so, until somebody goes back to it by one command', async () => {
  const older = await startWorker('1.9.5');
  await older.said(/version 1\.10\.0 has the work.*worker-version set 1\.9\.5/);
  const { call, hangUp } = await talking();
  expect(await workerVersion('set', '1.9.6')).toMatchObject({
    code: 2,
    errors: expect.stringMatching(/start one first/),
  });
  const { output } = await workerVersion('set', '1.9.5');
  expect(output).toContain('1.10.0\t-\n1.9.5\thas the work\n');
  await hangUp();
  await expectRegisteredOnce([call]);
  expect(await versionsOf(call.linkedid)).toEqual(['1.10.0', '1.9.5']);
});

it('workers that ask in vain are not taken for those that work', async () => {
  await workerVersion('set', '1.9.0'); // nobody runs it any more
  const { lastPollAtMs } = await askTaskQueues(house.temporal);
  expect(lastPollAtMs).toBeLessThanOrEqual(oldDiedAtMs);
});

it('where versions are told no more the work comes back', async () => {
  const untold = await house.startWorker();
  await untold.said('workers of no told version have the work now');
  const { call, hangUp } = await talking();
  await hangUp();
  await expectRegisteredOnce([call]);
  expect((await workerVersion()).output).toContain('none\thas the work');
});
