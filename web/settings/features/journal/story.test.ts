import { conversationOf, journalEntry } from '../../../../tests/rig/journal-entry.ts';
import { pictureOf } from './bars.ts';
import { type Call, type StoryEvent, storyOf } from './story.ts';

const startedAtMs = Date.UTC(2026, 10, 25, 9);
const callOf = (changes: Partial<Call> = {}) => journalEntry({ startedAtMs, ...changes }).call as Call;
const told = (call: Call) =>
  storyOf(call).map((event: StoryEvent) => ('who' in event ? `${event.kind} ${event.who.join()}` : event.kind));

describe('the story of a call', () => {
  it('names together who rang together and was passed over together', () => {
    const group = ['102', '103'].map((extension) => conversationOf(extension, startedAtMs, false));
    const call = callOf({ conversations: [...group, conversationOf('101', startedAtMs)] });
    expect(told(call)).toEqual(['begun', 'asked 102,103,101', 'left 102,103', 'talks 101', 'left 101', 'over']);
  });

  it('tells who hands on before who is out and who is asked for in that second', () => {
    const transfer = { kind: 'blind', from: '101', to: '102', dialled: '102', atMs: startedAtMs + 65_400 } as const;
    const second = { ...conversationOf('102', startedAtMs + 64_100), cameBy: 'transfer' as const };
    const call = callOf({
      conversations: [conversationOf('101', startedAtMs), second],
      transfers: [{ ...transfer, answered: true, toOutside: false, timedOut: false, rowId: 9 }],
      endedAtMs: null,
    });
    const whole = ['begun', 'asked 101', 'talks 101', 'handed-on', 'left 101', 'asked 102', 'talks 102', 'left 102'];
    expect(told(call)).toEqual(whole);
  });
});

describe('the picture of a call', () => {
  it('has a lane for the client and one for each extension, in percent of the call', () => {
    const { lanes, ticks } = pictureOf(callOf({ endedAtMs: startedAtMs + 100_000 }), 0);
    expect(lanes).toMatchObject([
      {
        extension: null,
        bars: [
          { doing: 'waiting', fromPercent: 0, lengthPercent: 5 },
          { doing: 'connected', fromPercent: 5, lengthPercent: 95 },
        ],
      },
      {
        extension: '101',
        bars: [
          { doing: 'ringing', fromPercent: 1, lengthPercent: 4 },
          { doing: 'talking', fromPercent: 5, lengthPercent: 60 },
        ],
      },
    ]);
    expect(ticks.map(({ seconds }) => seconds)).toEqual([0, 30, 60, 90]);
  });

  it("of a call of ours shows that the client's phone rings while the employee dials", () => {
    const caller = { ...conversationOf('101', startedAtMs), cameBy: 'caller' as const };
    const { lanes } = pictureOf(callOf({ direction: 'outbound', conversations: [caller] }), 0);
    expect(lanes.map(({ bars }) => bars.map(({ doing }) => doing))).toEqual([
      ['ringing', 'connected'],
      ['dialling', 'talking'],
    ]);
  });

  it('of what still goes on reaches until now, and never beyond its edges', () => {
    const open = { ...conversationOf('101', startedAtMs), endedAtMs: null };
    const late = { ...conversationOf('102', startedAtMs), endedAtMs: startedAtMs + 900_000 };
    const { lanes } = pictureOf(callOf({ endedAtMs: null, conversations: [open, late] }), startedAtMs + 20_000);
    const ends = lanes.flatMap(({ bars }) => bars.map(({ fromPercent, lengthPercent }) => fromPercent + lengthPercent));
    expect(Math.max(...ends)).toBeCloseTo(100);
  });
});
