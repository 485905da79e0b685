import type { CelRow } from '../proto/cel.ts';
import { readCelRow } from '../proto/cel.ts';
import { callWorkflowId } from '../workflows/call/contract.ts';
import { PbxScript } from './recorded/pbx-script.ts';
import { newCall, strangersNumber, type TestCall, write } from './rig/calls.ts';
import { type Installation, install, timezone } from './rig/installation.ts';

jest.setTimeout(120_000);

let house: Installation;

beforeAll(async () => {
  house = await install();
  await house.startWorker();
});
afterAll(() => house.remove());

function celRows(call: TestCall): CelRow[] {
  const raw = call.rows.filter(({ table }) => table === 'cel').map(({ row }, index) => ({ ...row, id: index + 1 }));
  return raw.flatMap((row) => {
    const reading = readCelRow(row, timezone);
    return 'row' in reading ? [reading.row] : [];
  });
}

const registrationsOf = async ({ linkedid }: TestCall) =>
  (await house.amocrm.state()).calls.filter(({ uniq }) => uniq === `${house.pbxId}:${linkedid}`);

it('a call whose end was never written closes soon after its channels are gone, with its doubt in the journal', async () => {
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await house.deliver(call.linkedid, celRows(call).slice(0, -1));
  await house.closed(call.linkedid);
  expect(await registrationsOf(call)).toMatchObject([{ duration: 3, callStatus: 4 }]);
  expect((await house.journal(call.linkedid))?.call.doubts.join()).toContain('never came');
});

it('a long talk writes no rows and is not closed by that', async () => {
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  const rows = celRows(call);
  const beforeEnd = rows.findIndex((row) => row.eventType === 'BRIDGE_EXIT');
  await house.deliver(call.linkedid, rows.slice(0, beforeEnd));
  const other = newCall('rg-nobody', { clientNumber: strangersNumber() });
  await house.deliver(other.linkedid, celRows(other).slice(0, -1)); // closes by silence, later than the talk would have
  await house.closed(other.linkedid);
  expect(await registrationsOf(call)).toEqual([]);
  await house.deliver(call.linkedid, rows.slice(beforeEnd));
  await house.closed(call.linkedid);
  expect(await registrationsOf(call)).toMatchObject([{ duration: 3 }]);
});

it('a call of very many rows goes on in a new history and stays one call', async () => {
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  const rows = celRows(call);
  const head = rows.slice(0, 6);
  await house.deliver(call.linkedid, head);
  const handle = house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, call.linkedid));
  const { runId } = await handle.describe();
  // how many rows it takes hangs on how many of them one task of the workflow takes in
  for (let id = 1_000; (await handle.describe()).runId === runId; id++) {
    await house.deliver(call.linkedid, [{ ...(rows[3] as CelRow), id, eventType: 'USER_DEFINED' }]);
  }
  await house.deliver(call.linkedid, rows.slice(6));
  await house.closed(call.linkedid);
  expect(await registrationsOf(call)).toMatchObject([{ duration: 3, callStatus: 4 }]);
});

it('a call that rings more phones than an index can hold is registered like any other', async () => {
  const client = `7${strangersNumber()}`;
  const trunk = 'PJSIP/beeline-00000001';
  const script = new PbxScript(Date.now() - 60_000).start(trunk, {
    exten: '74951230001',
    context: 'from-pstn',
    from: client,
  });
  const phones = Array.from({ length: 400 }, (_, i) => `PJSIP/${2000 + i}-${(i + 16).toString(16).padStart(8, '0')}`);
  for (const phone of phones) script.start(phone, { of: trunk, from: phone.slice(6, 10) }).calledBy(phone, 'AppDial');
  script.at(10);
  for (const phone of phones) script.hangup(phone);
  script.hangup(trunk, 16, trunk).over(trunk);
  const linkedid = script.uniqueid(trunk);
  for (let at = 0; at < script.rows.length; at += 400) await house.deliver(linkedid, script.rows.slice(at, at + 400));
  await house.closed(linkedid);
  const { calls } = await house.amocrm.state();
  expect(calls.filter(({ uniq }) => uniq === `${house.pbxId}:${linkedid}`)).toMatchObject([{ callStatus: 6 }]);
});

it('a call that a person cancels in the Temporal UI closes as cancelled', async () => {
  const call = newCall('in-direct-answered', { clientNumber: strangersNumber() });
  await house.deliver(call.linkedid, celRows(call).slice(0, 6));
  const handle = house.temporal.workflow.getHandle(callWorkflowId(house.pbxId, call.linkedid));
  await house.details(call.linkedid);
  await handle.cancel();
  await expect(handle.result()).rejects.toThrow('cancelled');
  expect((await handle.describe()).status.name).toBe('CANCELLED');
});

it('a late row far away from the others neither changes the record nor spoils the journal', async () => {
  await house.startConnector();
  const call = newCall('rg-second-answers', { clientNumber: strangersNumber() });
  await write(house, call.rows);
  await house.closed(call.linkedid);
  const before = await house.journal(call.linkedid);
  await house.pbx.pool.query('ALTER TABLE cel AUTO_INCREMENT = 500000');
  await house.writeCel([{ ...call.rows[0]?.row, eventtype: 'USER_DEFINED' }]);
  await house.closed(call.linkedid, 1);
  expect(await registrationsOf(call)).toHaveLength(1);
  const after = await house.journal(call.linkedid);
  expect(after?.call).toEqual(before?.call);
  expect(after?.registration).toEqual(before?.registration);
});
