import type { Arrival } from './arrivals.ts';
import type { Place } from './place.ts';
import { spread } from './report.ts';

/** Which of these calls have come to amoCRM, and how long after their rows: cards, and records of calls. */
export async function shownAtAmocrm({ house }: Place, calls: readonly Arrival[]) {
  const { cards, calls: records } = await house.amocrm.state();
  const cardAtMs = new Map(cards.map(({ phone, at }) => [phone.slice(-10), Date.parse(at)]));
  const recordAtMs = new Map(records.map(({ uniq, at }) => [uniq?.split(':')[1] ?? '', Date.parse(at)]));
  const rang = calls.filter(({ ringsAtMs }) => ringsAtMs !== undefined);
  return {
    rang: rang.length,
    'no card': rang.filter(({ phone }) => !cardAtMs.has(phone)).length,
    ...spreadOf(
      'card',
      rang.map((call) => between(call.ringsAtMs, cardAtMs.get(call.phone))),
    ),
    ...spreadOf(
      'record',
      calls.map((call) => between(call.endedAtMs, recordAtMs.get(call.linkedid))),
    ),
  };
}

const between = (fromMs: number | undefined, toMs: number | undefined): number | undefined =>
  fromMs === undefined || toMs === undefined ? undefined : toMs - fromMs;

function spreadOf(what: string, lagsMs: readonly (number | undefined)[]): Record<string, number> {
  const of = Object.entries(spread(lagsMs.filter((lagMs) => lagMs !== undefined)));
  return Object.fromEntries(of.map(([name, ms]) => [`${what} ${name}`, ms]));
}
