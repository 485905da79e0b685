import type { Calendar } from '../../../../../proto/calendar.ts';
import { isTimeZone } from '../../../../../proto/pbx-time.ts';

type Hours = Calendar['week'][number];

/** A calendar as it is being written: hours are text until they can be read. */
export interface Draft {
  id: string;
  name: string;
  timezone: string;
  /** Monday first. */
  week: string[];
  days: { date: string; hours: string }[];
}

export const writtenHours = (hours: Hours): string => hours.map(({ from, to }) => `${from}–${to}`).join(', ');

/**
 * Hours as people write them: `9–18`, `9:00-13:00, 14:00-18:00`; nothing is a closed day.
 *
 * @returns undefined if they can't be read, or end before they begin
 */
export function readHours(text: string): Hours | undefined {
  const parts = text.split(/[,;]/).map((part) => part.trim());
  if (parts.join('') === '') return [];
  const hours = parts.map(readSpan);
  return hours.includes(undefined) ? undefined : (hours as Hours);
}

function readSpan(text: string): Hours[number] | undefined {
  const [, from, to] = /^(\d{1,2}(?:[:.]\d\d)?)\s*[-–—]\s*(\d{1,2}(?:[:.]\d\d)?)$/.exec(text) ?? [];
  const [begins, ends] = [timeOf(from), timeOf(to)];
  return begins !== undefined && ends !== undefined && begins < ends ? { from: begins, to: ends } : undefined;
}

function timeOf(text = ''): string | undefined {
  const [hour = '', minute = '00'] = text.split(/[:.]/);
  const time = `${hour.padStart(2, '0')}:${minute}`;
  return /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time) ? time : undefined;
}

export function draftOf({ id, name, timezone, week, days }: Calendar): Draft {
  return {
    ...{ id, name, timezone, week: week.map(writtenHours) },
    days: Object.entries(days)
      .map(([date, hours]) => ({ date, hours: writtenHours(hours) }))
      .toSorted((a, b) => (a.date < b.date ? -1 : 1)),
  };
}

/** @returns undefined while something in it can't be read, or is missing or there twice */
export function calendarOf({ id, name, timezone, week, days }: Draft): Calendar | undefined {
  const hours = [...week, ...days.map((day) => day.hours)].map(readHours);
  const dates = days.map(({ date }) => date);
  const isWhole =
    hours.every((one) => one !== undefined) && new Set(dates).size === dates.length && !dates.includes('');
  if (!isWhole || name.trim() === '' || !isTimeZone(timezone)) return undefined;
  return {
    ...{ id, name: name.trim(), timezone, week: hours.slice(0, week.length) as Hours[] },
    days: Object.fromEntries(days.map(({ date }, index) => [date, hours[week.length + index] as Hours])),
  };
}
