import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LabelledCall, labelTrace } from '../../workflows/call/trace/label.ts';
import { readTrace, type Trace } from '../../workflows/call/trace/trace.ts';

/** A recorded call as it stands in its file, with its label. For tests only. */
export interface RecordedTrace {
  scenario: string;
  started_at: string;
  pbx_timezone: string;
  pbx_config_hint?: unknown;
  cel: Record<string, string | number | null>[];
  cdr: Record<string, string | number | null>[];
  truth: { calls: LabelledCall[] };
}

const folder = join(__dirname, '../../sandbox/pbx/recorded-calls');

export const recordedScenarios = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''));

export function recordedText(scenario: string): string {
  return readFileSync(join(folder, `${scenario}.json`), 'utf8');
}

export function recordedTrace(scenario: string): RecordedTrace {
  return JSON.parse(recordedText(scenario)) as RecordedTrace;
}

export function usable(recorded: unknown): Trace {
  const reading = readTrace(recorded);
  if ('refused' in reading) throw new Error(reading.refused);
  return reading.trace;
}

export function labelsOf(recorded: unknown): LabelledCall[] {
  return labelTrace(usable(recorded));
}

const appsThatFreePbxLeavesOut = new Set(['Dial', 'Park', 'Pickup', 'FollowMe']);

/** As FreePBX's own CEL settings write it: without the rows of the applications that call. */
export function withoutCallingApps(recorded: RecordedTrace): RecordedTrace {
  const isLeftOut = (row: RecordedTrace['cel'][number]) =>
    String(row.eventtype).startsWith('APP_') && appsThatFreePbxLeavesOut.has(String(row.appname));
  return { ...recorded, cel: recorded.cel.filter((row) => !isLeftOut(row)) };
}

export function withoutHint({ pbx_config_hint: _, ...recorded }: RecordedTrace): RecordedTrace {
  return recorded;
}
