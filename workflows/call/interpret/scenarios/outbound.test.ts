import { defaultPbx } from '../../../../proto/default-pbx.ts';
import { client, colleague, mobile, PbxScript, phone } from '../../../../tests/recorded/pbx-script.ts';

describe('an outbound call', () => {
  it('whose digits for a line are not known is told with a doubt', () => {
    const call = new PbxScript()
      .start(phone, { exten: '089161234567', from: '101' })
      .start(mobile, { of: phone, context: 'from-pstn' })
      .at(20)
      .hangup(mobile, 0)
      .hangup(phone, 16, phone, 'CANCEL')
      .over(phone)
      .call();
    expect(call).toMatchObject({ direction: 'outbound', externalNumber: client, result: 'cancelled' });
    expect(call.doubts).toEqual([expect.stringContaining('guess')]);
  });

  it('that is transferred after asking goes on with the colleague', () => {
    const second = 'PJSIP/101-00000007';
    const script = new PbxScript()
      .start(phone, { exten: '89161234567', from: '101' })
      .app(phone, 'Dial', 'PJSIP/89161234567@beeline,30')
      .start(mobile, { of: phone, context: 'from-pstn' })
      .at(2)
      .answer(mobile, phone)
      .enter('first', mobile, phone)
      .at(5)
      .start(second, { exten: '102', from: '101' })
      .app(second, 'Dial', 'PJSIP/102,20')
      .start(colleague, { of: second, from: '102' })
      .at(7)
      .answer(colleague, second)
      .enter('asking', colleague, second)
      .at(10);
    script
      .exit('first', mobile)
      .exit('asking', second)
      .enter('asking', mobile)
      .exit('first', phone)
      .row(phone, 'ATTENDEDTRANSFER', {
        channel2_uniqueid: script.uniqueid(second),
        transferee_channel_uniqueid: script.uniqueid(mobile),
        transfer_target_channel_uniqueid: script.uniqueid(colleague),
      })
      .hangup(phone)
      .hangup(second)
      .over(second)
      .moveTo(colleague, mobile)
      .at(20)
      .exit('asking', mobile, colleague)
      .hangup(colleague, 16, mobile)
      .hangup(mobile, 16, mobile)
      .over(mobile);
    const [outbound, asking] = script.calls();
    expect(outbound).toMatchObject({
      direction: 'outbound',
      externalNumber: client,
      firstRinging: [],
      rang: ['102'],
      lastTalker: '102',
      // without rows of music the time of asking counts as hold
      talkSeconds: 13,
      heldSeconds: 5,
      hangupBy: 'external',
    });
    expect(outbound?.transfers).toMatchObject([{ kind: 'attended', from: '101', to: '102', answered: true }]);
    expect(asking).toMatchObject({ direction: 'internal', consultation: true, talkSeconds: 3 });
  });
});

describe('an outbound call that is handed on to a mobile', () => {
  const third = 'PJSIP/beeline-00000009';

  it.each([
    ['with', false],
    ['without', true],
  ])('blindly stays one with the client, %s rows of Dial', (_, isWithout) => {
    const script = new PbxScript()
      .start(phone, { exten: '89161234567', from: '101' })
      .app(phone, 'Dial', 'PJSIP/89161234567@beeline,30')
      .start(mobile, { of: phone, context: 'from-pstn' })
      .at(2)
      .answer(mobile, phone)
      .enter('first', mobile, phone)
      .at(8);
    script
      .row(phone, 'BLINDTRANSFER', { extension: '89167770009', transferee_channel_uniqueid: script.uniqueid(mobile) })
      .exit('first', mobile, phone)
      .hangup(phone)
      .app(mobile, 'Dial', 'PJSIP/89167770009@beeline,30')
      .start(third, { of: phone, context: 'from-pstn' })
      .at(12)
      .answer(third)
      .enter('then', third, mobile)
      .at(30)
      .exit('then', third, mobile)
      .hangup(mobile, 16, mobile)
      .hangup(third, 16, mobile)
      .over(phone);
    const call = script.call(undefined, isWithout ? script.rowsWithoutDial() : script.rows);
    expect(call).toMatchObject({ externalNumber: client, talkSeconds: 6, outsideTalkSeconds: 18, lastTalker: '101' });
    expect(call.transfers).toMatchObject([{ kind: 'blind', from: '101', to: '79167770009', toOutside: true }]);
  });
});

describe('a trunk whose name is a number', () => {
  it('is told by what Dial was told to do through it', () => {
    const gate = 'SIP/4951234-0000000d';
    const rows = new PbxScript()
      .start('SIP/101-0000000c', { exten: '89161234567', context: 'ofis', from: '101' })
      .app('SIP/101-0000000c', 'Dial', 'SIP/4951234/89161234567,60', '89161234567', 'ofis')
      .start(gate, { of: 'SIP/101-0000000c', context: 'vhod' });
    const call = rows.at(3).hangup(gate, 17, gate).hangup('SIP/101-0000000c', 17, '', 'BUSY').over('SIP/101-0000000c');
    expect(call.call({ ...defaultPbx('main', 'UTC'), extensionPattern: '^\\d{2,7}$' })).toMatchObject({
      direction: 'outbound',
      externalNumber: client,
      trunk: '4951234',
      result: 'busy',
      hangupBy: 'external',
    });
  });
});
