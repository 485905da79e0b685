import { defaultPbx } from '../../../proto/default-pbx.ts';
import { answeredInbound, client, PbxScript, trunk } from '../../../tests/recorded/pbx-script.ts';

const phone = 'PJSIP/101-00000002';
const colleague = 'PJSIP/102-00000003';
const mobile = 'PJSIP/beeline-00000004';

describe('follow-me', () => {
  const script = new PbxScript()
    .start(trunk, { exten: '74951230005', context: 'from-pstn', from: client })
    .app(
      trunk,
      'Dial',
      'Local/FMPR-103@from-internal/n&Local/FMGL-89167770002#@from-internal/n',
      '103',
      'ext-findmefollow',
    )
    .local('Local/FMPR-103@from-internal-01', trunk)
    .local('Local/FMGL-89167770002#@from-internal-02', trunk)
    .app('Local/FMGL-89167770002#@from-internal-02;2', 'Dial', 'PJSIP/89167770002@beeline,30')
    .app('Local/FMPR-103@from-internal-01;2', 'Dial', 'PJSIP/103,20')
    .start(mobile, { of: trunk, context: 'from-pstn' })
    .start('PJSIP/103-00000005', { of: trunk, from: '103' })
    .calledBy('Local/FMGL-89167770002#@from-internal-02;1', 'AppDial')
    .at(4)
    .answer(mobile, 'Local/FMGL-89167770002#@from-internal-02;2', 'Local/FMGL-89167770002#@from-internal-02;1', trunk)
    .hangup('Local/FMPR-103@from-internal-01;1', 26)
    .hangup('PJSIP/103-00000005', 26)
    .enter('b1', 'Local/FMGL-89167770002#@from-internal-02;1', trunk)
    .enter('b2', mobile, 'Local/FMGL-89167770002#@from-internal-02;2')
    .at(14)
    .exit('b2', mobile)
    .hangup(mobile, 16, mobile)
    .exit('b1', trunk)
    .hangup(trunk, 16, mobile, 'ANSWER')
    .over(trunk);

  it.each([
    ['with', script.rows],
    ['without', script.rowsWithoutDial()],
  ])('on the mobile counts as the extension, %s rows of Dial', (_, rows) => {
    expect(script.call(undefined, rows)).toMatchObject({
      direction: 'inbound',
      externalNumber: client,
      rang: ['103'],
      firstRinging: ['103'],
      answeredBy: '103',
      answeredOn: '79167770002',
      lastTalker: '103',
      talkSeconds: 10,
      waitSeconds: 4,
      result: 'answered',
    });
  });
});

