import { coveredSeconds, type Stretch } from './hearing.ts';
import type { Leg } from './leg.ts';

export interface Period {
  fromMs: number;
  toMs: number | null;
}

/** When a channel heard music on hold. */
export function musicPeriods(leg: Leg): Period[] {
  const periods: Period[] = [];
  let playing: Period | undefined;
  for (const step of leg.music) {
    if (playing) playing.toMs = Math.max(playing.fromMs, step.atMs);
    playing = step.plays ? { fromMs: step.atMs, toMs: null } : undefined;
    if (playing) periods.push(playing);
  }
  if (playing && leg.ended) playing.toMs = Math.max(playing.fromMs, leg.ended.atMs);
  return periods;
}

/** The same time in periods that do not overlap, in order. */
export function merged(periods: readonly Period[]): Period[] {
  const apart: Period[] = [];
  for (const period of periods.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = apart.at(-1);
    if (!last || (last.toMs !== null && last.toMs < period.fromMs)) apart.push({ ...period });
    else if (last.toMs !== null) last.toMs = period.toMs === null ? null : Math.max(last.toMs, period.toMs);
  }
  return apart;
}

/** Of merged periods those that touch the time from `fromMs` to `toMs`; found by bisection, since calls may be long. */
export function touching(periods: readonly Period[], fromMs: number, toMs: number): Period[] {
  let low = 0;
  let high = periods.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = periods[middle]?.toMs ?? Number.POSITIVE_INFINITY;
    if (end < fromMs) low = middle + 1;
    else high = middle;
  }
  const found: Period[] = [];
  for (let at = low; at < periods.length && (periods[at] as Period).fromMs <= toMs; at++)
    found.push(periods[at] as Period);
  return found;
}

/** Seconds of the stretches in which nobody was on hold. */
export function talkedSeconds(stretches: readonly Stretch[], holds: readonly Period[], nowMs: number): number {
  return coveredSeconds(withoutHold(stretches, holds, nowMs), nowMs);
}

/** The stretches without the time on hold; what still lasts counts up to `nowMs`. */
export function withoutHold(stretches: readonly Period[], holds: readonly Period[], nowMs: number): Period[] {
  const held = overlaps(holds, stretches, nowMs);
  return merged(stretches).flatMap(({ fromMs, toMs }) => {
    const untilMs = toMs ?? nowMs;
    const gaps = touching(held, fromMs, untilMs);
    const starts = [fromMs, ...gaps.map((gap) => gap.toMs ?? untilMs)];
    const ends = [...gaps.map((gap) => gap.fromMs), untilMs];
    return starts.map((start, index) => ({ fromMs: start, toMs: ends[index] ?? untilMs }));
  });
}

/** The time that both have in common; what still lasts counts up to `nowMs`. */
export function overlaps(some: readonly Period[], others: readonly Period[], nowMs: number): Period[] {
  const apart = merged(some);
  return merged(others).flatMap(({ fromMs, toMs }) => {
    const untilMs = toMs ?? nowMs;
    return touching(apart, fromMs, untilMs)
      .map((one) => ({ fromMs: Math.max(fromMs, one.fromMs), toMs: Math.min(untilMs, one.toMs ?? nowMs) }))
      .filter((common) => common.toMs > common.fromMs);
  });
}
