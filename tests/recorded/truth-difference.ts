import { phoneKey } from '../../proto/phone.ts';
import type { LabelledCall } from '../../workflows/call/trace/label.ts';

/** Compares a conclusion with the label of a recorded call, by the tolerances of `shared/traces/README.md`. */

const stockToleranceSeconds = 1.05;
/** What a label says of itself, or of the network, and no row tells. */
const notConcluded = new Set([
  'acceptable_results',
  'unscored',
  'tolerance_seconds',
  'external_number_raw',
  'trunks_tried',
  // what people press may be a PIN, so those rows are not read
  'ivr_digits',
]);
const moments = new Set(['started_at', 'answered_at', 'ended_at', 'manager_answered_at']);
const phones = new Set(['external_number', 'answered_by', 'to']);
const sets = new Set(['first_ringing', 'rang']);
/** A call has these only if they are true of it. */
const marks = ['click_to_call', 'picked_up', 'answered_on', 'consultation'];

/** @returns one line per difference, e.g. `call 1 talk_seconds: 3 expected, 5 concluded` */
export function differencesFromTruth(
  concluded: readonly LabelledCall[],
  truth: readonly LabelledCall[],
  startedAtMs: number,
  notKnown: ReadonlySet<string> = new Set(),
): string[] {
  if (concluded.length !== truth.length) return [`${truth.length} calls expected, ${concluded.length} concluded`];
  return truth.flatMap((call, index) => {
    const told = concluded[index] as LabelledCall;
    const fields = [...Object.keys(call), ...marks.filter((mark) => mark in told && !(mark in call))];
    const unscored = new Set([...notKnown, ...((call.unscored as string[] | undefined) ?? [])]);
    return fields
      .filter((field) => !notConcluded.has(field) && !unscored.has(field))
      .filter((field) => !agrees(field, told[field], call[field], call, startedAtMs))
      .map((field) => `call ${index + 1} ${field}: ${show(call[field])} expected, ${show(told[field])} concluded`);
  });
}

function agrees(field: string, told: unknown, label: unknown, call: LabelledCall, startedAtMs: number): boolean {
  const tolerance = typeof call.tolerance_seconds === 'number' ? call.tolerance_seconds : stockToleranceSeconds;
  if (field === 'result') return ((call.acceptable_results as unknown[]) ?? [label]).includes(told);
  if (field === 'transfers') return transfersAgree(told as LabelledCall[], label as LabelledCall[], call, startedAtMs);
  if (label === null || told === null || told === undefined) return (told ?? null) === label;
  if (moments.has(field) || field === 'at') {
    return Math.abs((Date.parse(String(told)) - startedAtMs) / 1000 - Number(label)) <= tolerance;
  }
  if (field.endsWith('_seconds')) return Math.abs(Number(told) - Number(label)) <= tolerance;
  if (phones.has(field)) return phoneKey(String(told)) === phoneKey(String(label));
  if (sets.has(field)) return show([...(told as string[])].sort()) === show([...(label as string[])].sort());
  return show(told) === show(label);
}

function transfersAgree(told: LabelledCall[], label: LabelledCall[], call: LabelledCall, startedAtMs: number): boolean {
  if (told.length !== label.length) return false;
  return label.every((transfer, index) =>
    ['type', 'from', 'to', 'at', 'answered', 'timed_out', 'to_external'].every((field) =>
      agrees(field, told[index]?.[field] ?? null, transfer[field] ?? null, call, startedAtMs),
    ),
  );
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
