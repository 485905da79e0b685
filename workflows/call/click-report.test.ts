import type { Call } from '../../proto/call.ts';
import { conversationOf, journalEntry } from '../../tests/rig/journal-entry.ts';
import { newsOf } from './click-report.ts';

const startedAtMs = Date.UTC(2026, 10, 25, 9);
const click = (employeeAnsweredAtMs: number | null) => ({ employeeAnsweredAtMs, clientWasCalled: true });
const part = (result: Call['conversations'][number]['result']) => ({
  ...conversationOf('101', startedAtMs, false),
  ...{ cameBy: 'click' as const, result },
});
const news = (changes: Partial<Call>) =>
  newsOf(journalEntry({ startedAtMs, endedAtMs: null, answeredAtMs: null, result: null, ...changes }).call);
const over = { endedAtMs: startedAtMs + 9_000 };

it('tells whose phone rings, and when the two talk', () => {
  const ofRinging = { clickToCall: click(null), conversations: [part(null)] };
  expect(news(ofRinging)).toEqual({ phase: 'employee-rings', result: null, employee: null });
  const answered = { clickToCall: click(startedAtMs + 1_000), conversations: [part('answered')] };
  expect(news(answered)).toMatchObject({ phase: 'client-rings', employee: 'answered' });
  expect(news({ ...answered, answeredAtMs: startedAtMs + 5_000 })).toMatchObject({ phase: 'talking' });
});

it.each([
  ['no_answer', 'no-answer'],
  ['busy', 'busy'],
  ['declined', 'busy'],
] as const)('tells that the employee did not take it: %s', (result, employee) => {
  const call = { ...over, clickToCall: click(null), conversations: [part(result)], result: 'cancelled' as const };
  expect(news(call)).toEqual({ phase: 'ended', result: 'cancelled', employee });
});

it('tells that the employee could not be reached', () => {
  const clickToCall = { ...click(null), employeeWasUnreachable: true as const };
  expect(news({ ...over, clickToCall, conversations: [part('no_answer')] })).toMatchObject({ employee: 'unreachable' });
});

it('tells how it came out with the client', () => {
  const call = { ...over, clickToCall: click(startedAtMs + 1_000), conversations: [part('answered')] };
  expect(news({ ...call, result: 'busy' })).toEqual({ phase: 'ended', result: 'busy', employee: 'answered' });
});
