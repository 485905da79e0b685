import { client, PbxScript, phone } from '../../../../tests/recorded/pbx-script.ts';

describe('a click', () => {
  const local = 'Local/101@click-to-call-0b';
  const clicked = () =>
    new PbxScript()
      .local(local, `${local};1`)
      .app(`${local};2`, 'Dial', 'PJSIP/101,15', '101', 'click-to-call')
      .start(phone, { of: `${local};1`, from: '101' });

  it('through a Local channel to an employee who declines calls no client', () => {
    const script = new PbxScript().start(`${local};1`, { exten: '101', context: 'click-to-call', from: client });
    const call = script
      .start(`${local};2`, { of: `${local};1`, exten: '101', context: 'click-to-call', from: client })
      .app(`${local};2`, 'Dial', 'PJSIP/101,15', '101', 'click-to-call')
      .start(phone, { of: `${local};1`, from: '101' })
      .at(3)
      .hangup(phone, 21, phone)
      .hangup(`${local};2`, 21, '', 'NOANSWER')
      .hangup(`${local};1`, 21)
      .over(`${local};1`)
      .call();
    expect(call).toMatchObject({
      direction: 'outbound',
      externalNumber: client,
      callerExtension: '101',
      rang: ['101'],
      result: 'cancelled',
      hangupBy: 'internal',
      clickToCall: { employeeAnsweredAtMs: null, clientWasCalled: false },
    });
  });

  it('is known as such from its first row', () => {
    expect(clicked).toThrow(); // the first channel belongs to no other
    const call = new PbxScript().start(phone, { from: '101' }).call();
    expect(call).toMatchObject({ direction: 'outbound', clickToCall: { clientWasCalled: false } });
  });
});
