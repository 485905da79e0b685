import type { Call } from './story.ts';

/** A stretch of the picture; where it begins and how long it is in percent of the call. */
export interface Bar {
  doing: 'waiting' | 'connected' | 'dialling' | 'ringing' | 'talking';
  fromPercent: number;
  lengthPercent: number;
  fromMs: number;
  toMs: number;
}

export interface Lane {
  /** null: the other side, outside or the colleague who called. */
  extension: string | null;
  bars: Bar[];
}

export interface Picture {
  lengthMs: number;
  lanes: Lane[];
  transfers: { atPercent: number; transfer: Call['transfers'][number] }[];
  /** Of the time axis, with their places. */
  ticks: { seconds: number; atPercent: number }[];
}

/** Ringing and talking of everybody on one axis of time. @param nowMs where what still goes on ends for now */
export function pictureOf(call: Call, nowMs: number): Picture {
  const endMs = Math.max(call.endedAtMs ?? nowMs, call.startedAtMs + 1_000);
  const lengthMs = endMs - call.startedAtMs;
  const percent = (atMs: number) => Math.min(100, Math.max(0, ((atMs - call.startedAtMs) / lengthMs) * 100));
  const bar = (doing: Bar['doing'], fromMs: number, toMs: number): Bar[] =>
    toMs > fromMs
      ? [{ doing, fromMs, toMs, fromPercent: percent(fromMs), lengthPercent: percent(toMs) - percent(fromMs) }]
      : [];
  const answeredAtMs = call.answeredAtMs ?? endMs;
  const other = {
    extension: null,
    bars: [
      ...bar(call.direction === 'outbound' ? 'ringing' : 'waiting', call.startedAtMs, answeredAtMs),
      ...bar('connected', answeredAtMs, endMs),
    ],
  };
  const lanes = [...Map.groupBy(call.conversations, ({ extension }) => extension)].map(([extension, parts]) => ({
    extension,
    bars: parts.flatMap(({ cameBy, requestedAtMs, acceptedAtMs, endedAtMs }) => [
      ...bar(cameBy === 'caller' ? 'dialling' : 'ringing', requestedAtMs, acceptedAtMs ?? endedAtMs ?? endMs),
      ...(acceptedAtMs === null ? [] : bar('talking', acceptedAtMs, endedAtMs ?? endMs)),
    ]),
  }));
  return {
    lengthMs,
    lanes: [other, ...lanes],
    transfers: call.transfers.map((transfer) => ({ atPercent: percent(transfer.atMs), transfer })),
    ticks: ticksOf(lengthMs / 1000),
  };
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200];
const mostTicks = 5;

function ticksOf(seconds: number): Picture['ticks'] {
  const step = steps.find((one) => seconds / one <= mostTicks) ?? 86_400;
  const count = Math.floor(seconds / step) + 1;
  return Array.from({ length: count }, (_, index) => ({
    seconds: index * step,
    atPercent: ((index * step) / seconds) * 100,
  }));
}
