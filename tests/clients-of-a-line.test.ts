import type { CelRow } from '../proto/cel.ts';
import { PbxScript } from './recorded/pbx-script.ts';
import { journalSays, recordsOf, strangersNumber } from './rig/calls.ts';
import { asWritten, rowsInTable } from './rig/cel-rows.ts';
import { type Installation, install } from './rig/installation.ts';

jest.setTimeout(120_000);

/** Clients whose calls Asterisk joins to an older, internal one: each is registered all the same. */

let house: Installation;

beforeAll(async () => {
  house = await install();
  await house.startWorker();
});
afterAll(() => house.remove());

const desk = 'PJSIP/101-0000000a';
const trunk = 'PJSIP/beeline-0000000b';

/** An agent whose phone is off the hook, to whom a queue hands clients, each for 20 s. */
function agentsDay(clients: readonly string[]): { script: PbxScript; channels: string[] } {
  const script = new PbxScript(Date.now() - 600_000).start(desk, { exten: '*45', from: '101' }).answer(desk);
  const channels = clients.map((from, index) => {
    const channel = `PJSIP/beeline-000000${20 + index}`;
    script
      .at(100 * (index + 1))
      .start(channel, { exten: '74951230003', context: 'from-pstn', from })
      .answer(channel)
      .app(channel, 'Queue', '400,t', '400', 'ext-queues')
      .at(100 * (index + 1) + 10)
      .over(channel)
      .moveTo(channel, desk)
      .enter(`bridge ${index}`, channel, desk)
      .at(100 * (index + 1) + 30)
      .exit(`bridge ${index}`, channel, desk)
      .hangup(channel, 16, channel);
    return channel;
  });
  return { script, channels };
}

it('a client is registered though Asterisk joins their call to an internal one', async () => {
  const client = `7${strangersNumber()}`;
  const colleague = 'PJSIP/102-0000000c';
  const second = 'PJSIP/101-0000000d';
  const script = new PbxScript(Date.now() - 60_000)
    .start(desk, { exten: '102', from: '101' })
    .app(desk, 'Dial', 'PJSIP/102,20')
    .start(colleague, { of: desk, from: '102' })
    .calledBy(colleague, 'AppDial')
    .at(1)
    .answer(colleague, desk)
    .enter('inside', colleague, desk)
    .at(10)
    .start(trunk, { exten: '74951230001', context: 'from-pstn', from: client })
    .app(trunk, 'Dial', 'PJSIP/101,20')
    .start(second, { of: trunk, from: '101' })
    .calledBy(second, 'AppDial')
    .at(12)
    .answer(second, trunk)
    .enter('outside', second, trunk)
    .at(20)
    .exit('outside', trunk)
    .exit('inside', desk);
  script
    .row(second, 'ATTENDEDTRANSFER', {
      channel2_uniqueid: script.uniqueid(desk),
      transferee_channel_uniqueid: script.uniqueid(trunk),
      transfer_target_channel_uniqueid: script.uniqueid(colleague),
    })
    .exit('outside', second)
    .hangup(second)
    .hangup(desk)
    .over(trunk)
    .moveTo(trunk, desk)
    .enter('inside', trunk)
    .at(30)
    .exit('inside', trunk, colleague)
    .hangup(trunk, 16, trunk)
    .hangup(colleague, 16, trunk)
    .over(desk);
  await house.writeCel(script.rows.map(asWritten));
  const linkedids = [script.uniqueid(desk), script.uniqueid(trunk)];
  for (const linkedid of linkedids) await house.deliver(linkedid, await rowsInTable(house, [linkedid]));
  await Promise.all(linkedids.map((linkedid) => house.closed(linkedid)));
  expect(await recordsOf(house, linkedids)).toMatchObject([
    { uniq: `${house.pbxId}:${linkedids[1]}`, direction: 'inbound', duration: 18, responsibleUserId: 504142 },
  ]);
});

it('a client is registered when their call ends, though the agent whom it was joined to stays off the hook', async () => {
  const { script, channels } = agentsDay([`7${strangersNumber()}`, `7${strangersNumber()}`]);
  await house.writeCel(script.rows.map(asWritten));
  const agent = script.uniqueid(desk);
  const linkedids = channels.map((channel) => script.uniqueid(channel));
  for (const linkedid of [agent, ...linkedids]) {
    await house.deliver(linkedid, await rowsInTable(house, [linkedid]));
  }
  const uniqs = linkedids.map((linkedid) => `${house.pbxId}:${linkedid}`);
  await house.amocrm.until(({ calls }) => uniqs.every((one) => calls.some(({ uniq }) => uniq === one)), 'both clients');
  expect((await house.temporal.workflow.getHandle(`call:${house.pbxId}:${agent}`).describe()).status.name).toBe(
    'RUNNING',
  );
  const before = script.rows.length;
  script.at(500).hangup(desk, 16, desk).over(desk);
  await house.writeCel(script.rows.slice(before).map(asWritten));
  await house.deliver(agent, (await rowsInTable(house, [agent])).slice(-3)).catch((error: Error) => {
    if (error.name !== 'WorkflowExecutionAlreadyStartedError') throw error; // it has read them itself and closed
  });
  await house.closed(agent);
  expect(await recordsOf(house, linkedids)).toMatchObject([
    { duration: 20, responsibleUserId: 504141 },
    { duration: 20, responsibleUserId: 504141 },
  ]);
});

it('clients are told one by one, however many a backlog brings at once', async () => {
  const { script, channels } = agentsDay(Array.from({ length: 50 }, () => 'anonymous'));
  await house.writeCel(script.rows.map(asWritten));
  const agent = script.uniqueid(desk);
  await house.deliver(agent, await rowsInTable(house, [agent]));
  for (const channel of channels) await journalSays(house, script.uniqueid(channel), 'not-sent');
  const [last] = channels.slice(-1);
  expect((await house.journal(script.uniqueid(last as string)))?.call).toMatchObject({
    result: 'answered',
    talkSeconds: 20,
    lastTalker: '101',
  });
  await house.temporal.workflow.getHandle(`call:${house.pbxId}:${agent}`).terminate();
});

it('a client whom amoCRM refuses is tried again when a person asks for it, also in a new history', async () => {
  const { script, channels } = agentsDay([`7${strangersNumber()}`]);
  await house.writeCel(script.rows.map(asWritten));
  const [agent, linkedid] = [script.uniqueid(desk), script.uniqueid(channels[0] as string)];
  await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403 });
  for (const one of [agent, linkedid]) await house.deliver(one, await rowsInTable(house, [one]));
  await journalSays(house, linkedid, 'needs-attention');
  const handle = house.temporal.workflow.getHandle(`call:${house.pbxId}:${agent}`);
  const { runId } = await handle.describe();
  const [row] = await rowsInTable(house, [agent]);
  for (let id = 0; (await handle.describe()).runId === runId; id++) {
    await house.deliver(agent, [{ ...(row as CelRow), id: 10_000_000 + id, eventType: 'USER_DEFINED' }]);
  }
  await house.amocrm.clearFaults();
  await handle.signal('retry');
  await journalSays(house, linkedid, 'registered');
  expect(await recordsOf(house, [linkedid])).toMatchObject([{ duration: 20 }]);
  await handle.terminate();
});
