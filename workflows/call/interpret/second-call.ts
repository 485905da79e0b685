import type { Period } from './hold.ts';
import type { Leg } from './leg.ts';
import type { Reading, Talk } from './reading.ts';

/** A call that an employee made, or took, while talking in another. */
export interface SecondCall {
  of: Reading;
  first: Reading;
  period: Period;
  wasMade: boolean;
}

/** An employee turns to a call: with the channel on which they do. */
interface Beginning {
  leg: Leg;
  extension: string;
  fromMs: number;
  toMs: number | null;
  wasMade: boolean;
}

export function secondCalls(readings: readonly Reading[]): SecondCall[] {
  if (readings.length < 2) return [];
  return readings.flatMap((of) =>
    beginningsOf(of).flatMap((beginning) =>
      readings.flatMap((first) => (first === of ? [] : secondCallsDuring(beginning, of, first))),
    ),
  );
}

function beginningsOf({ cast, talks, startedAtMs, thread }: Reading): Beginning[] {
  const toMs = thread.ended?.atMs ?? null;
  const taken = talks.flatMap(({ ours: { leg, extension, wasCalled, answeredOn }, acceptedAtMs }) => {
    if (!wasCalled || acceptedAtMs === null || answeredOn !== null) return []; // a mobile is another phone
    return [{ leg, extension, fromMs: acceptedAtMs, toMs: leg.ended?.atMs ?? toMs, wasMade: false }];
  });
  const { caller } = cast;
  if (!caller) return taken;
  return [{ leg: caller.leg, extension: caller.extension, fromMs: startedAtMs, toMs, wasMade: true }, ...taken];
}

function secondCallsDuring(beginning: Beginning, of: Reading, first: Reading): SecondCall[] {
  const { leg, extension, fromMs, toMs, wasMade } = beginning;
  // the talk of an internal call is that of who was called
  const { caller, direction } = first.cast;
  const isCaller = direction === 'internal' && caller?.extension === extension && !hasLeft(caller.leg, fromMs);
  const isTheirs = ({ ours }: Talk) => isCaller || ours.extension === extension;
  const isFirst = ({ ours, stretches }: Talk) =>
    ours.leg !== leg &&
    ours.answeredOn === null &&
    stretches.some((one) => one.fromMs <= fromMs && (one.toMs ?? first.nowMs) > fromMs);
  const talks = first.talks.filter((talk) => isTheirs(talk) && isFirst(talk));
  return talks.map(({ ours }) => ({ of, first, period: { fromMs, toMs: earlier(toMs, ours.leg.ended) }, wasMade }));
}

function earlier(atMs: number | null, ended: Leg['ended']): number | null {
  return atMs === null || ended === null ? (atMs ?? ended?.atMs ?? null) : Math.min(atMs, ended.atMs);
}

const hasLeft = ({ ended }: Leg, atMs: number): boolean => ended !== null && ended.atMs < atMs;

/** An internal call of the one who then transferred, or who talked in another call meanwhile. */
export function wasMadeToTransfer(reading: Reading, second: readonly SecondCall[]): boolean {
  const { thread, cast } = reading;
  if (cast.direction !== 'internal') return false;
  const { endedBy, root } = thread;
  if (endedBy?.secondUniqueid) return [endedBy.uniqueid, endedBy.secondUniqueid].includes(root.uniqueid);
  if (endedBy) return true; // the column `extra` is not kept
  return second.some((one) => one.of === reading && one.wasMade);
}

/** Asterisk before 18 writes no music: a phone that turns to a second call has the first on hold as long as it lasts. */
export function holdDuring(second: readonly SecondCall[], { talks }: Reading): void {
  const periods = second.map(({ period }) => period);
  for (const talk of talks) talk.holds.push(...periods);
}
