import { client, colleague, PbxScript, phone, trunk } from '../../../../tests/recorded/pbx-script.ts';

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
