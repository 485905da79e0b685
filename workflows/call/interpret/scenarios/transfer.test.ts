import { answeredInbound, client, colleague, mobile, phone, trunk } from '../../../../tests/recorded/pbx-script.ts';

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
      consultation: false,
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
