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
