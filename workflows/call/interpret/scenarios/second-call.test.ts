import { answeredInbound, phone, trunk } from '../../../../tests/recorded/pbx-script.ts';

describe('an employee who takes a second call, on Asterisk before 18', () => {
  const [other, second] = ['PJSIP/beeline-00000005', 'PJSIP/101-00000006'];

  it('has the first client on hold as long as it lasts', () => {
    const script = answeredInbound()
      .at(8)
      .start(other, { exten: '74951230001', context: 'from-pstn', from: '79035550000' })
      .app(other, 'Dial', 'PJSIP/101,20')
      .start(second, { of: other, from: '101' })
      .at(12)
      .answer(second, other)
      .enter('second', second, other)
      .at(18)
      .exit('second', second, other)
      .hangup(second, 16, second)
      .hangup(other, 16, second)
      .over(other)
      .at(30)
      .exit('first', trunk, phone)
      .hangup(trunk, 16, trunk)
      .hangup(phone, 16, trunk)
      .over(trunk);
    const [first, then] = script.calls();
    expect(first).toMatchObject({ talkSeconds: 22, heldSeconds: 6 });
    expect(then).toMatchObject({ talkSeconds: 6, heldSeconds: 0 });
  });
});
