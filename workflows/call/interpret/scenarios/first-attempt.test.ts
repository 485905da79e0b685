import { client, colleague, PbxScript, phone, trunk } from '../../../../tests/recorded/pbx-script.ts';

describe('the first attempt', () => {
  const third = 'PJSIP/103-00000004';
  const inbound = () => new PbxScript().start(trunk, { exten: '74951230006', context: 'from-pstn', from: client });

  it('of a hunt group is its first phone, though it refuses so fast that the next has its first row before', () => {
    const call = inbound()
      .app(trunk, 'Dial', 'PJSIP/101/sip:101@10.0.0.7:5060,20,HhTtr', '601', 'ext-group')
      .start(phone, { of: trunk, from: '101' })
      .start(colleague, { of: trunk, from: '102' })
      .hangup(phone, 17, phone)
      .at(20)
      .hangup(colleague, 0)
      .hangup(trunk, 17, 'dialplan/builtin', 'BUSY')
      .over(trunk)
      .call();
    expect(call).toMatchObject({ firstRinging: ['101'], rang: ['101', '102'] });
  });

  it('is the phone that was busy, not the one that its calls are forwarded to', () => {
    const forward = 'Local/102@from-internal-05';
    const call = inbound()
      .app(trunk, 'Dial', 'PJSIP/101,20')
      .start(phone, { of: trunk, from: '101' })
      .app(trunk, 'Dial', 'Local/102@from-internal/n,15')
      .local(forward, trunk)
      .app(`${forward};2`, 'Dial', 'PJSIP/102,15')
      .start(colleague, { of: trunk, from: '102' })
      .hangup(phone, 17, phone)
      .at(8)
      .hangup(`${forward};1`, 0)
      .hangup(`${forward};2`, 0)
      .hangup(colleague, 0)
      .hangup(trunk, 16, trunk, 'CANCEL')
      .over(trunk)
      .call();
    expect(call).toMatchObject({ firstRinging: ['101'], rang: ['101', '102'], result: 'missed' });
  });

  it('is all that one Dial was told to call, whatever refused', () => {
    const call = inbound()
      .app(trunk, 'Dial', 'PJSIP/101&PJSIP/102,20', '600', 'ext-group')
      .start(phone, { of: trunk, from: '101' })
      .start(colleague, { of: trunk, from: '102' })
      .hangup(phone, 17, phone)
      .at(8)
      .hangup(colleague, 0)
      .hangup(trunk, 16, trunk, 'CANCEL')
      .over(trunk)
      .call();
    expect(call).toMatchObject({ firstRinging: ['101', '102'] });
  });

  it('of a queue does not hold whom its agent later transferred to, over the Local channel of the agent', () => {
    const member = 'Local/101@from-queue-0a';
    const script = inbound()
      .answer(trunk)
      .app(trunk, 'Queue', '400,t,,,30', '400', 'ext-queues')
      .local(member, trunk)
      .calledBy(`${member};1`, 'AppQueue')
      .app(`${member};2`, 'Dial', 'PJSIP/101,15')
      .start(phone, { of: trunk, from: '101' })
      .start(colleague, { of: trunk, from: '102' })
      .calledBy(colleague, 'AppQueue')
      .at(2)
      .answer(phone, `${member};2`, `${member};1`)
      .enter('inner', phone, `${member};2`)
      .enter('outer', `${member};1`, trunk)
      .hangup(colleague, 26)
      .at(6);
    const call = script
      .row(phone, 'BLINDTRANSFER', { extension: '103', transferee_channel_uniqueid: script.uniqueid(`${member};2`) })
      .exit('inner', phone, `${member};2`)
      .hangup(phone)
      .app(`${member};2`, 'Dial', 'PJSIP/103,15')
      .start(third, { of: trunk, from: '103' })
      .at(8)
      .answer(third)
      .enter('then', third, `${member};2`)
      .at(12)
      .exit('outer', trunk)
      .hangup(trunk, 16, trunk)
      .exit('then', third)
      .hangup(third)
      .over(trunk)
      .call();
    expect(call).toMatchObject({ firstRinging: ['101', '102'], rang: ['101', '102', '103'], lastTalker: '103' });
  });
});
