import { answeredInbound, PbxScript, phone, trunk } from '../../../../tests/recorded/pbx-script.ts';

describe('two PBXs that write into one table without a system name', () => {
  const ours = answeredInbound().at(20).exit('first', phone, trunk).hangup(trunk, 16, trunk).hangup(phone, 16, trunk);
  const theirs = new PbxScript(ours.startedAtMs)
    .start('PJSIP/mango-00000001', { exten: '74951230002', context: 'from-pstn', from: '79035550000' })
    .start('PJSIP/201-00000002', { of: 'PJSIP/mango-00000001', from: '201' });
  const rows = [...ours.over(trunk).rows, ...theirs.rows.map((row) => ({ ...row, id: row.id + 100 }))];

  it.each([
    ['in order', rows],
    ['out of order', rows.toReversed()],
  ])('and give equal uniqueids: the call names who else may be in it (%s)', (_, told) => {
    const [call] = new PbxScript(ours.startedAtMs).calls(undefined, told);
    expect(call?.doubts.join()).toMatch(/same uniqueid.*PJSIP\/mango-00000001 \(79035550000\), PJSIP\/201-00000002/);
  });
});
