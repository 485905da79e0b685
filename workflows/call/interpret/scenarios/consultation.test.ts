import {
  answeredInbound,
  client,
  colleague,
  mobile,
  PbxScript,
  phone,
  trunk,
} from '../../../../tests/recorded/pbx-script.ts';

describe('an employee who asks a colleague', () => {
  const second = 'PJSIP/101-00000007';
  const forward = 'Local/89167771102@from-internal-08';

  it('whose calls are forwarded to a mobile, and transfers there, transfers to the colleague', () => {
    const script = answeredInbound();
    script
      .at(8)
      .row(trunk, 'STREAM_BEGIN', { class: 'default' })
      .start(second, { exten: '102', from: '101' })
      .app(second, 'Dial', 'Local/89167771102@from-internal/n,15')
      .local(forward, second)
      .app(`${forward};2`, 'Dial', 'PJSIP/89167771102@beeline,30')
      .start(mobile, { of: second, context: 'from-pstn' })
      .calledBy(`${forward};1`, 'AppDial')
      .at(12)
      .answer(mobile, `${forward};2`, `${forward};1`, second)
      .enter('inner', mobile, `${forward};2`)
      .enter('asking', `${forward};1`, second)
      .at(16)
      .row(trunk, 'STREAM_END')
      .exit('first', trunk)
      .exit('asking', second)
      .moveTo(`${forward};1`, trunk)
      .enter('asking', trunk)
      .row(phone, 'ATTENDEDTRANSFER', {
        channel2_uniqueid: script.uniqueid(second),
        transferee_channel_uniqueid: script.uniqueid(trunk),
        transfer_target_channel_uniqueid: script.uniqueid(`${forward};1`),
      })
      .exit('first', phone)
      .hangup(phone)
      .hangup(second)
      .at(30)
      .exit('asking', trunk)
      .hangup(`${forward};1`, 16, trunk)
      .hangup(trunk, 16, trunk, 'ANSWER')
      .over(trunk)
      .exit('inner', mobile)
      .hangup(`${forward};2`)
      .hangup(mobile)
      .over(second);
    const [inbound, asking] = script.calls();
    expect(inbound).toMatchObject({ rang: ['101', '102'], lastTalker: '102', talkSeconds: 20, outsideTalkSeconds: 0 });
    expect(inbound?.transfers).toMatchObject([{ kind: 'attended', from: '101', to: '102', toOutside: false }]);
    expect(asking).toMatchObject({ direction: 'internal', answeredOn: '79167771102', consultation: true });
  });

  it('by feature code, and whose client leaves meanwhile, had a call until then', () => {
    const local = 'Local/102@from-internal-xfer-09';
    const call = answeredInbound()
      .at(8)
      .row(trunk, 'STREAM_BEGIN', { class: 'default' })
      .local(local, trunk)
      .enter('asking', `${local};1`)
      .exit('first', phone)
      .enter('asking', phone)
      .app(`${local};2`, 'Dial', 'PJSIP/102,20')
      .start(colleague, { of: trunk, from: '102' })
      .at(10)
      .answer(colleague, `${local};2`, `${local};1`)
      .enter('answering', colleague, `${local};2`)
      .at(15)
      .exit('first', trunk)
      .hangup(trunk, 16, trunk, 'ANSWER')
      .at(25)
      .exit('asking', phone, `${local};1`)
      .hangup(phone, 16, phone)
      .hangup(`${local};1`, 16, phone)
      .exit('answering', colleague)
      .hangup(`${local};2`)
      .hangup(colleague)
      .over(trunk);
    expect(call.call()).toMatchObject({
      endedAtMs: call.startedAtMs + 15_000,
      talkSeconds: 6,
      lastTalker: '101',
      hangupBy: 'external',
    });
  });
});

describe('an employee who asked a colleague before the client called', () => {
  it('has the client wait for what the client heard, not the colleague', () => {
    const [first, second] = ['PJSIP/101-00000007', 'PJSIP/101-00000008'];
    const script = new PbxScript();
    script
      .start(first, { exten: '102', from: '101' })
      .app(first, 'Dial', 'PJSIP/102,20')
      .start(colleague, { of: first, from: '102' })
      .at(1)
      .answer(colleague, first)
      .enter('asking', colleague, first)
      .at(10)
      .start(trunk, { exten: '74951230001', context: 'from-pstn', from: client })
      .app(trunk, 'Dial', 'PJSIP/101,20')
      .start(second, { of: trunk, from: '101' })
      .at(12)
      .row(colleague, 'STREAM_BEGIN', { class: 'default' })
      .answer(second, trunk)
      .enter('first', second, trunk)
      .at(20)
      .row(colleague, 'STREAM_END')
      .exit('first', trunk, second)
      .exit('asking', first)
      .moveTo(trunk, first)
      .enter('asking', trunk)
      .row(second, 'ATTENDEDTRANSFER', {
        channel2_uniqueid: script.uniqueid(first),
        transferee_channel_uniqueid: script.uniqueid(trunk),
        transfer_target_channel_uniqueid: script.uniqueid(colleague),
      })
      .hangup(second)
      .over(second)
      .hangup(first)
      .at(50)
      .exit('asking', trunk, colleague)
      .hangup(trunk, 16, trunk)
      .hangup(colleague, 16, trunk)
      .over(first);
    const [asking, inbound] = script.calls();
    expect(asking).toMatchObject({ direction: 'internal', talkSeconds: 11 });
    expect(inbound).toMatchObject({ firstRinging: ['101'], rang: ['101', '102'], talkSeconds: 38, lastTalker: '102' });
  });
});
