import { readChannelName } from './channel.ts';
import type { BridgeStep, Leg } from './leg.ts';

/** A stretch of time in which two could hear each other; `to…` is null while it lasts. */
export interface Stretch {
  fromMs: number;
  fromRowId: number;
  toMs: number | null;
  toRowId: number | null;
}

interface Move {
  leg: Leg;
  rowId: number;
  atMs: number;
  /** The bridge that is entered, empty when one is left. */
  bridgeId: string;
}

/**
 * When each of `partners` could hear one of `focus`: while they shared a bridge, also over Local channels, whose two
 * halves join the bridges they are in to one. Costs one pass over the bridge rows.
 */
export function hearings(legs: readonly Leg[], focus: readonly Leg[], partners: readonly Leg[]): Map<Leg, Stretch[]> {
  const stretches = new Map<Leg, Stretch[]>(partners.map((leg) => [leg, []]));
  const room = new Room(legs);
  let heard = new Set<Leg>();
  for (const move of movesOf(legs)) {
    room.move(move.leg, move.bridgeId);
    const now = new Set([...room.within(focus)].filter((leg) => stretches.has(leg) && !focus.includes(leg)));
    for (const leg of now) if (!heard.has(leg)) open(stretches.get(leg), move);
    for (const leg of heard) if (!now.has(leg)) close(stretches.get(leg), move);
    heard = now;
  }
  return stretches;
}

function open(stretches: Stretch[] | undefined, { atMs, rowId }: Move): void {
  stretches?.push({ fromMs: atMs, fromRowId: rowId, toMs: null, toRowId: null });
}

function close(stretches: Stretch[] | undefined, { atMs, rowId }: Move): void {
  const last = stretches?.at(-1);
  if (last) Object.assign(last, { toMs: Math.max(atMs, last.fromMs), toRowId: rowId });
}

/** Who is in which bridge. */
class Room {
  readonly #bridgeOf = new Map<Leg, string>();
  readonly #members = new Map<string, Set<Leg>>();
  readonly #otherHalf = new Map<Leg, Leg>();

  constructor(legs: readonly Leg[]) {
    const names = new Map(legs.map((leg) => [leg.channel, leg]));
    for (const leg of legs) {
      const { pair, half } = readChannelName(leg.channel);
      const other = half === '' ? undefined : names.get(`${pair};${half === '1' ? '2' : '1'}`);
      if (other) this.#otherHalf.set(leg, other);
    }
  }

  move(leg: Leg, bridgeId: string): void {
    this.#members.get(this.#bridgeOf.get(leg) ?? '')?.delete(leg);
    this.#bridgeOf.delete(leg);
    if (bridgeId === '') return;
    this.#bridgeOf.set(leg, bridgeId);
    const members = this.#members.get(bridgeId);
    if (members) members.add(leg);
    else this.#members.set(bridgeId, new Set([leg]));
  }

  /** Everybody who can hear one of `legs`, themselves included. */
  within(legs: readonly Leg[]): Set<Leg> {
    const bridges = new Set(legs.flatMap((leg) => this.#bridgeOf.get(leg) ?? []));
    const heard = new Set<Leg>();
    for (const bridgeId of bridges) {
      for (const leg of this.#members.get(bridgeId) ?? []) {
        heard.add(leg);
        const beyond = this.#bridgeOf.get(this.#otherHalf.get(leg) ?? leg);
        if (beyond !== undefined) bridges.add(beyond); // a Set's iteration reaches what is added meanwhile
      }
    }
    return heard;
  }
}

const noBridgeId = 'the only bridge';

function movesOf(legs: readonly Leg[]): Move[] {
  return legs.flatMap(movesOfLeg).sort((a, b) => a.rowId - b.rowId);
}

function movesOfLeg(leg: Leg): Move[] {
  const moves: Move[] = [];
  let inside = '';
  for (const step of leg.bridging) {
    const bridgeId = bridgeOf(step);
    if (!step.entered && inside === '' && !step.isHolding) moves.push(entranceBefore(leg, step, moves.at(-1)));
    inside = step.entered ? bridgeId : '';
    moves.push({ leg, rowId: step.rowId, atMs: step.atMs, bridgeId: inside });
  }
  const stayedUntil = leg.ended ?? leg.hangup;
  if (inside !== '' && stayedUntil) moves.push({ leg, rowId: stayedUntil.rowId, atMs: stayedUntil.atMs, bridgeId: '' });
  return moves;
}

function bridgeOf(step: BridgeStep): string {
  return step.isHolding ? '' : step.bridgeId || noBridgeId;
}

/** An exit whose entrance is missing: the channel was in that bridge since its answer or its last move. */
function entranceBefore(leg: Leg, step: BridgeStep, last: Move | undefined): Move {
  const since = last ?? leg.answered ?? { rowId: leg.firstRowId, atMs: leg.firstRowAtMs };
  return { leg, rowId: since.rowId, atMs: since.atMs, bridgeId: bridgeOf(step) };
}

/** Seconds covered by at least one of the stretches; one that still lasts counts up to `nowMs`. */
export function coveredSeconds(stretches: readonly Pick<Stretch, 'fromMs' | 'toMs'>[], nowMs: number): number {
  let coveredMs = 0;
  let reachedMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of [...stretches].sort((a, b) => a.fromMs - b.fromMs)) {
    const endMs = toMs ?? nowMs;
    coveredMs += Math.max(0, endMs - Math.max(fromMs, reachedMs));
    reachedMs = Math.max(reachedMs, endMs);
  }
  return coveredMs / 1000;
}
