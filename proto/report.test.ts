import { conversationOf } from '../tests/rig/journal-entry.ts';
import { addFigures, noFigures, partsOf, spreadOf } from './report.ts';

const spread = (...seconds: number[]) => spreadOf(seconds.map((one) => ({ seconds: one, count: 1 })));

it('of ten the ninth is what nine of ten do not exceed', () => {
  expect(spread(10, 9, 8, 7, 6, 5, 4, 3, 2, 1)).toEqual({ count: 10, average: 6, p90: 9, longest: 10 });
  expect(spread(7)).toEqual({ count: 1, average: 7, p90: 7, longest: 7 });
  expect(
    spreadOf([
      { seconds: 1, count: 99 },
      { seconds: 500, count: 1 },
    ]),
  ).toEqual({ count: 100, average: 6, p90: 1, longest: 500 });
});

it('of none there is no average', () => {
  expect(spread()).toEqual({ count: 0, average: null, p90: null, longest: null });
  expect(addFigures(noFigures, noFigures)).toEqual(noFigures);
});

it('waiting of several together is weighed by their calls', () => {
  const some = { ...noFigures, inbound: 1, missed: 1, waitAverage: 10, waitLongest: 10 };
  const others = { ...noFigures, inbound: 3, answered: 3, waitAverage: 2, waitLongest: 4 };
  expect(addFigures(some, others)).toMatchObject({ inbound: 4, waitAverage: 4, waitLongest: 10 });
});

it('who takes part twice has one part, and whoever made the call was not asked for it', () => {
  const atMs = 1_000;
  const conversations = [
    { ...conversationOf('101', atMs), cameBy: 'caller' as const, talkSeconds: 10.4 },
    conversationOf('102', atMs, false),
    { ...conversationOf('102', atMs), talkSeconds: 5.2 },
    { ...conversationOf('101', atMs), cameBy: 'transfer' as const, talkSeconds: 1.3 },
  ];
  expect(partsOf({ conversations }, ['101', '102', '103'])).toEqual([
    { extension: '101', wasAsked: true, hasCalled: true, hasTalked: true, talkSeconds: 12 },
    { extension: '102', wasAsked: true, hasCalled: false, hasTalked: true, talkSeconds: 5 },
    { extension: '103', wasAsked: false, hasCalled: false, hasTalked: false, talkSeconds: 0 },
  ]);
});