describe('a transfer', () => {
  it('to a group is one to whoever answers', () => {
    const call = answeredInbound()
      .at(10)
      .row(phone, 'BLINDTRANSFER', { extension: '600', transferee_channel_uniqueid: '1795510800.1' })
      .exit('first', trunk, phone)
      .hangup(phone)
      .app(trunk, 'Dial', 'PJSIP/102&PJSIP/103,20', '600', 'ext-group')
      .start(colleague, { of: trunk, from: '102' })
      .start('PJSIP/103-00000006', { of: trunk, from: '103' })
      .at(15)
      .answer('PJSIP/103-00000006')
      .hangup(colleague, 26)
      .enter('second', 'PJSIP/103-00000006', trunk)
      .at(20)
      .exit('second', trunk, 'PJSIP/103-00000006')
      .hangup(trunk, 16, trunk)
      .hangup('PJSIP/103-00000006', 16, trunk)
      .over(trunk)
      .call();
    expect(call).toMatchObject({
      rang: ['101', '102', '103'],
      firstRinging: ['101'],
      lastTalker: '103',
      talkSeconds: 13,
    });
    expect(call.transfers).toMatchObject([{ kind: 'blind', from: '101', to: '103', dialled: '600', answered: true }]);
    expect(call.conversations.map((part) => [part.extension, part.cameBy, part.result])).toEqual([
      ['101', 'direct', 'answered'],
      ['102', 'transfer', 'elsewhere'],
      ['103', 'transfer', 'answered'],
    ]);
  });

  it('to a mobile outside, after asking there, leaves the employee as the last talker', () => {
    const second = 'PJSIP/101-00000007';
    const script = answeredInbound();
    script
      .at(8)
      .row(trunk, 'STREAM_BEGIN', { class: 'default' })
      .start(second, { exten: '89167770009', from: '101' })
      .app(second, 'Dial', 'PJSIP/89167770009@beeline,30')
      .start(mobile, { of: second, context: 'from-pstn' })
      .at(12)
      .answer(mobile, second)
      .enter('asking', mobile, second)
      .at(16)
      .row(trunk, 'STREAM_END')
      .exit('first', trunk)
      .exit('asking', second)
      .moveTo(mobile, trunk)
      .enter('asking', trunk)
      .exit('first', phone)
      .row(phone, 'ATTENDEDTRANSFER', {
        channel2_uniqueid: script.uniqueid(second),
        transferee_channel_uniqueid: script.uniqueid(trunk),
        transfer_target_channel_uniqueid: script.uniqueid(mobile),
      })
      .hangup(phone)
      .hangup(second)
      .over(second)
      .at(30)
      .exit('asking', trunk, mobile)
      .hangup(mobile, 16, mobile)
      .hangup(trunk, 16, mobile)
      .over(trunk);
    const [inbound, asking] = script.calls();
    expect(inbound).toMatchObject({
      direction: 'inbound',
      externalNumber: client,
      rang: ['101'],
      answeredBy: '101',
      lastTalker: '101',
      talkSeconds: 6,
      outsideTalkSeconds: 14,
      hangupBy: 'external',
    });
    expect(inbound?.transfers).toMatchObject([{ kind: 'attended', from: '101', to: '79167770009', toOutside: true }]);
    expect(asking).toMatchObject({
      direction: 'outbound',
      externalNumber: '79167770009',
      consultation: true,
      talkSeconds: 4,
      callerExtension: '101',
    });
  });

  it('to a phone that still rings and is never answered is one without an answer', () => {
    const second = 'PJSIP/101-00000007';
    const script = answeredInbound();
    script
      .at(8)
      .start(second, { exten: '102', from: '101' })
      .app(second, 'Dial', 'PJSIP/102,20')
      .start(colleague, { of: second, from: '102' })
      .at(10)
      .row(phone, 'ATTENDEDTRANSFER', {
        channel2_uniqueid: script.uniqueid(second),
        app: 'Dial',
        transferee_channel_uniqueid: script.uniqueid(trunk),
        transfer_target_channel_uniqueid: 'N/A',
      })
      .exit('first', phone, trunk)
      .hangup(phone)
      .hangup(second)
      .at(25)
      .hangup(colleague, 0)
      .over(second)
      .hangup(trunk, 16, 'dialplan/builtin', '')
      .over(trunk);
    const [inbound, asking] = script.calls();
    expect(inbound).toMatchObject({ rang: ['101', '102'], lastTalker: '101', talkSeconds: 6, hangupBy: 'pbx' });
    expect(inbound?.transfers).toMatchObject([{ kind: 'attended', from: '101', to: '102', answered: false }]);
    expect(asking).toMatchObject({
      direction: 'internal',
      result: 'cancelled',
      consultation: true,
      calledExtension: '102',
    });
  });

  it('after asking a queue member behind a Local channel reaches the member', () => {
    const second = 'PJSIP/101-00000007';
    const member = 'Local/102@from-queue-0e';
    const script = answeredInbound();
    script
      .at(8)
      .start(second, { exten: '400', from: '101' })
      .answer(second)
      .app(second, 'Queue', '400,t', '400', 'ext-queues')
      .local(member, second)
      .app(`${member};2`, 'Dial', 'PJSIP/102,15')
      .start(colleague, { of: second, from: '102' })
      .calledBy(`${member};1`, 'AppQueue')
      .at(12)
      .answer(colleague, `${member};2`, `${member};1`)
      .enter('inner', colleague, `${member};2`)
      .enter('asking', `${member};1`, second)
      .at(15)
      .exit('first', trunk)
      .exit('asking', second)
      .moveTo(`${member};1`, trunk)
      .enter('asking', trunk)
      .exit('first', phone)
      .row(phone, 'ATTENDEDTRANSFER', {
        channel2_uniqueid: script.uniqueid(second),
        transferee_channel_uniqueid: script.uniqueid(trunk),
        transfer_target_channel_uniqueid: script.uniqueid(`${member};1`),
      })
      .hangup(phone)
      .hangup(second)
      .at(25)
      .exit('asking', trunk)
      .hangup(trunk, 16, trunk)
      .hangup(`${member};1`)
      .over(trunk)
      .exit('inner', colleague)
      .hangup(`${member};2`)
      .hangup(colleague)
      .over(second);
    const [inbound, asking] = script.calls();
    // six seconds before the call for help, by the way Asterisk before 18 tells of hold; ten after the transfer
    expect(inbound).toMatchObject({ rang: ['101', '102'], lastTalker: '102', talkSeconds: 16 });
    expect(inbound?.transfers).toMatchObject([{ kind: 'attended', from: '101', to: '102', answered: true }]);
    expect(asking).toMatchObject({ direction: 'internal', answeredBy: '102', consultation: true, talkSeconds: 3 });
  });

  it('by feature code that is called off leaves the client with who asked', () => {
    const call = answeredInbound()
      .at(5)
      .row(trunk, 'STREAM_BEGIN', { class: 'default' })
      .local('Local/102@from-internal-xfer-09', trunk)
      .enter('asking', 'Local/102@from-internal-xfer-09;1')
      .exit('first', phone)
      .enter('asking', phone)
      .app('Local/102@from-internal-xfer-09;2', 'Dial', 'PJSIP/102,20')
      .start(colleague, { of: trunk, from: '102' })
      .at(7)
      .answer(colleague, 'Local/102@from-internal-xfer-09;2', 'Local/102@from-internal-xfer-09;1')
      .enter('answering', colleague, 'Local/102@from-internal-xfer-09;2')
      .at(10)
      .exit('asking', phone)
      .enter('first', phone)
      .row(trunk, 'STREAM_END')
      .hangup('Local/102@from-internal-xfer-09;1')
      .exit('answering', colleague)
      .hangup('Local/102@from-internal-xfer-09;2')
      .hangup(colleague)
      .at(20)
      .exit('first', trunk, phone)
      .hangup(trunk, 16, trunk)
      .hangup(phone, 16, trunk)
      .over(trunk)
      .call();
    expect(call).toMatchObject({ rang: ['101', '102'], transfers: [], lastTalker: '101', talkSeconds: 13 });
    expect(call.conversations.map((part) => [part.extension, part.cameBy])).toEqual([
      ['101', 'direct'],
      ['102', 'consultation'],
    ]);
  });
});

