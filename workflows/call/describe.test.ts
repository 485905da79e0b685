import { answered, missed, ringing } from '../../tests/recorded/sample-calls.ts';
import { callDetails, callSummary, phaseText } from './describe.ts';
import { phasesOf } from './interpret/index.ts';

it('tells a call in one line, its phone masked', () => {
  expect(callSummary(ringing)).toBe('Inbound +7 916 •••-••-67 → 74951230001');
  expect(callSummary({ ...answered, direction: 'outbound', callerExtension: '102' })).toBe(
    'Outbound 102 → +7 916 •••-••-67',
  );
  expect(callSummary(undefined)).toBe('Call');
});

it('tells what is going on, what was before, and what became of it in amoCRM', () => {
  expect(callDetails(ringing, [])).toContain('ringing **101, 102**');
  const details = callDetails(missed, phasesOf(missed), { state: 'not-sent', reason: 'No rule asks for it.' });
  expect(details).toMatch(/missed after 0:05/);
  expect(details).toMatch(/^- 0:\d\d 101 is asked for$/m);
  expect(details).toMatch(/the call is over/);
  expect(details).toContain('No rule asks for it.');
});

it('shows nothing but harmless characters of what a PBX, or whoever calls it, has written', () => {
  const evil = '![x](http://evil/px) <b>`h`</b> [go](x)\n# *9*';
  const call = {
    ...ringing,
    did: evil,
    conversations: [{ ...ringing.conversations[0], extension: evil }],
  } as typeof ringing;
  const phase = { kind: 'requested' as const, atMs: 0, extension: evil, to: evil, key: 'k' };
  const texts = [callSummary(call), callDetails(call, [phase]), phaseText({ ...phase, kind: 'transferred' })];
  for (const text of texts) expect(text.replaceAll('**', '')).not.toMatch(/[[\]()<>`#*!]/);
});

it('never shows a negative time', () => {
  expect(callDetails(ringing, [{ kind: 'requested', atMs: 0, extension: '101', to: null, key: 'k' }])).toContain(
    '- 0:00 101',
  );
});
