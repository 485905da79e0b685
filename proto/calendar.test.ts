import fc from 'fast-check';
import { Value } from 'typebox/value';
import { Calendar } from './calendar.ts';
import { afterOpenMinutes, isOpen, nextChange } from './opening-hours.ts';

const workday = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
];
const office: Calendar = {
  id: 'office',
  name: 'Office',
  timezone: 'Europe/Moscow',
  week: [workday, workday, workday, workday, workday, [], []],
  days: { '2026-11-04': [], '2026-11-03': [{ from: '09:00', to: '17:00' }], '2026-11-07': workday },
};
/** Moscow is three hours ahead of UTC. */
const moscow = (text: string) => Date.parse(`${text}+03:00`);

it.each<[string, boolean]>([
  ['2026-11-25T09:00:00', true],
  ['2026-11-25T08:59:59', false],
  ['2026-11-25T12:59:59', true],
  ['2026-11-25T13:00:00', false],
  ['2026-11-25T17:59:59', true],
  ['2026-11-25T18:00:00', false],
  ['2026-11-28T12:00:00', false], // Saturday
  ['2026-11-07T12:00:00', true], // a working Saturday
  ['2026-11-04T12:00:00', false], // a holiday
  ['2026-11-03T16:30:00', true],
  ['2026-11-03T17:30:00', false], // a short day
])('at %s the office is open: %s', (time, open) => {
  expect(isOpen(office, moscow(time))).toBe(open);
});

it.each<[string, string, string]>([
  ['closes for lunch', '2026-11-25T09:30:00', '2026-11-25T13:00:00'],
  ['opens after lunch', '2026-11-25T13:30:00', '2026-11-25T14:00:00'],
  ['opens the next day', '2026-11-25T18:00:00', '2026-11-26T09:00:00'],
  ['opens after the weekend', '2026-11-27T19:00:00', '2026-11-30T09:00:00'],
  ['opens after a holiday', '2026-11-03T17:30:00', '2026-11-05T09:00:00'],
])('an office %s', (_, at, next) => {
  expect(nextChange(office, moscow(at))).toBe(moscow(next));
});

it('hours that go over midnight end in the morning, and what is always or never open does not change', () => {
  const night = [
    { from: '00:00', to: '06:00' },
    { from: '22:00', to: '24:00' },
  ];
  const nights = { ...office, week: Array(7).fill(night), days: {} };
  expect(nextChange(nights, moscow('2026-11-25T23:00:00'))).toBe(moscow('2026-11-26T06:00:00'));
  expect(nextChange({ ...nights, week: Array(7).fill([]) }, moscow('2026-11-25T23:00:00'))).toBeUndefined();
  const always = { ...nights, week: Array(7).fill([{ from: '00:00', to: '24:00' }]) };
  expect(nextChange(always, moscow('2026-11-25T23:00:00'))).toBeUndefined();
});

it('counts days where the office is, not in UTC', () => {
  const always: Calendar = {
    ...office,
    week: Array(7).fill([{ from: '00:00', to: '24:00' }]),
    days: { '2026-11-26': [] },
  };
  expect(isOpen(always, moscow('2026-11-25T23:59:59'))).toBe(true);
  expect(isOpen(always, moscow('2026-11-26T00:00:00'))).toBe(false);
  expect(isOpen(always, moscow('2026-11-26T23:59:59'))).toBe(false);
});

it('is open round the clock, or never, also when the clocks change', () => {
  const berlin = { ...office, timezone: 'Europe/Berlin', days: {} };
  const [always, never] = [[{ from: '00:00', to: '24:00' }], []].map((day) => ({
    ...berlin,
    week: Array(7).fill(day),
  }));
  const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
  fc.assert(
    fc.property(moments, (utcMs) => {
      expect(isOpen(always as Calendar, utcMs)).toBe(true);
      expect(isOpen(never as Calendar, utcMs)).toBe(false);
    }),
  );
});

it.each([
  ['an hour in the morning', '2026-11-25T09:30:00', 60, '2026-11-25T10:30:00'],
  ['what goes over the break', '2026-11-25T12:30:00', 60, '2026-11-25T14:30:00'],
  ['a call at night', '2026-11-25T23:12:34', 60, '2026-11-26T10:00:00'],
  ['a Friday evening, over the weekend', '2026-11-27T17:50:00', 30, '2026-11-30T09:20:00'],
  ['an evening before a holiday', '2026-11-03T16:50:00', 30, '2026-11-05T09:20:00'],
])('%s: only the minutes count in which the office is open', (_, from, minutes, until) => {
  expect(new Date(afterOpenMinutes(office, moscow(from), minutes))).toEqual(new Date(moscow(until)));
});

it('a minute counts once, though its hours are named twice', () => {
  const twice = { ...office, week: Array(7).fill([workday[1], { from: '13:30', to: '15:00' }, workday[0]]) };
  expect(afterOpenMinutes(twice, moscow('2026-11-25T12:30:00'), 90)).toBe(moscow('2026-11-25T14:30:00'));
});

it('counts as whoever looks every minute does, also when the clocks change', () => {
  const moments = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 });
  const timezones = fc.constantFrom('Europe/Moscow', 'Europe/Berlin', 'America/St_Johns');
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 3_000 }), timezones, (minute, openMinutes, timezone) => {
      const there = { ...office, timezone };
      const until = afterOpenMinutes(there, minute * 60_000, openMinutes);
      let open = 0;
      for (let ms = minute * 60_000; ms < until; ms += 60_000) if (isOpen(there, ms)) open++;
      expect(open).toBe(openMinutes);
      expect(isOpen(there, until - 60_000)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

it('the longest deadline of an office that opens for two hours a week is found by looking at days, not minutes', () => {
  const rare = { ...office, timezone: 'Europe/Berlin', week: [[{ from: '09:00', to: '11:00' }], ...Array(6).fill([])] };
  const looked = jest.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
  afterOpenMinutes(rare, moscow('2026-11-25T12:00:00'), 525_600);
  expect(looked.mock.calls.length).toBeLessThan(5_000);
  looked.mockRestore();
});

it('an office that never opens delays nothing', () => {
  const never = { ...office, week: Array(7).fill([]), days: {} };
  const from = moscow('2026-11-25T12:00:00');
  expect(afterOpenMinutes(never, from, 60)).toBe(from + 3_600_000);
});

it.each([
  ['a time that does not exist', { ...office, week: Array(7).fill([{ from: '25:00', to: '26:00' }]) }],
  ['a week of six days', { ...office, week: office.week.slice(1) }],
  ['a date that is none', { ...office, days: { 'New Year': [] } }],
])('%s is refused', (_, calendar) => {
  expect(Value.Check(Calendar, calendar)).toBe(false);
});
