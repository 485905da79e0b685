import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row as Asterisk wrote it, with when it became visible. */
export type RecordedRow = Record<string, string | number | null> & { _t_ms: number };

/** A call, or a few that belong together, recorded on a real Asterisk. */
export interface Recording {
  scenario: string;
  description: string;
  /** UTC, ISO 8601: time 0 of `_t_ms`. */
  started_at: string;
  /** Zone of `eventtime` and `calldate`. */
  pbx_timezone: string;
  cel: RecordedRow[];
  cdr: RecordedRow[];
  truth: { calls: { direction: string; external_number: string | null; result: string }[] };
}

/** All recordings of a folder, by scenario. */
export function readRecordings(folder: string): Map<string, Recording> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const recordings = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording);
  return new Map(recordings.map((recording) => [recording.scenario, recording]));
}
