import { answeredInbound, client, colleague, PbxScript, phone, trunk } from '../../../../tests/recorded/pbx-script.ts';

describe('a conference', () => {
  const announcer = 'CBAnn/800-00000001';
  const script = new PbxScript()
    .start(trunk, { exten: '74951230017', context: 'from-pstn', from: client })
    .answer(trunk)
    .start(`${announcer};1`, { context: 'default' })
    .start(`${announcer};2`, { of: `${announcer};1`, context: 'default' })
    .at(5)
    .start(phone, { exten: '800', from: '101' })
    .answer(phone)
    .enter('room', phone)
    .at(10)
    .enter('room', trunk)
    .at(20)
    .start(colleague, { exten: '800', from: '102' })
    .answer(colleague)
    .enter('room', colleague)
    .at(40)
    .exit('room', phone)
    .hangup(phone, 16, phone)
    .over(phone)
    .at(60)
    .exit('room', trunk)
    .hangup(trunk, 16, trunk)
    .over(trunk)
    .at(90)
    .exit('room', colleague)
    .hangup(colleague, 16, colleague)
    .over(colleague)
    .hangup(`${announcer};1`)
    .hangup(`${announcer};2`)
    .over(`${announcer};1`);

  it('is a call of the client with who is in the same room, and one of each employee', () => {
    const [inbound, ...others] = script.calls();
    expect(inbound).toMatchObject({
      direction: 'inbound',
      result: 'answered',
      rang: [],
      answeredBy: '101',
      lastTalker: '102',
      talkSeconds: 50,
      waitSeconds: 10,
      endedAtMs: script.startedAtMs + 60_000,
      hangupBy: 'external',
    });
    expect(others.map((call) => [call.direction, call.callerExtension, call.calledExtension])).toEqual([
      ['internal', '101', '800'],
      ['internal', '102', '800'],
    ]);
  });

  it('has a client with nobody in it who was missed', () => {
    const alone = script.rows.filter((row) => row.channel === trunk || row.channel.startsWith(announcer));
    expect(script.calls(undefined, alone)).toMatchObject([{ direction: 'inbound', result: 'missed', talkSeconds: 0 }]);
  });
});

describe('a text message', () => {
  it('is no call', () => {
    const script = new PbxScript().start('Message/ast_msg_queue', { context: 'default' });
    expect(script.hangup('Message/ast_msg_queue').over('Message/ast_msg_queue').calls()).toEqual([]);
    expect(answeredInbound().calls()).toHaveLength(1);
  });
});
