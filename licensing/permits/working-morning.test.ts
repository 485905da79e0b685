import fc from 'fast-check';
import { utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { mostDaysToMorning, workingMorning } from './working-morning.ts';

const dayMs = 86_400_000;
const at = (text: string) => Date.parse(text);

it.each([
  ['in the night before a workday', '2026-11-26T01:00:00Z', 'Europe/Moscow', '2026-11-26T07:00:00Z'],
  ['at ten sharp', '2026-11-26T07:00:00Z', 'Europe/Moscow', '2026-11-26T07:00:00Z'],
  ['a moment after ten', '2026-11-26T07:00:00.001Z', 'Europe/Moscow', '2026-11-27T07:00:00Z'],
  ['on Friday at noon', '2026-11-27T09:00:00Z', 'Europe/Moscow', '2026-11-30T07:00:00Z'],
  ['on Saturday', '2026-11-28T01:00:00Z', 'Europe/Moscow', '2026-11-30T07:00:00Z'],
  ['on Sunday here, on Monday there', '2026-11-29T22:00:00Z', 'Asia/Vladivostok', '2026-11-30T00:00:00Z'],
  ['on Friday there, on Saturday here', '2026-11-28T03:00:00Z', 'America/Los_Angeles', '2026-11-30T18:00:00Z'],
  ['when the clocks go forward meanwhile', '2026-03-27T12:00:00Z', 'Europe/Berlin', '2026-03-30T08:00:00Z'],
  ['in a zone that nobody knows', '2026-11-26T11:00:00Z', 'Mars/Olympus', '2026-11-27T10:00:00Z'],
])('comes at ten of a workday: %s', (_, moment, timezone, expected) => {
  expect(new Date(workingMorning(at(moment), timezone)).toISOString()).toBe(new Date(at(expected)).toISOString());
});

it('is never before the moment, at ten of Monday to Friday, and not more than four days away', () => {
  const zones = ['Europe/Moscow', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia', 'Europe/Berlin', 'UTC'];
  const moments = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') });
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (momentMs, zone) => {
      const morningMs = workingMorning(momentMs, zone);
      expect(morningMs).toBeGreaterThanOrEqual(momentMs);
      expect(morningMs - momentMs).toBeLessThan(mostDaysToMorning * dayMs);
      const local = utcMsToPbxTime(morningMs, zone);
      expect(local).toMatch(/ 10:00:00$/);
      expect([1, 2, 3, 4, 5]).toContain(new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay());
    }),
  );
});