describe('parking', () => {
  it('of a client who gives up is a transfer to nobody', () => {
    const script = answeredInbound();
    const call = script
      .at(8)
      .row(phone, 'BLINDTRANSFER', { extension: '70', transferee_channel_uniqueid: script.uniqueid(trunk) })
      .exit('first', trunk)
      .row(trunk, 'PARK_START', { parker_dial_string: 'PJSIP/101', parking_lot: 'default' })
      .row(trunk, 'BRIDGE_ENTER', { bridge_id: 'lot', bridge_technology: 'holding_bridge' })
      .exit('first', phone)
      .hangup(phone)
      .at(30)
      .row(trunk, 'PARK_END', { reason: 'ParkedCallGiveUp' })
      .row(trunk, 'BRIDGE_EXIT', { bridge_id: 'lot', bridge_technology: 'holding_bridge' })
      .hangup(trunk, 16, trunk)
      .over(trunk)
      .call();
    expect(call).toMatchObject({ result: 'answered', talkSeconds: 6, hangupBy: 'external', lastTalker: '101' });
    expect(call.transfers).toMatchObject([{ kind: 'park', from: '101', to: '70', answered: false, timedOut: false }]);
  });
});

describe('a queue', () => {
  const member = 'Local/101@from-queue-0a';
  const inQueue = () =>
    new PbxScript()
      .start(trunk, { exten: '74951230003', context: 'from-pstn', from: client })
      .answer(trunk)
      .app(trunk, 'Queue', '400,t,,,30', '400', 'ext-queues')
      .local(member, trunk)
      .app(`${member};2`, 'Dial', 'PJSIP/101,15')
      .start(phone, { of: trunk, from: '101' })
      .calledBy(`${member};1`, 'AppQueue')
      .calledBy(phone, 'AppDial');

  it('whose member is picked up by a neighbour was answered by the neighbour', () => {
    const script = inQueue().at(6).start(colleague, { exten: '**101', from: '102' }).answer(colleague);
    const call = script
      .row(phone, 'PICKUP', { pickup_channel: colleague, pickup_channel_uniqueid: script.uniqueid(colleague) })
      .answer(`${member};2`, `${member};1`)
      .hangup(phone)
      .over(colleague)
      .moveTo(colleague, trunk)
      .enter('inner', colleague, `${member};2`)
      .enter('outer', `${member};1`, trunk)
      .at(16)
      .exit('outer', trunk)
      .exit('inner', colleague)
      .hangup(trunk, 16, trunk)
      .hangup(colleague, 16, trunk)
      .over(trunk)
      .call();
    expect(call).toMatchObject({
      rang: ['101'],
      answeredBy: '102',
      pickedUp: true,
      waitSeconds: 6,
      talkSeconds: 10,
      ivr: null,
    });
    expect(call.conversations.map((part) => [part.extension, part.cameBy])).toEqual([
      ['101', 'queue'],
      ['102', 'pickup'],
    ]);
  });

  it('that gives up and records a message is voice mail', () => {
    const call = inQueue()
      .at(15)
      .hangup(`${member};1`, 0)
      .hangup(phone, 0)
      .app(trunk, 'VoiceMail', '400@default,u', 'vmu400', 'macro-vm')
      .at(40)
      .hangup(trunk, 16, trunk)
      .over(trunk)
      .call();
    expect(call).toMatchObject({ result: 'voicemail', waitSeconds: 40, hangupBy: 'external', answeredAtMs: null });
  });

  it('that rings a member again and again has one part for each', () => {
    const script = inQueue();
    for (let round = 1; round <= 5; round++) {
      const again = `Local/101@from-queue-1${round}`;
      script
        .at(round * 20)
        .local(again, trunk)
        .start(`PJSIP/101-1000000${round}`, { of: trunk, from: '101' });
      script
        .calledBy(`${again};1`, 'AppQueue')
        .at(round * 20 + 15)
        .hangup(`${again};1`, 0);
      script.hangup(`PJSIP/101-1000000${round}`, 0);
    }
    const call = script.hangup(trunk, 16, trunk, 'CANCEL').over(trunk).call();
    expect(call.rang).toEqual(['101']);
    expect(call.result).toBe('missed');
    expect(call.conversations.length).toBeLessThanOrEqual(2);
  });
});

