import { defaultPbx } from '../../../../proto/default-pbx.ts';
import { PbxScript, phone, trunk } from '../../../../tests/recorded/pbx-script.ts';

const inboundFrom = (from: string) =>
  new PbxScript()
    .start(trunk, { exten: '74951230001', context: 'from-pstn', from })
    .app(trunk, 'Dial', 'PJSIP/101,20')
    .start(phone, { of: trunk, from: '101' })
    .call(defaultPbx('main', 'UTC'));

it('what stands in place of a number and is none is told as such, not as hidden', () => {
  const doubt = `The caller's number can't be read: the rows say "sip:evil@x".`;
  expect(inboundFrom('sip:evil@x')).toMatchObject({ externalNumber: null, doubts: expect.arrayContaining([doubt]) });
  const hidden = inboundFrom('anonymous');
  expect(hidden.externalNumber).toBeNull();
  expect(hidden.doubts.join()).not.toContain('number');
});
