import { isTimeZone, pbxTimeToUtcMs, utcMsToPbxTime } from '../../proto/pbx-time.ts';

const dayMs = 86_400_000;
const morning = '10:00:00';
/** The longest way to a working morning: from Friday's to Monday's, over a change of the clocks. */
export const mostDaysToMorning = 4;

/**
 * The first Monday to Friday, 10:00 of the time zone, that is not before a moment. Holidays are not known.
 *
 * @param timezone IANA; one that this machine does not know is taken for UTC
 * @returns ms UTC
 */
export function workingMorning(momentMs: number, timezone: string): number {
  const zone = isTimeZone(timezone) ? timezone : 'UTC';
  for (let day = 0; day <= mostDaysToMorning; day++) {
    const date = utcMsToPbxTime(momentMs + day * dayMs, zone).slice(0, 10);
    const morningMs = pbxTimeToUtcMs(`${date} ${morning}`, zone) ?? 0;
    if (morningMs >= momentMs && isWorkday(date)) return morningMs;
  }
  return momentMs + mostDaysToMorning * dayMs; // no zone of today comes here
}

function isWorkday(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}