describe('a group', () => {
  it('of which one declines and the rest ring out was given up by the PBX', () => {
    const call = new PbxScript()
      .start(trunk, { exten: '74951230002', context: 'from-pstn', from: client })
      .app(trunk, 'Dial', 'PJSIP/101&PJSIP/102,20', '600', 'ext-group')
      .start(phone, { of: trunk, from: '101' })
      .start(colleague, { of: trunk, from: '102' })
      .at(3)
      .hangup(phone, 21, phone)
      .at(20)
      .hangup(colleague, 0)
      .hangup(trunk, 16, 'dialplan/builtin', 'NOANSWER')
      .over(trunk)
      .call();
    expect(call).toMatchObject({ result: 'missed', hangupBy: 'pbx', firstRinging: ['101', '102'] });
    expect(call.conversations.map((part) => part.result)).toEqual(['declined', 'no_answer']);
  });
});

describe('a click', () => {
  const local = 'Local/101@click-to-call-0b';
  const clicked = () =>
    new PbxScript()
      .local(local, `${local};1`)
      .app(`${local};2`, 'Dial', 'PJSIP/101,15', '101', 'click-to-call')
      .start(phone, { of: `${local};1`, from: '101' });

  it('through a Local channel to an employee who declines calls no client', () => {
    const script = new PbxScript().start(`${local};1`, { exten: '101', context: 'click-to-call', from: client });
    const call = script
      .start(`${local};2`, { of: `${local};1`, exten: '101', context: 'click-to-call', from: client })
      .app(`${local};2`, 'Dial', 'PJSIP/101,15', '101', 'click-to-call')
      .start(phone, { of: `${local};1`, from: '101' })
      .at(3)
      .hangup(phone, 21, phone)
      .hangup(`${local};2`, 21, '', 'NOANSWER')
      .hangup(`${local};1`, 21)
      .over(`${local};1`)
      .call();
    expect(call).toMatchObject({
      direction: 'outbound',
      externalNumber: client,
      callerExtension: '101',
      rang: ['101'],
      result: 'cancelled',
      hangupBy: 'internal',
      clickToCall: { employeeAnsweredAtMs: null, clientWasCalled: false },
    });
  });

  it('is known as such from its first row', () => {
    expect(clicked).toThrow(); // the first channel belongs to no other
    const call = new PbxScript().start(phone, { from: '101' }).call();
    expect(call).toMatchObject({ direction: 'outbound', clickToCall: { clientWasCalled: false } });
  });
});

