import { defaultPbx } from '../../../../proto/default-pbx.ts';
import { answeredInbound, client, PbxScript, phone, trunk } from '../../../../tests/recorded/pbx-script.ts';

/** The mobile of 107, by the description's list. */
const mobileNumber = '79167770107';
const pbx = { ...defaultPbx('main', 'UTC'), mobiles: { [mobileNumber]: '107' } };
const outgoing = 'PJSIP/beeline-00000004';

it('an employee who calls in from their mobile makes a call inside', () => {
  const call = new PbxScript()
    .start(trunk, { exten: '74951230001', context: 'from-pstn', from: '89167770107' })
    .app(trunk, 'Dial', 'PJSIP/101,20')
    .start(phone, { of: trunk, from: '101' })
    .at(2)
    .answer(phone, trunk)
    .enter('b', phone, trunk)
    .at(7)
    .exit('b', phone, trunk)
    .hangup(phone, 16, phone)
    .hangup(trunk, 16, phone)
    .over(trunk)
    .call(pbx);
  expect(call).toMatchObject({ direction: 'internal', callerExtension: '107', answeredBy: '101', talkSeconds: 5 });
});

it('an employee who calls a client from their mobile through the PBX calls out', () => {
  const call = new PbxScript()
    .start(trunk, { exten: '74951230001', context: 'from-pstn', from: mobileNumber })
    .answer(trunk)
    .app(trunk, 'Dial', 'PJSIP/89161234567@beeline,30')
    .start(outgoing, { of: trunk, context: 'from-pstn' })
    .at(5)
    .answer(outgoing)
    .enter('b', outgoing, trunk)
    .at(15)
    .exit('b', outgoing, trunk)
    .hangup(outgoing, 16, outgoing)
    .hangup(trunk, 16, outgoing, 'ANSWER')
    .over(trunk)
    .call(pbx);
  expect(call).toMatchObject({
    direction: 'outbound',
    callerExtension: '107',
    externalNumber: client,
    lastTalker: '107',
    talkSeconds: 10,
  });
});

it('a colleague who is called on their mobile is called inside', () => {
  const call = new PbxScript()
    .start(phone, { exten: '89167770107', from: '101' })
    .app(phone, 'Dial', 'PJSIP/89167770107@beeline,30')
    .start(outgoing, { of: phone, context: 'from-pstn' })
    .at(5)
    .answer(outgoing, phone)
    .enter('b', outgoing, phone)
    .at(9)
    .exit('b', outgoing, phone)
    .hangup(phone, 16, phone, 'ANSWER')
    .hangup(outgoing, 16, phone)
    .over(phone)
    .call(pbx);
  expect(call).toMatchObject({ direction: 'internal', answeredBy: '107', answeredOn: mobileNumber, talkSeconds: 4 });
});

it('a client who calls in stays a client', () => {
  const call = answeredInbound().at(5).exit('first', trunk).hangup(trunk, 16, trunk).over(trunk).call(pbx);
  expect(call).toMatchObject({ direction: 'inbound', externalNumber: client, callerExtension: null });
});
