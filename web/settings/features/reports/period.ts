/** What reports are about, as it stands in the page's address. */
export interface Period {
  /** Empty: all PBXs. */
  pbx: string;
  /** Whole days by the clock of the PBX, `2026-11-25`; the last is among them. */
  from: string;
  to: string;
}

const dayMs = 86_400_000;
const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d\d-\d\d$/.test(text);

/** The day in a zone. @param daysAgo before the one of `nowMs` */
function dayIn(zone: string, nowMs: number, daysAgo = 0): string {
  const form = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const today = new Intl.DateTimeFormat('en-CA', form).format(nowMs);
  return new Date(Date.parse(`${today}T00:00:00Z`) - daysAgo * dayMs).toISOString().slice(0, 10);
}

/** Days from today back, today among them. */
export const lastDays = (zone: string, nowMs: number, count: number): Pick<Period, 'from' | 'to'> => ({
  from: dayIn(zone, nowMs, count - 1),
  to: dayIn(zone, nowMs),
});

/** What makes no sense in an address is passed over: then it is the last seven days. */
export function readPeriod(search: URLSearchParams, zone: string, nowMs: number): Period {
  const [from, to] = [search.get('from'), search.get('to')];
  const days = isDay(from) && isDay(to) ? { from, to } : lastDays(zone, nowMs, 7);
  return { pbx: search.get('pbx') ?? '', ...days };
}
