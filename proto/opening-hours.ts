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
