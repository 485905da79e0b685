import type { RowDataPacket } from 'mysql2/promise';
import type { CelRow } from '../proto/cel.ts';
import type { CallOutcome } from '../proto/journal.ts';
import { retrySignal } from '../workflows/call/contract.ts';
import { PbxScript } from './recorded/pbx-script.ts';
import {
  closedNaming,
  journalSays,
  newCall,
  play,
  recordsOf,
  split,
  strangersNumber,
  type TestCall,
  write,
} from './rig/calls.ts';
import { asWritten, rowsInTable } from './rig/cel-rows.ts';
import { type Installation, install } from './rig/installation.ts';
import type { Part } from './rig/part.ts';

jest.setTimeout(120_000);

/** Two linkedids that Asterisk makes one: an attended transfer, a pickup, a client fetched from parking. */

let house: Installation;
let worker: Part;

beforeAll(async () => {
  house = await install();
  worker = await house.startWorker();
});
afterAll(() => house.remove());

const registrationsOf = ({ linkedids }: { linkedids: readonly string[] }) => recordsOf(house, linkedids);
const stranger = (scenario: string) => newCall(scenario, { clientNumber: strangersNumber() });
const olderAndYounger = ({ linkedids }: TestCall) => linkedids as [string, string];

/** Each phase that was told, with its call. */
function phasesInLog(): [string, string][] {
  const lines = worker
    .log()
    .split('\n')
    .filter((line) => line.includes('"phase":'));
  return lines.map((line) => JSON.parse(line)).map(({ linkedid, msg }) => [linkedid, msg]);
}

