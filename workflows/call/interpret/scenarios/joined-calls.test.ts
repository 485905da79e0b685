import { client, PbxScript } from '../../../../tests/recorded/pbx-script.ts';

const first = 'PJSIP/102-00000001';
const colleague = 'PJSIP/103-00000002';
const second = 'PJSIP/102-00000003';
const outside = 'PJSIP/beeline-00000004';

/** 102 calls 103. */
function inside(script: PbxScript, at: number): void {
  script
    .at(at)
    .start(first, { exten: '103', from: '102' })
    .app(first, 'Dial', 'PJSIP/103,20')
    .start(colleague, { of: first, from: '103' })
    .calledBy(colleague, 'AppDial')
    .at(at + 2)
    .answer(colleague, first)
    .enter('inside', colleague, first);
}

/** 102 calls a client, or a client calls 102. */
function withClient(script: PbxScript, at: number, direction: 'inbound' | 'outbound'): void {
  const calls = direction === 'outbound' ? second : outside;
  const called = direction === 'outbound' ? outside : second;
  if (direction === 'outbound')
    script
      .at(at)
      .start(second, { exten: client, from: '102' })
      .app(second, 'Dial', `PJSIP/${client}@beeline,60`)
      .start(outside, { of: second, context: 'from-pstn' });
  else
    script
      .at(at)
      .start(outside, { exten: '74951230001', context: 'from-pstn', from: client })
      .app(outside, 'Dial', 'PJSIP/102,20')
      .start(second, { of: outside, from: '102' });
  script
    .calledBy(called, 'AppDial')
    .at(at + 2)
    .answer(called, calls)
    .enter('with client', called, calls);
}

/** 102 connects the two and leaves; they talk for a minute. */
function connect(script: PbxScript, isClientTarget: boolean, isClientOlder: boolean, owner: string): void {
  const [from, to, transferee, target] = isClientTarget
    ? [first, second, colleague, outside]
    : [second, first, outside, colleague];
  const [older, younger, moved, bridge] = isClientOlder
    ? [owner, first, colleague, 'with client']
    : [first, owner, outside, 'inside'];
  script
    .at(25)
    .exit('inside', first)
    .exit('with client', second)
    .exit(isClientOlder ? 'inside' : 'with client', moved)
    .row(from, 'ATTENDEDTRANSFER', {
      channel2_uniqueid: script.uniqueid(to),
      transferee_channel_uniqueid: script.uniqueid(transferee),
      transfer_target_channel_uniqueid: script.uniqueid(target),
    })
    .hangup(first)
    .hangup(second)
    .over(younger)
    .moveTo(moved, older)
    .enter(bridge, moved)
    .at(85)
    .exit(bridge, outside, colleague)
    .hangup(outside, 16, outside)
    .hangup(colleague, 16, outside)
    .over(older);
}

describe('a client and a colleague whom an employee talks with are connected', () => {
  const orders = ['inbound', 'outbound'].flatMap((direction) =>
    [true, false].flatMap((isClientTarget) => [true, false].map((isOlder) => ({ direction, isClientTarget, isOlder }))),
  );

  it.each(orders)('$direction, client is target: $isClientTarget, client is older: $isOlder', (order) => {
    const direction = order.direction as 'inbound' | 'outbound';
    const script = new PbxScript();
    if (order.isOlder) withClient(script, 0, direction);
    inside(script, order.isOlder ? 10 : 0);
    if (!order.isOlder) withClient(script, 10, direction);
    connect(script, order.isClientTarget, order.isOlder, direction === 'outbound' ? second : outside);
    const calls = script.calls();
    const call = calls.find((one) => one.direction === direction);
    const asking = calls.find((one) => one.direction === 'internal');
    expect(calls).toHaveLength(2);
    expect(call).toMatchObject({
      externalNumber: client,
      result: 'answered',
      // before Asterisk 18 nothing tells of hold: the first call waits from the second one's beginning
      talkSeconds: order.isOlder ? 68 : 73,
      lastTalker: '103',
      hangupBy: 'external',
      endedAtMs: script.startedAtMs + 85_000,
      transfers: [expect.objectContaining({ kind: 'attended', from: '102', to: '103', answered: true })],
    });
    expect(asking).toMatchObject({
      answeredBy: '103',
      hangupExtension: '102',
      endedAtMs: script.startedAtMs + 25_000,
      transfers: [],
    });
  });
});

function twoClients(): PbxScript {
  const [a, b] = ['PJSIP/beeline-0000000a', 'PJSIP/beeline-0000000b'];
  const [toA, toB] = ['PJSIP/101-0000000c', 'PJSIP/101-0000000d'];
  const script = new PbxScript();
  const dial = (phone: string, called: string, number: string, at: number) =>
    script
      .at(at)
      .start(phone, { exten: number, from: '101' })
      .app(phone, 'Dial', `PJSIP/${number}@beeline,30`)
      .start(called, { of: phone, context: 'from-pstn' })
      .calledBy(called, 'AppDial')
      .at(at + 1)
      .answer(called, phone)
      .enter(called, called, phone);
  dial(toA, a, '89168880908', 0);
  script.at(3).row(a, 'STREAM_BEGIN', { class: 'default' });
  dial(toB, b, '89168880909', 4);
  script
    .at(8)
    .row(a, 'STREAM_END')
    .exit(a, a)
    .exit(b, toB)
    .enter(b, a)
    .exit(a, toA)
    .row(toA, 'ATTENDEDTRANSFER', {
      channel2_uniqueid: script.uniqueid(toB),
      transferee_channel_uniqueid: script.uniqueid(a),
      transfer_target_channel_uniqueid: script.uniqueid(b),
    })
    .hangup(toB)
    .over(toB)
    .hangup(toA)
    .moveTo(b, toA)
    .at(20)
    .exit(b, a)
    .hangup(a, 16, a)
    .exit(b, b)
    .hangup(b, 16, a)
    .over(toA);
  return script;
}

describe('two clients whom an employee called', () => {
  it('and connected are two calls, of which the second ends with the transfer', () => {
    const script = twoClients();
    const [call, then] = script.calls();
    expect(call).toMatchObject({
      externalNumber: '79168880908',
      talkSeconds: 2,
      outsideTalkSeconds: 12,
      endedAtMs: script.startedAtMs + 20_000,
    });
    expect(call?.transfers).toMatchObject([{ from: '101', to: '79168880909', toOutside: true, answered: true }]);
    // a consultation is an internal call
    expect(then).toMatchObject({
      externalNumber: '79168880909',
      talkSeconds: 3,
      consultation: false,
      hangupBy: 'internal',
      endedAtMs: script.startedAtMs + 8_000,
      transfers: [],
    });
  });
});

describe('two clients whom an employee called, where the column extra is not kept,', () => {
  it('are told without handing the second on to anybody', () => {
    const script = twoClients();
    const bare = script.rows.map((row) => ({ ...row, extra: {} }));
    const calls = script.calls(undefined, bare);
    expect(calls.map((call) => [call.externalNumber, call.transfers.length])).toEqual([
      ['79168880908', 1],
      ['79168880909', 0],
    ]);
  });
});

describe('a call that is still open when its rows are known to be over', () => {
  it('has an end, and so has each call that it was joined with, wherever its rows stop', () => {
    const script = new PbxScript();
    withClient(script, 0, 'outbound');
    inside(script, 10);
    connect(script, true, true, second);
    for (let count = 1; count <= script.rows.length; count++) {
      const ends = script.calls(undefined, script.rows.slice(0, count)).map((call) => call.endedAtMs);
      expect(ends).not.toContain(null);
    }
  });
});
