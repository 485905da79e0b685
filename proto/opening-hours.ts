import type { Calendar } from './calendar.ts';
import { utcMsToPbxTime } from './pbx-time.ts';

/** Whether an office is open. @param utcMs ms since the epoch */
export function isOpen({ timezone, week, days }: Calendar, utcMs: number): boolean {
  const [date = '', time = ''] = utcMsToPbxTime(utcMs, timezone).split(' ');
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const hours = (Object.hasOwn(days, date) ? days[date] : week[weekday]) ?? [];
  const minute = time.slice(0, 5);
  return hours.some(({ from, to }) => from <= minute && minute < to);
}

const minuteMs = 60_000;
/** An office that is closed for so long has no next opening that anybody waits for. */
const longestClosedMinutes = 31 * 24 * 60;

/**
 * When an office has been open for so many minutes, counted from a moment.
 *
 * @param utcMs ms since the epoch
 * @returns ms since the epoch; as if it were always open where it does not open within a month
 */
export function afterOpenMinutes(office: Calendar, utcMs: number, openMinutes: number): number {
  let [leftMinutes, closedMinutes, atMs] = [openMinutes, 0, utcMs];
  while (leftMinutes > 0) {
    if (closedMinutes > longestClosedMinutes) return utcMs + openMinutes * minuteMs;
    const isCounted = isOpen(office, atMs);
    if (isCounted) leftMinutes--;
    closedMinutes = isCounted ? 0 : closedMinutes + 1;
    atMs += minuteMs;
  }
  return atMs;
}
