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

/** Seconds of the stretches in which nobody was on hold. */
export function talkedSeconds(stretches: readonly Stretch[], holds: readonly Period[], nowMs: number): number {
  return coveredSeconds(stretches, nowMs) - heldSeconds(stretches, holds, nowMs);
}

/** Seconds of the stretches in which somebody was on hold. */
export function heldSeconds(stretches: readonly Stretch[], holds: readonly Period[], nowMs: number): number {
  const common = stretches.flatMap((stretch) => holds.map((hold) => overlap(stretch, hold, nowMs)));
  return coveredSeconds(
    common.filter((period) => period.toMs > period.fromMs),
    nowMs,
  );
}

function overlap(a: Period, b: Period, nowMs: number): { fromMs: number; toMs: number } {
  return { fromMs: Math.max(a.fromMs, b.fromMs), toMs: Math.min(a.toMs ?? nowMs, b.toMs ?? nowMs) };
}
