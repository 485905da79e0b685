import { type Static, Type } from 'typebox';
import type { Call } from './call.ts';

/**
 * What the figures of reports mean. The store counts by the same words (activities/store/reports.ts); the pages explain
 * them to people. A call counts in the period in which it began, by the wall clock of its PBX.
 *
 * - missed: an inbound call that is over and that nobody of ours has answered; voice mail counts as missed.
 * - waiting: from the beginning of an inbound call, with the time in a voice menu, until somebody answered or it was
 *   given up.
 * - talk: somebody of ours and the client could hear each other; without the time on hold, and without internal calls.
 * - a client called in vain: their missed calls in a row count as one, from the first; it is over with the beginning of
 *   the next call in which somebody has talked with them, whoever called.
 * - called back: the next talk is a call of ours. Time to call back: from the end of the first missed call until then.
 */

const Count = Type.Integer();
/** Whole seconds, rounded for each call. */
const Seconds = Type.Integer();

/** How long several have waited; null: nobody has. */
export const Spread = Type.Object({
  count: Count,
  average: Type.Union([Seconds, Type.Null()]),
  /** Nine of ten were not longer. */
  p90: Type.Union([Seconds, Type.Null()]),
  longest: Type.Union([Seconds, Type.Null()]),
});
export type Spread = Static<typeof Spread>;

/** @param lengths how often each number of seconds occurs */
export function spreadOf(lengths: Iterable<{ seconds: number; count: number }>): Spread {
  const sorted = [...lengths].filter(({ count }) => count > 0).sort((a, b) => a.seconds - b.seconds);
  const count = sorted.reduce((sum, one) => sum + one.count, 0);
  const longest = sorted.at(-1)?.seconds;
  if (longest === undefined) return { count: 0, average: null, p90: null, longest: null };
  const total = sorted.reduce((sum, one) => sum + one.seconds * one.count, 0);
  const rank = Math.ceil(count * 0.9);
  return { count, average: Math.round(total / count), p90: atRank(sorted, rank) ?? longest, longest };
}

/** Of several in order, the one at that place from the first, which is 1. */
function atRank(sorted: readonly { seconds: number; count: number }[], rank: number): number | undefined {
  let passed = 0;
  for (const { seconds, count } of sorted) {
    passed += count;
    if (passed >= rank) return seconds;
  }
  return undefined;
}

/** What was called and talked, with clients. */
export const Figures = Type.Object({
  inbound: Count,
  answered: Count,
  missed: Count,
  outbound: Count,
  /** Outbound calls that the client has answered. */
  reached: Count,
  talkSeconds: Seconds,
  /** Of inbound calls, answered or not; null: there was none. */
  waitAverage: Type.Union([Seconds, Type.Null()]),
  waitLongest: Type.Union([Seconds, Type.Null()]),
});
export type Figures = Static<typeof Figures>;

export const noFigures: Figures = {
  ...{ inbound: 0, answered: 0, missed: 0, outbound: 0, reached: 0, talkSeconds: 0 },
  ...{ waitAverage: null, waitLongest: null },
};

/** Of several together. */
export function addFigures(some: Figures, others: Figures): Figures {
  const inbound = some.inbound + others.inbound;
  const waited = (some.waitAverage ?? 0) * some.inbound + (others.waitAverage ?? 0) * others.inbound;
  return {
    inbound,
    answered: some.answered + others.answered,
    missed: some.missed + others.missed,
    outbound: some.outbound + others.outbound,
    reached: some.reached + others.reached,
    talkSeconds: some.talkSeconds + others.talkSeconds,
    waitAverage: inbound > 0 ? waited / inbound : null,
    waitLongest: inbound > 0 ? Math.max(some.waitLongest ?? 0, others.waitLongest ?? 0) : null,
  };
}

/** What one employee had to do with calls. */
export const EmployeeFigures = Type.Object({
  extension: Type.String(),
  /** Inbound calls in which they talked. */
  answered: Count,
  /** Inbound calls for which their phone rang in vain: answered by somebody else, and by nobody. */
  leftToOthers: Count,
  missed: Count,
  /** Calls that they made themselves, and those of them that were answered. */
  outbound: Count,
  reached: Count,
  /** Calls with colleagues. */
  internal: Count,
  /** With clients. */
  talkSeconds: Seconds,
});
export type EmployeeFigures = Static<typeof EmployeeFigures>;

/** One person's part in a call. */
export interface Part {
  extension: string;
  /** Their phone rang, or they took the call over. */
  wasAsked: boolean;
  hasCalled: boolean;
  hasTalked: boolean;
  talkSeconds: number;
}

/** @param extensions of those whose part is asked for */
export function partsOf({ conversations }: Pick<Call, 'conversations'>, extensions: readonly string[]): Part[] {
  return extensions.map((extension) => {
    const own = conversations.filter((part) => part.extension === extension);
    const isCaller = ({ cameBy }: (typeof own)[number]) => cameBy === 'caller' || cameBy === 'click';
    return {
      extension,
      wasAsked: own.some((part) => !isCaller(part)),
      hasCalled: own.some(isCaller),
      hasTalked: own.some(({ acceptedAtMs }) => acceptedAtMs !== null),
      talkSeconds: Math.round(own.reduce((sum, part) => sum + part.talkSeconds, 0)),
    };
  });
}
