import type { Call, Transfer } from '../../../proto/call.ts';
import { addRows, conclude, endOpenCalls, noFacts } from '../interpret/index.ts';
import type { Trace } from './trace.ts';

/** A call in the field names and units of `truth.calls` (`shared/traces/README.md`). */
export type LabelledCall = Record<string, unknown>;

/** All calls of a trace. It is over: what lacks its last row ends with the last one there is. */
export function labelTrace(trace: Trace): LabelledCall[] {
  return callsOfTrace(trace).map((call) => labelOf(call, trace.doubts));
}

function callsOfTrace({ rows, cdr, pbx }: Trace): Call[] {
  const facts = noFacts(rows[0]?.linkedid ?? '');
  addRows(facts, rows);
  endOpenCalls(facts);
  return conclude(facts, pbx, cdr);
}

function labelOf(call: Call, doubts: readonly string[]): LabelledCall {
  const all = [...doubts, ...call.doubts];
  return {
    direction: call.direction,
    external_number: call.externalNumber,
    did: call.did,
    first_ringing: call.firstRinging,
    rang: call.rang,
    answered_by: call.answeredBy,
    started_at: isoOf(call.startedAtMs),
    answered_at: isoOf(call.answeredAtMs),
    ended_at: isoOf(call.endedAtMs),
    last_talker: call.lastTalker,
    transfers: call.transfers.map(transferLabel),
    result: call.result,
    talk_seconds: round(call.talkSeconds),
    wait_seconds: round(call.waitSeconds),
    hangup_by: call.direction === 'internal' ? (call.hangupExtension ?? call.hangupBy) : call.hangupBy,
    recording: call.recordingFile?.split('/').at(-1) ?? null, // its name: where it lies is no part of the call
    ...(call.direction === 'outbound' && { caller_ext: call.callerExtension }),
    ...(call.direction === 'internal' && { internal_from: call.callerExtension, internal_to: call.calledExtension }),
    ...(call.clickToCall && {
      click_to_call: true,
      client_was_called: call.clickToCall.clientWasCalled,
      manager_answered_at: isoOf(call.clickToCall.employeeAnsweredAtMs),
    }),
    ...(call.pickedUp && { picked_up: true }),
    ...(call.answeredOn !== null && { answered_on: `mobile ${call.answeredOn}` }),
    ...(call.consultation && { consultation: true }),
    ...(call.outsideTalkSeconds > 0 && { external_talk_seconds: round(call.outsideTalkSeconds) }),
    ...(all.length > 0 && { doubts: all }),
  };
}

function transferLabel(transfer: Transfer): LabelledCall {
  return {
    type: transfer.kind,
    from: transfer.from,
    to: transfer.to,
    at: isoOf(transfer.atMs),
    answered: transfer.answered,
    ...(transfer.dialled !== null && transfer.dialled !== transfer.to && { dialled: transfer.dialled }),
    ...(transfer.toOutside && { to_external: true }),
    ...(transfer.timedOut && { timed_out: true }),
  };
}

function isoOf(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