describe('a call inside', () => {
  const dial = (exten: string) =>
    new PbxScript().start(phone, { exten, from: '101' }).app(phone, 'Dial', 'PJSIP/102,20').start(colleague, {
      of: phone,
      from: '102',
    });

  it('that the called employee declines was ended by them', () => {
    const call = dial('102')
      .at(2)
      .hangup(colleague, 21, colleague)
      .hangup(phone, 21, phone, 'NOANSWER')
      .over(phone)
      .call();
    expect(call).toMatchObject({
      direction: 'internal',
      result: 'busy',
      hangupExtension: '102',
      calledExtension: '102',
    });
  });

  it('to who forwards to a mobile stays inside', () => {
    const call = new PbxScript()
      .start(phone, { exten: '105', from: '101' })
      .app(phone, 'Dial', 'Local/89167770001@from-internal/n')
      .local('Local/89167770001@from-internal-0c', phone)
      .app('Local/89167770001@from-internal-0c;2', 'Dial', 'PJSIP/89167770001@beeline,30')
      .start(mobile, { of: phone, context: 'from-pstn' })
      .calledBy('Local/89167770001@from-internal-0c;1', 'AppDial')
      .at(5)
      .answer(mobile, 'Local/89167770001@from-internal-0c;2', 'Local/89167770001@from-internal-0c;1', phone)
      .enter('b2', mobile, 'Local/89167770001@from-internal-0c;2')
      .enter('b1', 'Local/89167770001@from-internal-0c;1', phone)
      .at(9)
      .exit('b1', phone)
      .hangup(phone, 16, phone)
      .over(phone)
      .call();
    expect(call).toMatchObject({ direction: 'internal', answeredBy: '105', answeredOn: '79167770001', talkSeconds: 4 });
  });

  it('to a short number outside is no call inside', () => {
    const call = new PbxScript()
      .start(phone, { exten: '112', from: '101' })
      .app(phone, 'Dial', 'PJSIP/112@beeline,30')
      .start(mobile, { of: phone, context: 'from-pstn' })
      .at(2)
      .answer(mobile, phone)
      .enter('b', mobile, phone)
      .at(9)
      .exit('b', phone, mobile)
      .hangup(phone, 16, phone)
      .over(phone)
      .call();
    expect(call).toMatchObject({ direction: 'outbound', externalNumber: '112', answeredBy: '112', result: 'answered' });
  });
});

describe('an outbound call', () => {
  it('whose digits for a line are not known is told with a doubt', () => {
    const call = new PbxScript()
      .start(phone, { exten: '089161234567', from: '101' })
      .start(mobile, { of: phone, context: 'from-pstn' })
      .at(20)
      .hangup(mobile, 0)
      .hangup(phone, 16, phone, 'CANCEL')
      .over(phone)
      .call();
    expect(call).toMatchObject({ direction: 'outbound', externalNumber: client, result: 'cancelled' });
    expect(call.doubts).toEqual([expect.stringContaining('guess')]);
  });

  it('that is transferred after asking goes on with the colleague', () => {
    const second = 'PJSIP/101-00000007';
    const script = new PbxScript()
      .start(phone, { exten: '89161234567', from: '101' })
      .app(phone, 'Dial', 'PJSIP/89161234567@beeline,30')
      .start(mobile, { of: phone, context: 'from-pstn' })
      .at(2)
      .answer(mobile, phone)
      .enter('first', mobile, phone)
      .at(5)
      .start(second, { exten: '102', from: '101' })
      .app(second, 'Dial', 'PJSIP/102,20')
      .start(colleague, { of: second, from: '102' })
      .at(7)
      .answer(colleague, second)
      .enter('asking', colleague, second)
      .at(10);
    script
      .exit('first', mobile)
      .exit('asking', second)
      .enter('asking', mobile)
      .exit('first', phone)
      .row(phone, 'ATTENDEDTRANSFER', {
        channel2_uniqueid: script.uniqueid(second),
        transferee_channel_uniqueid: script.uniqueid(mobile),
        transfer_target_channel_uniqueid: script.uniqueid(colleague),
      })
      .hangup(phone)
      .hangup(second)
      .over(second)
      .moveTo(colleague, mobile)
      .at(20)
      .exit('asking', mobile, colleague)
      .hangup(colleague, 16, mobile)
      .hangup(mobile, 16, mobile)
      .over(mobile);
    const [outbound, asking] = script.calls();
    expect(outbound).toMatchObject({
      direction: 'outbound',
      externalNumber: client,
      firstRinging: [],
      rang: ['102'],
      lastTalker: '102',
      // without rows of music the time of asking counts as hold
      talkSeconds: 13,
      heldSeconds: 5,
      hangupBy: 'external',
    });
    expect(outbound?.transfers).toMatchObject([{ kind: 'attended', from: '101', to: '102', answered: true }]);
    expect(asking).toMatchObject({ direction: 'internal', consultation: true, talkSeconds: 3 });
  });
});

