import { client, PbxScript, trunk } from '../../../../tests/recorded/pbx-script.ts';

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

describe('the clients whom employees called and handed to a line that is off the hook all day', () => {
  const desk = 'PJSIP/101-0000000a';

  it.each([1, 2])('are told one by one, each until they leave (%i of them)', (count) => {
    const script = new PbxScript().start(desk, { exten: '*45', from: '101' }).answer(desk);
    for (let index = 0; index < count; index++) {
      const [employee, called] = [`PJSIP/102-0000002${index}`, `PJSIP/beeline-0000003${index}`];
      const at = 100 * (index + 1);
      script
        .at(at)
        .start(employee, { exten: `7916123456${index}`, from: '102' })
        .app(employee, 'Dial', `PJSIP/7916123456${index}@beeline,60`)
        .start(called, { of: employee, context: 'from-pstn' })
        .calledBy(called, 'AppDial')
        .at(at + 5)
        .answer(called, employee)
        .enter(called, called, employee)
        .at(at + 20);
      script
        .exit(called, called, employee)
        .row(employee, 'BLINDTRANSFER', { extension: '500', transferee_channel_uniqueid: script.uniqueid(called) })
        .hangup(employee)
        .over(employee)
        .moveTo(called, desk)
        .at(at + 21)
        .enter('line', called, desk)
        .at(at + 60)
        .exit('line', called, desk)
        .hangup(called, 16, called);
    }
    const calls = script.at(1000).hangup(desk).over(desk).calls();
    const told = calls.map((call) => [
      call.direction,
      call.talkSeconds,
      call.lastTalker,
      ((call.endedAtMs ?? 0) - call.startedAtMs) / 1000,
    ]);
    expect(told).toEqual([
      ['internal', 0, null, 1000],
      ...Array.from({ length: count }, () => ['outbound', 54, '101', 60]),
    ]);
  });
});

describe('a short number outside', () => {
  it('that an employee called and connected a colleague with is a call of its own', () => {
    const [first, colleague] = ['PJSIP/101-00000001', 'PJSIP/102-00000002'];
    const [second, outside] = ['PJSIP/101-00000003', 'PJSIP/beeline-00000004'];
    const script = new PbxScript()
      .start(first, { exten: '102', from: '101' })
      .app(first, 'Dial', 'PJSIP/102/sip:102@10.0.0.7:5060,20')
      .start(colleague, { of: first, from: '102' })
      .at(2)
      .answer(colleague, first)
      .enter('inside', colleague, first)
      .at(10)
      .start(second, { exten: '112', from: '101' })
      .app(second, 'Dial', 'PJSIP/112@beeline,30')
      .start(outside, { of: second, context: 'from-pstn' })
      .at(12)
      .answer(outside, second)
      .enter('outside', outside, second)
      .at(20);
    script
      .exit('inside', first)
      .exit('outside', second, outside)
      .row(first, 'ATTENDEDTRANSFER', {
        channel2_uniqueid: script.uniqueid(second),
        transferee_channel_uniqueid: script.uniqueid(colleague),
        transfer_target_channel_uniqueid: script.uniqueid(outside),
      })
      .hangup(first)
      .hangup(second)
      .over(second)
      .moveTo(outside, first)
      .enter('inside', outside)
      .at(40)
      .exit('inside', outside, colleague)
      .hangup(outside, 16, outside)
      .hangup(colleague, 16, outside)
      .over(first);
    const [inside, outbound] = script.calls();
    expect(inside).toMatchObject({ direction: 'internal', endedAtMs: script.startedAtMs + 20_000, transfers: [] });
    expect(outbound).toMatchObject({
      direction: 'outbound',
      externalNumber: '112',
      talkSeconds: 28,
      lastTalker: '102',
      endedAtMs: script.startedAtMs + 40_000,
    });
  });
});
