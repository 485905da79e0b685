import type { Calendar } from './calendar.ts';
import { pbxTimeToUtcMs, utcMsToPbxTime } from './pbx-time.ts';

/** Whether an office is open. @param utcMs ms since the epoch */
export function isOpen(office: Calendar, utcMs: number): boolean {
  const [date = '', time = ''] = utcMsToPbxTime(utcMs, office.timezone).split(' ');
  const minute = time.slice(0, 5);
  return hoursOn(office, date).some(({ from, to }) => from <= minute && minute < to);
}

function hoursOn({ week, days }: Calendar, date: string): Calendar['week'][number] {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return (Object.hasOwn(days, date) ? days[date] : week[weekday]) ?? [];
}

/**
 * When an office that is open closes next, or one that is closed opens.
 *
 * @param utcMs ms since the epoch
 * @returns ms since the epoch; undefined if that is not within a year
 */
export function nextChange(office: Calendar, utcMs: number): number | undefined {
  const wasOpen = isOpen(office, utcMs);
  let midnightMs = midnightOf(office, utcMs);
  for (let day = 0; day < daysOfYear; day++, midnightMs += dayMs) {
    const moments = openSpans(office, midnightMs).flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
    const next = moments.toSorted((a, b) => a - b).find((atMs) => atMs > utcMs && isOpen(office, atMs) !== wasOpen);
    if (next !== undefined) return next;
  }
  return undefined;
}

const daysOfYear = 366;
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** An office that is closed for so long has no next opening that anybody waits for. */
const longestClosedDays = 31;
/** Later no minutes are counted: an office that opens too rarely delays nothing. */
const mostDays = 3_650;

/**
 * When an office has been open for so many minutes, counted from a moment.
 *
 * @param utcMs ms since the epoch
 * @returns ms since the epoch; as if it were always open where it does not open within a month, or too rarely
 */
export function afterOpenMinutes(office: Calendar, utcMs: number, openMinutes: number): number {
  let [leftMs, closedDays, atMs] = [openMinutes * minuteMs, 0, utcMs];
  let midnightMs = midnightOf(office, utcMs);
  for (let day = 0; day < mostDays && closedDays <= longestClosedDays; day++, midnightMs += dayMs) {
    closedDays++;
    for (const { fromMs, toMs } of openSpans(office, midnightMs)) {
      atMs = Math.max(atMs, fromMs);
      const openMs = toMs - atMs;
      if (openMs <= 0) continue;
      if (leftMs <= openMs) return atMs + leftMs;
      [leftMs, closedDays, atMs] = [leftMs - openMs, 0, toMs];
    }
  }
  return utcMs + openMinutes * minuteMs;
}

/** The beginning of the day where the office is, as if it were UTC. */
function midnightOf({ timezone }: Calendar, utcMs: number): number {
  return Date.parse(`${utcMsToPbxTime(utcMs, timezone).slice(0, 10)}T00:00:00Z`);
}

/**
 * When an office is open on a day, in order, ms since the epoch.
 *
 * @param midnightMs the beginning of the day where the office is, as if it were UTC
 */
function openSpans(office: Calendar, midnightMs: number): { fromMs: number; toMs: number }[] {
  const hours = hoursOn(office, new Date(midnightMs).toISOString().slice(0, 10));
  const momentOf = (time: string) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    const wallClock = new Date(midnightMs + (hour * 60 + minute) * minuteMs).toISOString().slice(0, 19);
    return pbxTimeToUtcMs(wallClock, office.timezone) ?? midnightMs;
  };
  const spans = hours.map(({ from, to }) => ({ fromMs: momentOf(from), toMs: momentOf(to) }));
  return spans.sort((a, b) => a.fromMs - b.fromMs);
}
