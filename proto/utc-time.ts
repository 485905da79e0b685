const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

/** @param text such as `2026-12-01T06:00:00Z` @returns ms since the epoch, or undefined if it is no such time */
export function readUtcTime(text: string): number | undefined {
  const ms = form.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) return undefined;
  const isOnCalendar = new Date(ms).toISOString().startsWith(text.slice(0, 10)); // 30 February is not
  return isOnCalendar ? ms : undefined;
}
