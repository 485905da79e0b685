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

  it.each([
    ['does not exist', 1, 0, true],
    ['is not to be disturbed', 19, 0, true],
    ['rings until it gives up', 19, 20, undefined],
    ['has declined', 21, 0, undefined],
  ])(
    'tells a phone that %s (%i after %i s) apart from one that nobody picks up',
    (_, cause, afterSeconds, expected) => {
      const ringing = new PbxScript().start(phone, { from: client }).at(afterSeconds);
      const { clickToCall } = ringing.hangup(phone, cause, phone).over(phone).call();
      expect(clickToCall?.employeeWasUnreachable).toBe(expected);
    },
  );

  it('is known as such from its first row', () => {
    expect(clicked).toThrow(); // the first channel belongs to no other
    const call = new PbxScript().start(phone, { from: '101' }).call();
    expect(call).toMatchObject({ direction: 'outbound', clickToCall: { clientWasCalled: false } });
  });
});