describe('a phone that is forwarded when it does not answer', () => {
  it('is the one in whose place the mobile is called', () => {
    const call = new PbxScript()
      .start(trunk, { exten: '74951230009', context: 'from-pstn', from: client })
      .app(trunk, 'Dial', 'PJSIP/105,10')
      .start('PJSIP/105-00000002', { of: trunk, from: '105' })
      .at(10)
      .hangup('PJSIP/105-00000002', 0)
      .app(trunk, 'Dial', 'PJSIP/89167770001@beeline,30')
      .start(mobile, { of: trunk, context: 'from-pstn' })
      .at(15)
      .answer(mobile, trunk)
      .enter('b', mobile, trunk)
      .at(25)
      .exit('b', mobile, trunk)
      .hangup(trunk, 16, trunk, 'ANSWER')
      .over(trunk)
      .call();
    expect(call).toMatchObject({ rang: ['105'], answeredBy: '105', answeredOn: '79167770001', waitSeconds: 15 });
    expect(call.conversations.map((part) => [part.cameBy, part.result])).toEqual([
      ['direct', 'no_answer'],
      ['forward', 'answered'],
    ]);
    expect(call.doubts).toEqual([]);
  });
});

describe('a trunk whose name is a number', () => {
  it('is told by what Dial was told to do through it', () => {
    const gate = 'SIP/4951234-0000000d';
    const rows = new PbxScript()
      .start('SIP/101-0000000c', { exten: '89161234567', context: 'ofis', from: '101' })
      .app('SIP/101-0000000c', 'Dial', 'SIP/4951234/89161234567,60', '89161234567', 'ofis')
      .start(gate, { of: 'SIP/101-0000000c', context: 'vhod' });
    const call = rows.at(3).hangup(gate, 17, gate).hangup('SIP/101-0000000c', 17, '', 'BUSY').over('SIP/101-0000000c');
    expect(call.call({ ...defaultPbx('main', 'UTC'), extensionPattern: '^\\d{2,7}$' })).toMatchObject({
      direction: 'outbound',
      externalNumber: client,
      trunk: '4951234',
      result: 'busy',
      hangupBy: 'external',
    });
  });
});

describe('several calls under one linkedid', () => {
  const agent = 'PJSIP/101-00000002';
  const second = 'PJSIP/beeline-00000005';

  it('of an agent who is off the hook all day are told one by one', () => {
    const script = new PbxScript().start(agent, { exten: '*45', from: '101' }).answer(agent).at(100);
    const talk = (channel: string, from: string, at: number) =>
      script
        .at(at)
        .start(channel, { exten: '74951230003', context: 'from-pstn', from })
        .answer(channel)
        .app(channel, 'Queue', '400,t', '400', 'ext-queues')
        .at(at + 10)
        .over(channel)
        .moveTo(channel, agent)
        .enter(`bridge ${at}`, channel, agent)
        .at(at + 30)
        .exit(`bridge ${at}`, channel, agent)
        .hangup(channel, 16, channel);
    talk(trunk, client, 100);
    talk(second, '79035550000', 300);
    script.at(500).hangup(agent, 16, agent).over(agent);
    const calls = script.calls();
    expect(
      calls.map(({ direction, externalNumber, lastTalker, talkSeconds, hangupBy }) => [
        direction,
        externalNumber,
        lastTalker,
        talkSeconds,
        hangupBy,
      ]),
    ).toEqual([
      ['internal', null, null, 0, 'internal'],
      ['inbound', client, '101', 20, 'external'],
      ['inbound', '79035550000', '101', 20, 'external'],
    ]);
    expect(calls.map((call) => call.endedAtMs && (call.endedAtMs - script.startedAtMs) / 1000)).toEqual([
      500, 130, 330,
    ]);
  });
});
