import { colleague, mobile, PbxScript, phone } from '../../../../tests/recorded/pbx-script.ts';

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
