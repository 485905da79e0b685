import type { History } from '../../rig/history-events.ts';
import { askedCards, lostTasks, whyNotAsked } from './asked-cards.ts';
import { answersLostIn, fateOf, matched, type TriedCard } from './card-fates.ts';

const linkedid = '1.1';
const employee = '1.2';
const phone = '9031234567';
const call = { linkedid, phone };

const noAnswer = 'ApplicationFailure: amoCRM gave no answer: the request may or may not have been carried out.';
const tooMany = 'ApplicationFailure: amoCRM asks for fewer requests (429). Nobody sends until 04:19:54 UTC.';

/** A history of events as they are named here, a second after each other. */
function history(...attributes: Record<string, unknown>[]): History {
  const events = attributes.map((one, index) => ({
    ...{ eventId: index + 1, eventTime: { seconds: index + 1, nanos: 0 } },
    ...one,
  }));
  return { events } as unknown as History;
}
const input = (value: unknown) => ({ payloads: [{ data: Buffer.from(JSON.stringify(value)) }] });
const rows = (uniqueids: Record<string, string>, fresh = true) => ({
  workflowExecutionSignaledEventAttributes: {
    signalName: 'cel-rows',
    input: input({ rows: Object.entries(uniqueids).map(([uniqueid, eventType]) => ({ uniqueid, eventType })), fresh }),
  },
});
const rings = rows({ [linkedid]: 'CHAN_START', [employee]: 'CHAN_START' });
const isOver = rows({ [employee]: 'HANGUP' });
const begun = { workflowTaskStartedEventAttributes: {} };
const decided = { workflowTaskCompletedEventAttributes: {} };
const activity = (name: string, request: unknown = {}) => ({
  activityTaskScheduledEventAttributes: { activityId: '1', activityType: { name }, input: input(request) },
});
const completed = (scheduledEventId: number) => ({ activityTaskCompletedEventAttributes: { scheduledEventId } });

describe('a call that asked for no card', () => {
  const why = (...events: Record<string, unknown>[]) => whyNotAsked(linkedid, employee, history(...events));

  it.each([
    ['was over when its rows came', [rows({ [employee]: 'CHAN_START', [linkedid]: 'CHAN_END' }), begun, decided]],
    ['was over when it was decided', [rings, begun, isOver, begun, decided]],
    ['was read too late', [rows({ [employee]: 'CHAN_START' }, false), begun, decided, isOver, begun, decided]],
    [
      'waited for its settings',
      [rings, activity('readSettings'), begun, decided, isOver, completed(2), begun, decided, activity('createLead')],
    ],
    [
      'had to wait for its settings',
      [rings, begun, decided, activity('readSettings'), isOver, completed(4), begun, decided, activity('createLead')],
    ],
  ])('says why: it %s', (_, events) => expect(why(...events)).toMatch(/over|late|lasted|readSettings/));

  it.each([
    ['when it had decided', [rings, begun, decided, isOver, begun, decided]],
    ['when it waited no more', [rings, activity('readSettings'), begun, decided, completed(2), begun, decided]],
  ])('should have: its phone rang %s', (_, events) => expect(why(...events)).toBeUndefined());
});

it('what a call has asked for stands in its history', () => {
  const cards = [504141, 504142].map((userId) => ({ phone: `7${phone}`, userId }));
  const started = { activityTaskStartedEventAttributes: { scheduledEventId: 3, lastFailure: { message: tooMany } } };
  const asked = askedCards(call, history(begun, decided, activity('showCards', { cards }), started, completed(3)));
  const common = { linkedid, phone, activityIds: ['1'], askedAtMs: 3_000, closedAtMs: 5_000, outcome: 'completed' };
  const lastFailure = { isSilence: false, message: tooMany };
  expect(asked).toEqual([
    { ...common, userId: 504141, lastFailure },
    { ...common, userId: 504142, lastFailure },
  ]);
});

it.each([
  ['would come too late', 3, 'timed out'],
  ['comes after the call has given it up', 7, 'canceled'],
])('an attempt that %s is none', (_, retryState, outcome) => {
  const refused = {
    activityTaskFailedEventAttributes: { scheduledEventId: 1, retryState, failure: { message: 'No' } },
  };
  const cards = [{ phone, userId: 504141 }];
  expect(askedCards(call, history(activity('showCards', { cards }), refused))).toMatchObject([
    { outcome, lastFailure: { message: 'No' } },
  ]);
});

