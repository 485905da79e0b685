import fc from 'fast-check';
import { calendarOf, draftOf, readHours, writtenHours } from './drafts.ts';

it.each([
  ['9–18', '09:00–18:00'],
  ['9:00-13:00, 14.30-18', '09:00–13:00, 14:30–18:00'],
  ['00:00 — 24:00', '00:00–24:00'],
  [' ', ''],
])('%j are hours', (text, written) => {
  expect(writtenHours(readHours(text) ?? [])).toBe(written);
});

it.each(['18–9', '9–9', '22:00–06:00', '9', '25–26', '9:60–10', 'always', '9–18,'])('%j are none', (text) => {
  expect(readHours(text)).toBeUndefined();
});

const office = {
  ...{ id: 'office', name: 'Office', timezone: 'Europe/Moscow' },
  week: [...Array(5).fill([{ from: '09:00', to: '18:00' }]), [], []],
  days: { '2026-12-31': [{ from: '09:00', to: '15:00' }], '2027-01-01': [] },
};

it('a calendar comes back from its form as it went in', () => {
  expect(calendarOf(draftOf(office))).toEqual(office);
  const time = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:30`);
  const hours = fc.tuple(time, time).filter(([from, to]) => from < to);
  fc.assert(
    fc.property(fc.array(hours, { maxLength: 3 }), (spans) => {
      const day = spans.map(([from, to]) => ({ from, to }));
      expect(calendarOf(draftOf({ ...office, days: { '2026-05-01': day } }))?.days).toEqual({ '2026-05-01': day });
    }),
  );
});

it.each([
  ['without a name', { name: ' ' }],
  ['in a zone that is none', { timezone: 'Moscow' }],
  ['with a day without a date', { days: [{ date: '', hours: '' }] }],
  ['with a day that is there twice', { days: Array(2).fill({ date: '2026-05-01', hours: '' }) }],
  ['with hours that are none', { week: Array(7).fill('never') }],
])('a calendar %s is not finished', (_, changes) => {
  expect(calendarOf({ ...draftOf(office), ...changes })).toBeUndefined();
});
