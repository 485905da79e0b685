import { client, mobile, PbxScript, trunk } from '../../../../tests/recorded/pbx-script.ts';

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
