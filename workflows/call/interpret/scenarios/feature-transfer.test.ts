import { answeredInbound, colleague, PbxScript, phone, trunk } from '../../../../tests/recorded/pbx-script.ts';

describe('a transfer by feature code while the colleague still rings', () => {
  const local = 'Local/102@from-internal-xfer-09';

  it('is one to the colleague, though Asterisk 16 does not name them', () => {
    const script = answeredInbound()
      .at(8)
      .local(local, trunk)
      .enter('asking', `${local};1`)
      .app(`${local};2`, 'Dial', 'PJSIP/102,20')
      .start(colleague, { of: trunk, from: '102' })
      .exit('first', phone)
      .enter('asking', phone)
      .at(10);
    const call = script
      .exit('asking', phone, `${local};1`)
      .enter('first', `${local};1`)
      .row(phone, 'ATTENDEDTRANSFER', {
        channel2_uniqueid: script.uniqueid(phone),
        transferee_channel_uniqueid: script.uniqueid(trunk),
        transfer_target_channel_uniqueid: 'N/A',
      })
      .hangup(phone, 16, phone)
      .at(14)
      .answer(colleague, `${local};2`, `${local};1`)
      .enter('then', colleague, `${local};2`)
      .at(24)
      .exit('first', trunk, `${local};1`)
      .exit('then', colleague)
      .hangup(trunk, 16, trunk)
      .hangup(`${local};1`)
      .hangup(`${local};2`)
      .hangup(colleague, 16, trunk)
      .over(trunk)
      .call();
    expect(call).toMatchObject({ rang: ['101', '102'], lastTalker: '102', talkSeconds: 16 });
    expect(call.transfers).toMatchObject([{ kind: 'attended', from: '101', to: '102', answered: true }]);
  });

  it('that nobody answers, so that Asterisk calls back who made it in vain, stays one call', () => {
    const script = answeredInbound().at(8);
    const call = script
      .local(local, trunk)
      .enter('asking', `${local};1`)
      .app(`${local};2`, 'Dial', 'PJSIP/102,20')
      .start(colleague, { of: trunk, from: '102' })
      .exit('first', phone)
      .enter('asking', phone)
      .at(10)
      .exit('asking', phone, `${local};1`)
      .enter('first', `${local};1`)
      .row(phone, 'ATTENDEDTRANSFER', {
        channel2_uniqueid: script.uniqueid(phone),
        transferee_channel_uniqueid: script.uniqueid(trunk),
        transfer_target_channel_uniqueid: 'N/A',
      })
      .hangup(phone, 16, phone)
      .at(25)
      .hangup(colleague)
      .hangup(`${local};2`)
      .exit('first', `${local};1`)
      .hangup(`${local};1`)
      .start('PJSIP/101-0000000b', { from: '101' })
      .calledBy('PJSIP/101-0000000b', 'AppDial2')
      .at(40)
      .hangup('PJSIP/101-0000000b', 0)
      .over('PJSIP/101-0000000b')
      .exit('first', trunk)
      .hangup(trunk, 16, 'dialplan/builtin')
      .over(trunk)
      .call();
    expect(call).toMatchObject({ direction: 'inbound', lastTalker: '101', talkSeconds: 6 });
    expect(call.transfers).toMatchObject([{ kind: 'attended', to: '102', answered: false }]);
  });

  it('that nobody answers, so that Asterisk calls again under a new linkedid, stays one call', () => {
    const again = 'Local/102@from-internal-xfer-0a';
    const rings = 'PJSIP/102-00000007';
    const call = answeredInbound()
      .at(8)
      .start(`${again};1`, { exten: '102', context: 'from-internal-xfer' })
      .start(`${again};2`, { of: `${again};1`, exten: '102', context: 'from-internal-xfer' })
      .moveTo(`${again};1`, trunk)
      .enter('first', `${again};1`)
      .app(`${again};2`, 'Dial', 'PJSIP/102,15')
      .start(rings, { of: `${again};2`, from: '102' })
      .at(20)
      .exit('first', trunk, phone)
      .hangup(trunk, 16, trunk)
      .hangup(phone, 16, trunk)
      .exit('first', `${again};1`)
      .hangup(`${again};1`, 16, trunk)
      .over(trunk)
      .hangup(`${again};2`)
      .hangup(rings)
      .over(`${again};2`)
      .call();
    expect(call).toMatchObject({ direction: 'inbound', rang: ['101', '102'], talkSeconds: 18 });
  });
});

describe('a colleague who hands on whom they called', () => {
  it('blindly transfers to who answers', () => {
    const script = new PbxScript()
      .start(phone, { exten: '102', from: '101' })
      .app(phone, 'Dial', 'PJSIP/102,20')
      .start(colleague, { of: phone, from: '102' })
      .at(2)
      .answer(colleague, phone)
      .enter('first', colleague, phone)
      .at(6);
    const call = script
      .row(phone, 'BLINDTRANSFER', { extension: '103', transferee_channel_uniqueid: script.uniqueid(colleague) })
      .exit('first', phone, colleague)
      .hangup(phone)
      .app(colleague, 'Dial', 'PJSIP/103,20')
      .start('PJSIP/103-00000009', { of: phone, from: '103' })
      .at(8)
      .answer('PJSIP/103-00000009')
      .enter('then', 'PJSIP/103-00000009', colleague)
      .at(18)
      .exit('then', 'PJSIP/103-00000009', colleague)
      .hangup(colleague)
      .hangup('PJSIP/103-00000009')
      .over(phone)
      .call();
    expect(call.transfers).toMatchObject([{ kind: 'blind', from: '101', to: '103', answered: true }]);
  });
});
