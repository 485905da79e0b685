import type { Call } from '../../../proto/call.ts';
import type { CdrRow } from '../../../proto/cdr.ts';
import type { PbxDescription } from '../../../proto/pbx.ts';
import { callOf } from './conclude.ts';
import type { CallFacts } from './facts.ts';
import { hangupOf } from './hangup.ts';
import type { Leg } from './leg.ts';
import { firstAccepted, type Reading, readCalls, type Talk } from './reading.ts';

/** A call with the rows behind each conclusion, and its picture. */
export interface Explanation {
  call: Call;
  conclusions: Conclusion[];
  bars: Bar[];
}

/** One thing that was concluded, from the CEL rows with these ids. */
interface Conclusion {
  about: keyof Call | `conversation ${string}` | `transfer ${string}`;
  value: string;
  rowIds: number[];
}

/** A stretch of the picture: who, doing what, from when to when (null: still). */
export interface Bar {
  who: string;
  doing: 'calling' | 'ringing' | 'talking' | 'on hold';
  fromMs: number;
  toMs: number | null;
  rowIds: number[];
}

export function explain(facts: CallFacts, pbx: PbxDescription, cdr: readonly CdrRow[] = []): Explanation[] {
  return readCalls(facts, pbx, cdr).map((reading) => {
    const call = callOf(reading, facts);
    return { call, conclusions: conclusionsOf(call, reading), bars: barsOf(call, reading) };
  });
}

function conclusionsOf(call: Call, reading: Reading): Conclusion[] {
  const { thread, cast, context } = reading;
  const { root } = thread;
  const beginning = [root.start?.rowId ?? root.firstRowId];
  const clients = cast.clients.map((leg) => leg.firstRowId);
  const dialled = cast.clients.flatMap((leg) => context.dialling.appOf(leg)?.rowId ?? []);
  const first = firstAccepted(reading);
  const hangup = thread.ended ? hangupOf(reading) : null;
  const end = thread.ended && thread.ended.rowId !== Number.MAX_SAFE_INTEGER ? [thread.ended.rowId] : [];
  const outcome = first ? acceptanceRows(first) : cast.clients.concat(root).flatMap(hangupRow);
  const all: Conclusion[] = [
    conclusion('direction', call.direction, [...beginning, ...(call.direction === 'outbound' ? clients : [])]),
    conclusion(
      'externalNumber',
      call.externalNumber,
      call.direction === 'outbound' ? [...beginning, ...dialled] : beginning,
    ),
    conclusion('did', call.did, beginning),
    conclusion(
      'rang',
      call.rang.join(', '),
      reading.attempts.map((attempt) => attempt.ours.leg.firstRowId),
    ),
    conclusion('answeredBy', call.answeredBy, first ? acceptanceRows(first) : []),
    conclusion(
      'lastTalker',
      call.lastTalker,
      reading.talks.flatMap((talk) => talk.stretches.slice(-1)).flatMap(rowsOfStretch),
    ),
    conclusion('result', call.result, outcome),
    conclusion('hangupBy', call.hangupExtension ?? call.hangupBy, hangup?.rowIds ?? []),
    conclusion('endedAtMs', isoOf(call.endedAtMs), end),
    ...reading.talks.flatMap((talk) => conversationConclusion(call, talk)),
    ...call.transfers.map((transfer) =>
      conclusion(`transfer ${transfer.kind}`, `${transfer.from} → ${transfer.to}`, [transfer.rowId]),
    ),
  ];
  return all.filter(({ value }) => value !== '');
}

function conclusion(about: Conclusion['about'], value: string | null, rowIds: readonly number[]): Conclusion {
  return { about, value: value ?? '', rowIds: [...new Set(rowIds)].sort((a, b) => a - b) };
}

function conversationConclusion(call: Call, talk: Talk): Conclusion[] {
  const part = call.conversations.find(({ uniqueid }) => uniqueid === talk.ours.leg.uniqueid);
  if (!part) return [];
  const rows = [talk.ours.leg.firstRowId, ...acceptanceRows(talk), ...hangupRow(talk.ours.leg)];
  return [conclusion(`conversation ${part.extension}`, `${part.cameBy}, ${part.result ?? 'going on'}`, rows)];
}

function acceptanceRows({ ours, stretches }: Talk): number[] {
  return [...(ours.leg.answered ? [ours.leg.answered.rowId] : []), ...stretches.flatMap(rowsOfStretch)];
}

function rowsOfStretch({ fromRowId, toRowId }: { fromRowId: number; toRowId: number | null }): number[] {
  return toRowId === null ? [fromRowId] : [fromRowId, toRowId];
}

const hangupRow = (leg: Leg): number[] => (leg.hangup ? [leg.hangup.rowId] : []);

function barsOf(call: Call, reading: Reading): Bar[] {
  const other =
    call.direction === 'internal' ? (call.callerExtension ?? 'caller') : (call.externalNumber ?? 'hidden number');
  const { root } = reading.thread;
  const whole: Bar = {
    who: other,
    doing: 'calling',
    fromMs: call.startedAtMs,
    toMs: call.endedAtMs,
    rowIds: [root.firstRowId],
  };
  return [whole, ...reading.talks.flatMap(barsOfTalk)];
}

function barsOfTalk({ ours, stretches, holds, acceptedAtMs }: Talk): Bar[] {
  const { leg, extension, answeredOn } = ours;
  const who = answeredOn === null || answeredOn === extension ? extension : `${extension} (mobile ${answeredOn})`;
  const requestedAtMs = leg.start?.atMs ?? leg.firstRowAtMs;
  const settledAtMs = acceptedAtMs ?? leg.ended?.atMs ?? null;
  const bars: Bar[] = [];
  if (settledAtMs === null || settledAtMs > requestedAtMs) {
    bars.push({ who, doing: 'ringing', fromMs: requestedAtMs, toMs: settledAtMs, rowIds: [leg.firstRowId] });
  }
  for (const stretch of stretches) {
    bars.push({ who, doing: 'talking', fromMs: stretch.fromMs, toMs: stretch.toMs, rowIds: rowsOfStretch(stretch) });
    for (const { fromMs, toMs } of holds) {
      const from = Math.max(fromMs, stretch.fromMs);
      const to = Math.min(toMs ?? Number.POSITIVE_INFINITY, stretch.toMs ?? Number.POSITIVE_INFINITY);
      if (to > from) bars.push({ who, doing: 'on hold', fromMs: from, toMs: to === Infinity ? null : to, rowIds: [] });
    }
  }
  return bars;
}

function isoOf(atMs: number | null): string {
  return atMs === null ? '' : new Date(atMs).toISOString();
}
