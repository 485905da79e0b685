import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

const Cell = Type.Union([Type.String(), Type.Number(), Type.Null()]);

/** A row as Asterisk wrote it, with when it became visible, ms after the start. */
const RecordedRow = Type.Intersect([
  Type.Record(Type.String(), Cell),
  Type.Object({ _t_ms: Type.Number({ minimum: 0 }) }),
]);
export type RecordedRow = Static<typeof RecordedRow>;

/** A call, or a few that belong together, recorded on a real Asterisk. */
const Recording = Type.Object({
  scenario: Type.String({ minLength: 1, maxLength: 200 }),
  description: Type.String(),
  /** UTC, ISO 8601: time 0 of `_t_ms`. */
  started_at: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|\\+00:00)$' }),
  /** IANA zone of `eventtime` and `calldate`. */
  pbx_timezone: Type.String(),
  cel: Type.Array(RecordedRow, { minItems: 1 }),
  cdr: Type.Array(RecordedRow),
  truth: Type.Object({
    calls: Type.Array(
      Type.Object({
        direction: Type.String(),
        external_number: Type.Union([Type.String(), Type.Null()]),
        talk_seconds: Type.Number(),
        result: Type.String(),
        /** Made in order to transfer another call. */
        consultation: Type.Optional(Type.Boolean()),
      }),
    ),
  }),
});
export type Recording = Static<typeof Recording>;
const checker = Compile(Recording);

/** The recordings that come with Ringflow. */
const recordedCalls = join(import.meta.dirname, 'recorded-calls');

/**
 * All recordings of a folder, by scenario.
 *
 * @throws Error that names the file which is no recording
 */
export function readRecordings(folder: string = recordedCalls): Map<string, Recording> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const recordings = files.sort().map((file) => readRecording(join(folder, file)));
  return new Map(recordings.map((recording) => [recording.scenario, recording]));
}

function readRecording(file: string): Recording {
  const recording = parsed(file);
  if (checker.Check(recording)) return recording;
  const [first] = checker.Errors(recording);
  throw new Error(`${file} is no recorded call: ${first?.instancePath || '/'} ${first?.message}`);
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is no recorded call: ${error instanceof Error ? error.message : error}`);
  }
}

/** How long the recorded call took until its last row, in ms. */
export function recordedMs({ cel, cdr }: Recording): number {
  return Math.max(...[...cel, ...cdr].map((row) => row._t_ms));
}
