/** Wall-clock times of a PBX and what they mean in UTC. */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** True if `timeZone` is an IANA name this machine knows, e.g. `Europe/Moscow`. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatterOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Clocks change at whole quarters of an hour; asking for each row anew would take longer than all else. */
const quarterMs = 900_000;
const mostQuarters = 10_000;
const offsets = new Map<string, number>();

/** How far the zone's wall clock is ahead of UTC at that moment, in ms. */
export function zoneOffsetMs(utcMs: number, timeZone: string): number {
  const quarter = `${timeZone} ${Math.floor(utcMs / quarterMs)}`;
  let offsetMs = offsets.get(quarter);
  if (offsetMs === undefined) {
    if (offsets.size >= mostQuarters) offsets.clear();
    offsetMs = askZone(utcMs, timeZone);
    offsets.set(quarter, offsetMs);
  }
  return offsetMs;
}

function askZone(utcMs: number, timeZone: string): number {
  const wall: Record<string, number> = {};
  for (const part of formatterOf(timeZone).formatToParts(utcMs)) wall[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = wall;
  const wholeSecondsMs = Math.floor(utcMs / 1000) * 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSecondsMs;
}

const wallClock = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/;

/** A wall-clock text as if it were UTC, in ms; undefined for what is no time (`0000-00-00 00:00:00` too). */
function wallClockMs(text: string): number | undefined {
  const match = wallClock.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second) + Math.floor(Number(`0.${match[7] ?? 0}`) * 1000);
  const read = new Date(ms);
  const isRealDate = read.getUTCMonth() === month - 1 && read.getUTCDate() === day && read.getUTCHours() === hour;
  return year > 1970 && isRealDate ? ms : undefined;
}

/**
 * The UTC moment of a PBX's wall-clock time.
 *
 * When the clocks go back an hour happens twice; `notBeforeMs` (UTC, the channel's creation) then picks the
 * earliest reading that is not before it. In the hour that is skipped in spring the offset before the change holds.
 *
 * @returns ms since the epoch, or undefined if `text` is not `YYYY-MM-DD HH:MM:SS[.ffffff]`.
 */
export function pbxTimeToUtcMs(text: string, timeZone: string, notBeforeMs?: number): number | undefined {
  const wallMs = wallClockMs(text);
  if (wallMs === undefined) return undefined;
  const dayMs = 86_400_000;
  const around = [zoneOffsetMs(wallMs - dayMs, timeZone), zoneOffsetMs(wallMs + dayMs, timeZone)];
  const readings = [...new Set(around)]
    .map((offsetMs) => wallMs - offsetMs)
    .filter((utcMs) => zoneOffsetMs(utcMs, timeZone) === wallMs - utcMs)
    .sort((a, b) => a - b);
  const toleranceMs = 1000; // the whole seconds of eventtime against those of uniqueid
  const notTooEarly = readings.find((utcMs) => notBeforeMs === undefined || utcMs >= notBeforeMs - toleranceMs);
  return notTooEarly ?? readings.at(-1) ?? wallMs - (around[0] as number);
}

/** The same moment as the PBX would write it, `YYYY-MM-DD HH:MM:SS`. */
export function utcMsToPbxTime(utcMs: number, timeZone: string): string {
  return new Date(utcMs + zoneOffsetMs(utcMs, timeZone)).toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * When a channel was created by its `uniqueid` (`[system-]epoch.counter`), in ms UTC.
 * Source: Asterisk's channel.c, measured on 16 and 22.
 */
export function uniqueidToUtcMs(uniqueid: string): number | undefined {
  const match = /(\d{9,11})\.\d+$/.exec(uniqueid);
  return match ? Number(match[1]) * 1000 : undefined;
}
