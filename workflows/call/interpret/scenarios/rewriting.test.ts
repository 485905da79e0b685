import { defaultPbx } from '../../../../proto/default-pbx.ts';
import type { PbxDescription, Rewriting } from '../../../../proto/pbx.ts';
import { mobile, PbxScript, phone, trunk } from '../../../../tests/recorded/pbx-script.ts';

const pbxWith = (...rewriting: Rewriting[]): PbxDescription => ({ ...defaultPbx('main', 'UTC'), rewriting });

const inboundFrom = (from: string) =>
  new PbxScript()
    .start(trunk, { exten: '74951230001', context: 'from-pstn', from })
    .app(trunk, 'Dial', 'PJSIP/101,20')
    .start(phone, { of: trunk, from: '101' });

const outbound = (dialled: string) => new PbxScript().start(phone, { exten: dialled, from: '101' });

describe("the client's number is rewritten", () => {
  it('as it is shown by who calls', () => {
    const branch = { begins: '2', digits: 4, becomes: '74951232' };
    expect(inboundFrom('2045').call(pbxWith(branch)).externalNumber).toBe('74951232045');
    expect(inboundFrom('2045').call(pbxWith()).externalNumber).toBe('2045');
  });

  it('as it is dialled through a trunk', () => {
    const call = outbound('89161234567')
      .app(phone, 'Dial', 'PJSIP/0009989161234567@beeline,30')
      .start(mobile, { of: phone, context: 'from-pstn' })
      .call(pbxWith({ begins: '00099', becomes: '' }));
    expect(call).toMatchObject({ direction: 'outbound', externalNumber: '79161234567' });
  });

  it('as it is dialled where no row tells what the trunk was given, which is no guess then', () => {
    const call = outbound('5550501234567')
      .start(mobile, { of: phone, context: 'from-pstn' })
      .at(20)
      .hangup(mobile, 0)
      .hangup(phone, 16, phone, 'CANCEL')
      .over(phone)
      .call(pbxWith({ begins: '5550', becomes: '+380' }));
    expect(call).toMatchObject({ externalNumber: '380501234567', doubts: [] });
  });

  it('behind the digits that lead outside', () => {
    const call = outbound('92045678')
      .start(mobile, { of: phone, context: 'from-pstn' })
      .call({ ...pbxWith({ begins: '2', digits: 7, becomes: '74952' }), outboundPrefixes: ['9'] });
    expect(call.externalNumber).toBe('74952045678');
  });
});
