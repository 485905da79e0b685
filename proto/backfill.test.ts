import { BackfillFate, BackfillOutcome, backfillOutcome, isSensiblePeriod, standsBehind } from './backfill.ts';
import { Registration } from './journal.ts';

const fates: readonly BackfillFate[] = BackfillFate.enum;
const outcomes: readonly BackfillOutcome[] = BackfillOutcome.enum;
const registrations = [
  null,
  ...Registration.anyOf.map(({ properties }) => properties.state.const as Registration['state']),
];

it('each call of a backfill is counted in one outcome, and found under that one', () => {
  expect(registrations.length).toBeGreaterThan(5);
  for (const fate of fates) {
    for (const registration of registrations) {
      const listedIn = outcomes.filter((outcome) =>
        standsBehind(outcome).some(([f, r]) => f === fate && r === registration),
      );
      expect([fate, registration, listedIn]).toEqual([fate, registration, [backfillOutcome(fate, registration)]]);
    }
  }
});

it.each<[BackfillFate, Registration['state'] | null, BackfillOutcome]>([
  ['told', 'registered', 'registered'],
  ['told', null, 'notTold'], // its actor has said nothing
  ['left', 'registered', 'left'],
  ['in-hand', 'needs-attention', 'needsAttention'],
  ['under-way', 'needs-attention', 'needsAttention'],
  ['under-way', 'pending', 'underWay'],
  ['under-way', 'registered', 'registered'], // its own actor has done it meanwhile
  ['joined', 'registered', 'joined'],
])('a call that is %s and in the journal %s is shown as %s', (fate, registration, outcome) => {
  expect(backfillOutcome(fate, registration)).toBe(outcome);
});

it.each<[string, number, number, boolean]>([
  ['of an hour of yesterday', -25, -24, true],
  ['that goes on until tomorrow', -1, 24, true],
  ['without a moment in it', -5, -5, false],
  ['that ends before it begins', -5, -6, false],
  ['of tomorrow', 1, 2, false],
  ['of more than a year', -367 * 24, -1, false],
])('a period %s', (_, from, to, isFine) => {
  const nowMs = Date.UTC(2026, 10, 26);
  const period = { fromMs: nowMs + from * 3_600_000, toMs: nowMs + to * 3_600_000 };
  expect(isSensiblePeriod(period, nowMs)).toBe(isFine);
});
