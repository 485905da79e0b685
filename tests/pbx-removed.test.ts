import { newCall, recordsOf, split, strangersNumber, write } from './rig/calls.ts';
import { rowsInTable } from './rig/cel-rows.ts';
import { waitNoLonger } from './rig/ended-actors.ts';
import { type Installation, install } from './rig/installation.ts';

jest.setTimeout(120_000);

/** A PBX is removed while people talk. */

let house: Installation;

beforeAll(async () => {
  house = await install();
  await house.startWorker();
});
afterAll(() => house.remove());

it('the call that goes on is not told as if nobody had talked; once the PBX is added again it is told as it was', async () => {
  const { rows, linkedid } = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  const [talking, rest] = split(rows, ({ eventtype }) => eventtype === 'BRIDGE_EXIT');
  await write(house, talking);
  await house.deliver(linkedid, await rowsInTable(house, [linkedid]), { silenceMs: 15_000 });
  await house.shows(linkedid, /talking/);
  await house.store.pool.query('DELETE FROM pbxs WHERE id = ?', [house.pbxId]);
  await waitNoLonger(house, linkedid);
  expect(await house.closed(linkedid)).toEqual({ notTold: expect.stringContaining('removed') });
  expect(await recordsOf(house, [linkedid])).toEqual([]);
  expect(await house.journal(linkedid)).toBeUndefined();
  await house.startConnector(); // it is the PBX of the environment
  await write(house, rest);
  await house.closed(linkedid, 1);
  expect(await recordsOf(house, [linkedid])).toMatchObject([{ duration: 3, callStatus: 4 }]);
});
