import type { Call } from '../../proto/call.ts';
import { conversationOf, journalEntry } from '../../tests/rig/journal-entry.ts';
import { liveCallOf } from './live-call.ts';

const startedAtMs = Date.UTC(2026, 10, 25, 9);
const ringing = (extension: string) => ({ ...conversationOf(extension, startedAtMs, false), endedAtMs: null });
const talking = { ...conversationOf('101', startedAtMs), endedAtMs: null };
const going = (changes: Partial<Call>): Call =>
  journalEntry({ startedAtMs, endedAtMs: null, result: null, ...changes }).call;
const doing = (changes: Partial<Call>) =>
  liveCallOf(going(changes), undefined).parts.map(
    (part) => `${part.extension} ${part.doing} ${part.sinceMs - startedAtMs}`,
  );

it('tells whose phones ring since when, and of whoever talks since when they talk', () => {
  expect(doing({ conversations: [ringing('101'), ringing('102')] })).toEqual(['101 rings 1000', '102 rings 1000']);
  expect(doing({ conversations: [talking, conversationOf('102', startedAtMs, false)] })).toEqual(['101 talks 5000']);
});

it('tells of a hold since when it lasts', () => {
  expect(doing({ conversations: [{ ...talking, heldSinceMs: startedAtMs + 9_000 }] })).toEqual(['101 holds 9000']);
});

it('whoever calls dials; whoever clicked has their own phone ring first', () => {
  const caller = { ...ringing('101'), cameBy: 'caller' as const };
  expect(doing({ direction: 'outbound', conversations: [caller] })).toEqual(['101 dials 1000']);
  const clicked = { ...ringing('101'), cameBy: 'click' as const };
  const click = (employeeAnsweredAtMs: number | null) => ({ employeeAnsweredAtMs, clientWasCalled: true });
  expect(doing({ conversations: [clicked], clickToCall: click(null) })).toEqual(['101 rings 1000']);
  expect(doing({ conversations: [clicked], clickToCall: click(startedAtMs + 3_000) })).toEqual(['101 dials 3000']);
});
