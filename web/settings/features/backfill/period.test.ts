import { periodOf, quickPeriod } from './period.ts';

/** In Moscow it is 02:30 of the 26th already. */
const nowMs = Date.UTC(2026, 10, 25, 23, 30);
const moscow = 'Europe/Moscow';

it.each([
  ['yesterday', '2026-11-25T00:00', '2026-11-26T00:00'],
  ['week', '2026-11-20T00:00', '2026-11-26T02:30'],
  ['month', '2026-10-28T00:00', '2026-11-26T02:30'],
] as const)('%s is counted by the clock of the PBX, and can be brought', (choice, from, to) => {
  const values = quickPeriod(choice, moscow, nowMs);
  expect(values).toEqual({ from, to });
  expect(periodOf(values, moscow, nowMs)).toBeDefined();
});

it('the times are those of the PBX', () => {
  const period = periodOf({ from: '2026-11-25T00:00', to: '2026-11-26T00:00' }, moscow, nowMs);
  expect(period).toEqual({ fromMs: Date.UTC(2026, 10, 24, 21), toMs: Date.UTC(2026, 10, 25, 21) });
});

it.each([
  ['', '2026-11-26T00:00'],
  ['2026-11-25T00:00', ''],
  ['2026-11-25T00:00', '2026-11-24T00:00'],
  ['2026-11-27T00:00', '2026-11-28T00:00'],
  ['2025-01-01T00:00', '2026-11-24T00:00'],
])('nothing is to be brought from %j to %j', (from, to) => {
  expect(periodOf({ from, to }, moscow, nowMs)).toBeUndefined();
});
