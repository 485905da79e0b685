import { defaultPbx } from '../../proto/default-pbx.ts';
import { defaultRules } from '../../proto/default-rules.ts';
import type { Comparison, OthersCall } from '../../proto/journal.ts';
import type { CallSettings } from '../../proto/settings.ts';
import { answered, missed, ringing } from '../../tests/recorded/sample-calls.ts';
import { decideEnd } from './decide/decide.ts';
import { callDetails, callSummary, phaseText, waitsText } from './describe.ts';
import { phasesOf } from './interpret/index.ts';

it('tells a call in one line, its phone masked', () => {
  expect(callSummary(ringing)).toBe('Inbound +7 916 •••-••-67 → 74951230001');
  expect(callSummary({ ...answered, direction: 'outbound', callerExtension: '102' })).toBe(
    'Outbound 102 → +7 916 •••-••-67',
  );
  expect(callSummary(undefined)).toBe('Call');
});

it('tells phones in full where that is set, and of people outside only then', () => {
  const outside = { ...answered, answeredBy: '79037654321', lastTalker: '79037654321' };
  expect(callDetails(outside, [])).toContain('+7 903 •••-••-21 answered');
  expect(callDetails(outside, [], undefined, 'full')).toContain('79037654321 answered');
  expect(callSummary(answered, 'full')).toContain('Inbound +79161234567');
});

it('tells what is going on, what was before, and what became of it in amoCRM', () => {
  expect(callDetails(ringing, [])).toContain('ringing **101, 102**');
  const details = callDetails(missed, phasesOf(missed), { state: 'not-sent', reason: 'No rule asks for it.' });
  expect(details).toMatch(/missed after 0:05/);
  expect(details).toMatch(/^- 0:\d\d 101 is asked for$/m);
  expect(details).toMatch(/the call is over/);
  expect(details).toContain('No rule asks for it.');
});

describe('a call of a PBX that is only observed', () => {
  const settings: CallSettings = {
    ...{ accountId: 'acme.amocrm.ru', pbx: defaultPbx('main', 'UTC'), employees: { '102': 504142 }, language: 'en' },
    rules: [...defaultRules],
  };
  const intent = { cardsTo: [504142], reached: [], end: decideEnd({ call: answered, settings, about: { lists: [] } }) };
  const found: OthersCall = {
    ...{ noteId: 34, entityType: 'contacts', entityId: 12, durationSeconds: 41, responsible: 504143, status: 4 },
    ...{ result: null, source: '[x](http://evil)', link: null, createdAtSeconds: 1_795_417_935 },
  };
  const textOf = (comparison?: Comparison) =>
    callDetails(answered, [], { state: 'observed', intent, ...(comparison && { comparison }) });

  it('is told with what would have been done', () => {
    expect(textOf()).toContain(
      'Observed, nothing was written: would have been registered with 42 s, responsible user 504142; ' +
        'a card to user 504142; a contact for an unknown client; the task to call back done.',
    );
    expect(textOf()).toContain('In a moment it is compared');
    expect(textOf()).not.toContain('79161234567');
  });

  it.each<[string, Comparison, string]>([
    ['alike', { found, differences: [] }, 'registered it alike: contacts 12, note 34.'],
    [
      'with differences',
      { found, differences: [{ what: 'duration', thereSeconds: 38, hereSeconds: 42 }, 'as told before'] },
      'contacts 12, note 34. Differences: duration: 38 s there, 42 s here; as told before.',
    ],
    ['nowhere', { found: null, differences: [{ what: 'missing-there' }] }, 'No other product has registered it.'],
    ['nobody knows how', { unread: 'It is away.' }, 'could not be asked what another product did: It is away.'],
  ])('and with what another product did: %s', (_, comparison, expected) => {
    expect(textOf(comparison)).toContain(expected);
    expect(textOf(comparison)).not.toMatch(/[[\]]/);
  });
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

it('a call that was left out is told with why, in harmless characters, and with what else could not be done', () => {
  const reason = 'Left out by the decision hook: [go](http://evil) <img src=x>\n# more';
  const details = callDetails(missed, [], { state: 'not-sent', reason, troubles: ['Hook: answered 404.'] });
  expect(details).toMatch(/Left out by the decision hook: {2}go \(http:\/\/evil\) {2}img src=x\s+# more/);
  expect(details).toContain('Hook: answered 404.');
  expect(details).not.toMatch(/[[\]<>]/);
});

it('tells what is waited for, in harmless characters', () => {
  expect(waitsText([])).toBe('');
  const waits = waitsText(['Register the call: amoCRM is away [x](http://evil).', 'Hook: silent.']);
  expect(waits).toBe('**Waits:**\n- Register the call: amoCRM is away  x (http://evil).\n- Hook: silent.');
});

it('never shows a negative time', () => {
  expect(callDetails(ringing, [{ kind: 'requested', atMs: 0, extension: '101', to: null, key: 'k' }])).toContain(
    '- 0:00 101',
  );
});