/** Waits for a row in `joined_calls`: the older call's actor knows of the younger. */
async function noted(linkedid: string): Promise<void> {
  for (;;) {
    const sql = 'SELECT 1 FROM joined_calls WHERE pbx_id = ? AND linkedid = ?';
    const [rows] = await house.store.pool.query<RowDataPacket[]>(sql, [house.pbxId, linkedid]);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until the call's actor has read what the tables say in the end. */
async function hasReadItsEnd(linkedid: string): Promise<void> {
  const handle = house.temporal.workflow.getHandle(`call:${house.pbxId}:${linkedid}`);
  for (;;) {
    const { events } = await handle.fetchHistory();
    // what is looked up within a workflow task stands in the history as a marker
    const looks = events?.map(
      ({ markerRecordedEventAttributes: marker }) => marker?.details?.data?.payloads?.[0]?.data,
    );
    if (looks?.some((look) => Buffer.from(look ?? []).includes('readCallEnd'))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The first row under the older linkedid from which the younger can be known. */
function isJoining({ eventType, uniqueid, linkedid }: CelRow, rows: readonly CelRow[]): boolean {
  const began = rows.find((row) => row.uniqueid === uniqueid)?.linkedid;
  return ['ATTENDEDTRANSFER', 'PICKUP'].includes(eventType) || began !== linkedid;
}

const hasCard = (call: TestCall) =>
  house.amocrm.until(({ cards }) => cards.some(({ phone }) => phone.endsWith(call.phone)), 'the card');

/** What each kind of call must come to, whoever hears first. */
const kinds: [string, object, object][] = [
  ['xfer-attended-phone', { duration: 5, responsibleUserId: 504143 }, { lastTalker: '103' }],
  ['xfer-semi-attended', { duration: 4, callStatus: 4 }, { lastTalker: '105', rang: ['102', '105'] }],
  ['pickup', { duration: 3, responsibleUserId: 504142 }, { pickedUp: true, answeredBy: '102' }],
  ['park-retrieve', { duration: 5, responsibleUserId: 504142 }, { answeredBy: '101', lastTalker: '102' }],
];

async function expectOne(call: TestCall, registered: object, told: object): Promise<void> {
  const [older, younger] = olderAndYounger(call);
  const outcomes = await Promise.all([house.closed(older), house.closed(younger)]);
  expect(outcomes[1]).toEqual<CallOutcome>({ joinedInto: older });
  expect(await registrationsOf(call)).toMatchObject([{ uniq: `${house.pbxId}:${older}`, ...registered }]);
  expect((await house.journal(older))?.call).toMatchObject({ ...told, result: 'answered', doubts: [] });
}

describe('two linkedids that become one call are registered once', () => {
  describe.each(kinds)('%s', (scenario, registered, told) => {
    it('when the older hears of everything first', async () => {
      const call = stranger(scenario);
      await write(house, call.rows);
      const [older, younger] = olderAndYounger(call);
      await house.deliver(older, await rowsInTable(house, [older]));
      await house.deliver(younger, await rowsInTable(house, [younger]));
      await expectOne(call, registered, told);
    });

    it('when the younger hears of everything first', async () => {
      const call = stranger(scenario);
      await write(house, call.rows);
      const [older, younger] = olderAndYounger(call);
      await house.deliver(younger, await rowsInTable(house, [younger]));
      await house.deliver(older, await rowsInTable(house, [older]));
      await expectOne(call, registered, told);
    });
  });

  it('when rows come one by one, and the worker dies once the older know of the younger', async () => {
    const calls = await Promise.all(
      kinds.map(async ([scenario]) => {
        const call = stranger(scenario);
        await write(house, call.rows);
        const rows = await rowsInTable(house, call.linkedids);
        return { call, rows, joining: rows.findIndex((row) => isJoining(row, rows)) };
      }),
    );
    const oneByOne = async (rows: CelRow[]) => {
      // long enough for word from the older, however busy the machine is
      for (const row of rows) await house.deliver(row.linkedid, [row], { mergeWindowMs: 10_000 });
    };
    await Promise.all(calls.map(({ rows, joining }) => oneByOne(rows.slice(0, joining + 1))));
    await Promise.all(calls.map(({ call }) => noted(olderAndYounger(call)[1])));
    await worker.kill();
    await Promise.all(calls.map(({ rows, joining }) => oneByOne(rows.slice(joining + 1))));
    worker = await house.startWorker();
    for (const [index, { call }] of calls.entries()) {
      const [, registered, told] = kinds[index] as (typeof kinds)[number];
      await expectOne(call, registered, told);
    }
  });

  it('when the worker dies while the younger wait for word from the older', async () => {
    const calls = kinds.map(([scenario]) => stranger(scenario));
    for (const call of calls) {
      await write(house, call.rows);
      const [, younger] = olderAndYounger(call);
      await house.deliver(younger, await rowsInTable(house, [younger]), { mergeWindowMs: 30_000 });
      await hasReadItsEnd(younger);
    }
    await worker.kill();
    for (const [older] of calls.map(olderAndYounger)) await house.deliver(older, await rowsInTable(house, [older]));
    worker = await house.startWorker();
    for (const [index, call] of calls.entries()) {
      const [, registered, told] = kinds[index] as (typeof kinds)[number];
      await expectOne(call, registered, told);
    }
  });
});

it.each(kinds)(
  '%s: a younger one whose last rows come when the older has told the whole is not told again',
  async (...kind) => {
    const [scenario, registered, told] = kind;
    const call = stranger(scenario);
    await write(house, call.rows);
    const [older, younger] = olderAndYounger(call);
    const rows = await rowsInTable(house, [younger]);
    const last = rows.findIndex(({ eventType }) => eventType === 'HANGUP' || eventType === 'LINKEDID_END');
    await house.deliver(younger, rows.slice(0, last));
    await house.deliver(older, await rowsInTable(house, [older]));
    await house.closed(older);
    for (const row of rows.slice(last)) await house.deliver(younger, [row]);
    await expectOne(call, registered, told);
  },
);

it('a consultation stands in the journal as what it was, and does not count twice', async () => {
  const call = stranger('xfer-attended-phone');
  await write(house, call.rows);
  const [older, younger] = olderAndYounger(call);
  for (const linkedid of [younger, older]) await house.deliver(linkedid, await rowsInTable(house, [linkedid]));
  await house.closed(older);
  expect(await house.journal(younger)).toMatchObject({
    call: { direction: 'internal', consultation: true, talkSeconds: expect.any(Number) },
    registration: { state: 'not-sent' },
    workflowId: `call:${house.pbxId}:${older}`,
  });
});

it('a call that was joined to one which nobody follows is told by itself, with its doubt', async () => {
  const call = stranger('xfer-attended-phone');
  await write(house, call.rows);
  const [, younger] = olderAndYounger(call);
  await house.deliver(younger, await rowsInTable(house, [younger]));
  expect(await house.closed(younger)).toHaveProperty('registrations');
  expect((await house.journal(younger))?.call.doubts.join()).toContain('not followed');
});

describe('three linkedids that become one', () => {
  const trunk = 'PJSIP/beeline-00000030';
  const [desk, asking] = ['PJSIP/101-00000031', 'PJSIP/101-00000032'];
  const [neighbour, askingOn] = ['PJSIP/102-00000033', 'PJSIP/102-00000034'];
  const third = 'PJSIP/103-00000035';

  /** Two of them never begin in one second: their linkedids would be the same. */
  let chains = 0;

  /** 101 asks 102, who asks 103 and steps out; then 101 hands the client to 103. */
  function chain(client: string): PbxScript {
    const script = new PbxScript(Date.now() - 120_000 + chains++ * 1_000);
    const call = (from: string, exten: string, to: string, bridge: string, at: number) =>
      script
        .at(at)
        .start(from, { exten, from: from === trunk ? client : from.slice(6, 9), ...(from === trunk && fromPstn) })
        .app(from, 'Dial', `${to.slice(0, 9)},20`)
        .start(to, { of: from, from: to.slice(6, 9) })
        .calledBy(to, 'AppDial')
        .at(at + 1)
        .answer(to, from)
        .enter(bridge, to, from);
    const connect = (by: string, second: string, transferee: string, target: string, bridges: [string, string]) =>
      script
        .exit(bridges[0], transferee)
        .exit(bridges[1], second)
        .enter(bridges[1], transferee)
        .exit(bridges[0], by)
        .row(by, 'ATTENDEDTRANSFER', {
          channel2_uniqueid: script.uniqueid(second),
          transferee_channel_uniqueid: script.uniqueid(transferee),
          transfer_target_channel_uniqueid: script.uniqueid(target),
        })
        .hangup(by)
        .hangup(second)
        .over(second);
    call(trunk, '74951230001', desk, 'outer', 0);
    call(asking, '102', neighbour, 'middle', 10);
    call(askingOn, '103', third, 'inner', 20);
    script.at(25);
    connect(neighbour, askingOn, asking, third, ['middle', 'inner']).moveTo(third, asking);
    script.at(30);
    connect(desk, asking, trunk, third, ['outer', 'inner']).moveTo(third, trunk);
    return script.at(50).exit('inner', trunk, third).hangup(trunk, 16, trunk).hangup(third, 16, trunk).over(trunk);
  }
  const fromPstn = { context: 'from-pstn' };

  it.each([
    ['oldest first', [0, 1, 2]],
    ['youngest first', [2, 1, 0]],
    ['the middle one last', [0, 2, 1]],
  ])('are registered once: %s', async (_, order) => {
    const script = chain(`7${strangersNumber()}`);
    await house.writeCel(script.rows.map(asWritten));
    const linkedids = [trunk, asking, askingOn].map((channel) => script.uniqueid(channel));
    for (const index of order) {
      const linkedid = linkedids[index] as string;
      await house.deliver(linkedid, await rowsInTable(house, [linkedid]), { mergeWindowMs: 3_000 });
    }
    const outcomes = await Promise.all(linkedids.map((linkedid) => house.closed(linkedid)));
    expect(outcomes[1]).toEqual({ joinedInto: linkedids[0] });
    expect(outcomes[2]).toEqual({ joinedInto: expect.stringMatching(`${linkedids[0]}|${linkedids[1]}`) });
    expect(await registrationsOf({ linkedids })).toMatchObject([
      { uniq: `${house.pbxId}:${linkedids[0]}`, responsibleUserId: 504143 },
    ]);
    expect((await house.journal(linkedids[0] as string))?.call).toMatchObject({ lastTalker: '103', doubts: [] });
  });
});

describe('as the connector brings it', () => {
  beforeAll(() => house.startConnector());

  it('the phone that rings for the client after the transfer gets its card, and each phase is told once', async () => {
    const call = stranger('xfer-semi-attended');
    const [older, younger] = olderAndYounger(call);
    const [before, after] = split(call.rows, (row) => row.eventtype === 'ANSWER' && row.linkedid === younger);
    await play(house, before);
    await house.amocrm.until(
      ({ cards }) => cards.some(({ phone, userId }) => phone.endsWith(call.phone) && userId === 504145),
      'the card for 105',
    );
    await play(house, after);
    await expectOne(call, { duration: 4 }, { lastTalker: '105' });
    const told = phasesInLog().filter(([linkedid]) => linkedid === older || linkedid === younger);
    expect(told.map(([linkedid, text]) => [linkedid === older ? 'client' : 'consultation', text])).toEqual([
      ['client', '102 is asked for'],
      ['client', '102 talks'],
      ['consultation', '105 is asked for'],
      ['client', '105 is asked for'],
      ['client', '102 hands on to 105'],
      ['client', '102 is out'],
      ['consultation', '105 is out'],
      ['consultation', 'the call is over'],
      ['client', '105 talks'],
      ['client', '105 is out'],
      ['client', 'the call is over'],
    ]);
    const details = await house.details(older);
    for (const [, text] of told) expect(details).toContain(text);
  });

  it('rows that come after both have closed start no ghost', async () => {
    const call = stranger('xfer-attended-phone');
    const [older, younger] = olderAndYounger(call);
    await write(house, call.rows);
    await Promise.all([house.closed(older), house.closed(younger)]);
    const before = await house.journal(older);
    const late = call.rows.find(({ table, row }) => table === 'cel' && row.linkedid === younger)?.row;
    await house.writeCel([{ ...late, eventtype: 'USER_DEFINED' }]);
    await house.closed(older, 1);
    expect(await registrationsOf(call)).toHaveLength(1);
    expect((await house.journal(older))?.call).toEqual(before?.call);
  });

  it('a client who talks on when a call ends that named them by mistake is told by themselves, to the last late row', async () => {
    const victim = stranger('in-direct-answered');
    const { linkedid } = victim;
    const [before, after] = split(victim.rows, (row) => row.eventtype === 'BRIDGE_EXIT');
    await write(house, before);
    await hasCard(victim);
    await closedNaming(house, victim);
    expect(await registrationsOf(victim)).toEqual([]);
    await write(house, after);
    expect(await house.closed(linkedid)).toHaveProperty('registrations');
    const last = victim.rows.findLast(({ table }) => table === 'cel');
    await house.writeCel([{ ...last?.row, eventtype: 'USER_DEFINED' }]);
    expect(await house.closed(linkedid, 1)).toHaveProperty('registrations');
    expect(await registrationsOf(victim)).toMatchObject([{ duration: 3, callStatus: 4 }]);
  });

  it('a client named by mistake when their call was over keeps what it was, also when one more row of it comes', async () => {
    const victim = stranger('in-direct-answered');
    await write(house, victim.rows);
    await house.closed(victim.linkedid);
    const wrong = await closedNaming(house, victim);
    const end = victim.rows.find(({ row }) => row.eventtype === 'CHAN_END');
    await house.writeCel([{ ...end?.row }]);
    await house.closed(wrong, 1);
    expect((await house.journal(victim.linkedid))?.call).toMatchObject({ result: 'answered', talkSeconds: 3 });
    expect(await registrationsOf(victim)).toMatchObject([{ duration: 3, callStatus: 4 }]);
  });

  it('so are they while that call waits for amoCRM, and when it is looked at once more', async () => {
    const victim = stranger('in-direct-answered');
    const wrong = newCall('in-direct-answered', { clientNumber: strangersNumber(), startedAtMs: Date.now() - 60_000 });
    const [before, after] = split(victim.rows, (row) => row.eventtype === 'BRIDGE_EXIT');
    await write(house, before);
    await hasCard(victim);
    await house.amocrm.fault({ match: 'POST /api/v4/calls', kind: 'status', status: 403 });
    const [begun, over] = split(wrong.rows, (row) => row.eventtype === 'HANGUP');
    await write(house, begun);
    const naming = { eventtype: 'ATTENDEDTRANSFER', extra: `{"transferee_channel_uniqueid":"${victim.linkedid}"}` };
    await house.writeCel([{ ...begun.find(({ table }) => table === 'cel')?.row, ...naming }]);
    await write(house, over);
    await journalSays(house, wrong.linkedid, 'needs-attention');
    await house.amocrm.clearFaults();
    await write(house, after);
    expect(await house.closed(victim.linkedid)).toHaveProperty('registrations');
    const told = await house.journal(victim.linkedid);
    expect(told).toMatchObject({ call: { doubts: [] }, registration: { state: 'registered' } });
    await house.temporal.workflow.getHandle(`call:${house.pbxId}:${wrong.linkedid}`).signal(retrySignal);
    await house.closed(wrong.linkedid);
    await house.again(wrong.linkedid);
    expect(await house.journal(victim.linkedid)).toEqual(told);
    for (const call of [victim, wrong]) expect(await registrationsOf(call)).toMatchObject([{ duration: 3 }]);
  });

  it.each(kinds)('%s: a call whose first actor was ended by hand is still one with the other', async (...kind) => {
    const [scenario, registered, told] = kind;
    const call = stranger(scenario);
    const [older, younger] = olderAndYounger(call);
    const [before, after] = split(call.rows, (row) => row.linkedid === younger);
    await play(house, before);
    await hasCard(call);
    await house.temporal.workflow.getHandle(`call:${house.pbxId}:${older}`).terminate();
    await play(house, after);
    expect(await house.closed(younger)).toEqual({ joinedInto: older });
    await house.closed(older, 1);
    expect(await registrationsOf(call)).toMatchObject([registered]);
    expect((await house.journal(older))?.call).toMatchObject({ ...told, doubts: [] });
  });
});
