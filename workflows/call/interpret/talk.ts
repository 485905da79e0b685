import type { Leg } from './facts.ts';

/** A stretch of time, ms UTC; `toMs` is null while it lasts. */
export interface Stretch {
  fromMs: number;
  toMs: number | null;
}

interface BridgeStay extends Stretch {
  bridgeId: string;
}

/** The times a channel spent in bridges; a missing exit row ends with the channel. */
function bridgeStays(leg: Leg): BridgeStay[] {
  const stays: BridgeStay[] = [];
  let open: BridgeStay | undefined;
  for (const step of leg.bridging) {
    if (open) open.toMs = step.atMs;
    open = undefined;
    if (step.entered) {
      open = { bridgeId: step.bridgeId, fromMs: step.atMs, toMs: null };
      stays.push(open);
    }
  }
  if (open) open.toMs = leg.endedAtMs;
  return stays;
}

/** When two channels could hear each other: the times they shared a bridge. */
export function sharedTalk(a: Leg, b: Leg): Stretch[] {
  const others = bridgeStays(b);
  return bridgeStays(a).flatMap((stay) =>
    others
      .filter((other) => other.bridgeId === stay.bridgeId)
      .map((other) => ({ fromMs: Math.max(stay.fromMs, other.fromMs), toMs: earlierEnd(stay.toMs, other.toMs) }))
      .filter((shared) => shared.toMs === null || shared.toMs >= shared.fromMs),
  );
}

function earlierEnd(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}

/** Seconds covered by at least one of the stretches; one that still lasts counts up to `nowMs`. */
export function coveredSeconds(stretches: readonly Stretch[], nowMs: number): number {
  let coveredMs = 0;
  let reachedMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of [...stretches].sort((a, b) => a.fromMs - b.fromMs)) {
    const endMs = toMs ?? nowMs;
    coveredMs += Math.max(0, endMs - Math.max(fromMs, reachedMs));
    reachedMs = Math.max(reachedMs, endMs);
  }
  return coveredMs / 1000;
}