describe('a card that was tried within the task that had decided it', () => {
  const tried = (result: unknown) => ({
    markerRecordedEventAttributes: {
      markerName: 'core_local_activity',
      details: {
        data: input({ activity_type: 'showCardsAtOnce', activity_id: '2' }),
        ...(result !== undefined && { result: input(result) }),
      },
      ...(result === undefined && { failure: { message: noAnswer } }),
    },
  });
  const went = { linkedid, phone, userId: 504141, activityIds: ['2'], outcome: 'completed' };
  const goesOn = activity('showCards', { cards: [504141, 504142].map((userId) => ({ phone, userId })) });

  const lost = { workflowTaskTimedOutEventAttributes: { startedEventId: 5 } };

  it('was shown, by this task or by one that was lost', () => {
    const both = tried({ shown: [504141], shownBefore: [504142], hasMore: false });
    const asked = askedCards(call, history(rings, begun, decided, rings, begun, lost, begun, decided, both));
    expect(asked).toEqual([
      { ...went, closedAtMs: 8_000, askedAtMs: 7_000, lastFailure: undefined },
      { ...went, userId: 504142, closedAtMs: 8_000, askedAtMs: 3_000, lastFailure: undefined },
    ]);
  });

  it('went with a worker if whoever goes on takes it for shown', () => {
    const result = { shown: [], shownBefore: [], hasMore: true };
    const told = {
      activityTaskCompletedEventAttributes: { scheduledEventId: 5, result: input({ takenForShown: [504142] }) },
    };
    const asked = askedCards(call, history(rings, begun, decided, tried(result), goesOn, told));
    expect(asked.map(({ lastFailure }) => lastFailure?.isSilence)).toEqual([undefined, true]);
  });

  it.each([
    ['as far as it was not shown', { shown: [504141], shownBefore: [], hasMore: true }, [504141, 504142]],
    ['since amoCRM did not answer', undefined, [504141, 504142]],
  ])('goes on as an activity, %s', (_, result, users) => {
    const asked = askedCards(call, history(rings, begun, decided, tried(result), goesOn, isOver, begun, decided));
    expect(asked.map(({ userId }) => userId)).toEqual(users);
    expect(asked.at(-1)).toMatchObject({ askedAtMs: expect.any(Number), userId: 504142 });
  });

  it('may have been shown by a worker that died before it could tell', () => {
    const died = { workflowTaskTimedOutEventAttributes: { startedEventId: 2 } };
    expect(lostTasks(history(rings, begun, died, begun, decided))).toEqual([{ fromMs: 2_000, untilMs: 3_000 }]);
  });
});

const card = (changes: Partial<TriedCard> = {}): TriedCard => ({
  ...{ linkedid, phone, userId: 504141, activityIds: ['1'], askedAtMs: 10_000, closedAtMs: 11_000 },
  ...{ outcome: 'completed', lastFailure: undefined, answersLost: 0, ...changes },
});
const refused = { lastFailure: { isSilence: false, message: tooMany } };
const silent = { lastFailure: { isSilence: true, message: 'activity Heartbeat timeout' } };

it.each([
  ['was shown', card(), 1, 'shown'],
  ['was shown again, since the answer was lost', card({ answersLost: 1 }), 2, 'again'],
  ['was shown again without a reason', card(), 2, 'doubled'],
  ['was shown more often than answers were lost', card({ answersLost: 1 }), 3, 'doubled'],
  ['was given up with its call', card({ outcome: 'canceled' }), 0, 'missing'],
  ['was no news any more', card({ outcome: 'timed out', ...refused }), 0, 'missing'],
  ['went with a worker', card(silent), 0, 'missing'],
  ['was taken for shown', card(), 0, 'lost'],
  ['was taken for shown after a failure', card(refused), 0, 'lost'],
  ['was given up for good', card({ outcome: 'failed', ...refused }), 0, 'lost'],
  ['still waits', card({ outcome: 'open' }), 0, 'lost'],
] as const)('a card that %s', (_, tried, times, is) => {
  const shown = { phone, userId: 504141, at: '2026-11-27T09:00:00Z' };
  expect(fateOf(tried, Array(times).fill(shown))).toMatchObject({ is, linkedid, userId: 504141 });
});

describe('what amoCRM has shown', () => {
  const at = (ms: number, userId = 504141) => ({ phone: `+7${phone}`, userId, at: new Date(ms).toISOString() });

  const counts = (tried: readonly TriedCard[], ...ms: number[]) => {
    const { shownFor, strange } = matched(
      tried,
      ms.map((one) => at(one)),
    );
    return { counts: tried.map((one) => shownFor(one).length), strange };
  };
  const other = (changes: Partial<TriedCard>) => card({ linkedid: '2.1', ...changes });

  it('is for whoever asked for it then', () => {
    const both = [other({ askedAtMs: 10_500, closedAtMs: 20_000 }), card()];
    expect(counts(both, 10_600, 10_700, 19_000)).toEqual({ counts: [2, 1], strange: [] });
  });

  it('twice is of the call whose answer was lost', () => {
    const both = [card(), other({ closedAtMs: 20_000, answersLost: 1 })];
    expect(counts(both, 10_600, 10_700, 10_800)).toEqual({ counts: [1, 2], strange: [] });
  });

  it('is rather of the call that amoCRM has answered for', () => {
    const both = [card({ outcome: 'canceled', closedAtMs: 6_500, askedAtMs: 5_000 }), other({})];
    expect(counts(both, 10_600)).toEqual({ counts: [0, 1], strange: [] });
    expect(counts(both, 6_000, 10_600)).toEqual({ counts: [1, 1], strange: [] });
  });

  it('is strange if nobody had, or much too late', () => {
    const shown = [at(9_000), at(10_500, 504142), at(11_900)];
    expect(matched([card()], shown).strange).toEqual(shown);
  });
});

it('answers that were lost stand in the log, each once, and refusals are none', () => {
  const line = (attempt: number, reason: string) =>
    JSON.stringify({ linkedid, attempt, activityId: '7', activityType: 'showCards', reason, msg: 'Activity failed' });
  const log = [line(1, noAnswer), 'trouble', line(1, noAnswer), line(2, tooMany), line(3, noAnswer)].join('\n');
  expect(answersLostIn(log)).toEqual(new Map([[`${linkedid} 7`, 2]]));
});
