import { callWorkflowId } from '../../workflows/call/contract.ts';
import { newCall, recordsOf, split, write } from '../rig/calls.ts';
import { listed, tellsOfTalk, waitNoLonger } from '../rig/ended-actors.ts';
import { type Installation, install } from '../rig/installation.ts';

jest.setTimeout(180_000);

/** Somebody ends the actor of a call in the Temporal UI while people talk, and the PBX's tables can't be read just then. */

let house: Installation;

beforeAll(async () => {
  house = await install();
  await house.startConnector();
});
afterAll(() => house.remove());

it('the next actor, which can not read how the call began, leaves it to another, who follows it and registers it', async () => {
  const { rows, linkedid } = newCall('in-direct-answered');
  const [talking, rest] = split(rows, ({ eventtype }) => eventtype === 'BRIDGE_EXIT' || eventtype === 'HANGUP');
  let worker = await house.startWorker();
  await write(house, talking);
  await house.shows(linkedid, /talking with/);
  await worker.stop();
  await house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, linkedid)).terminate('by hand');
  await listed(house, 'Terminated');
  await house.pbx.pool.query('RENAME TABLE cel TO cel_away');
  worker = await house.startWorker(); // looks for such calls, as it does every five minutes
  await waitNoLonger(house, linkedid, 1);
  await expect(house.closed(linkedid, 1)).rejects.toThrow();
  await listed(house, 'Failed');
  await worker.stop();
  await house.pbx.pool.query('RENAME TABLE cel_away TO cel');
  await house.startWorker();
  await tellsOfTalk(house, linkedid, 2);
  await write(house, rest);
  await house.closed(linkedid, 2);
  expect(await recordsOf(house, [linkedid])).toMatchObject([{ direction: 'inbound', duration: 3, callStatus: 4 }]);
  expect((await house.journal(linkedid))?.registration.state).toBe('registered');
});
