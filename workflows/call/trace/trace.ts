import { type CdrRow, readCdrRow } from '../../../proto/cdr.ts';
import { type CelRow, readCelRow } from '../../../proto/cel.ts';
import type { PbxDescription } from '../../../proto/pbx.ts';
import { isTimeZone, pbxTimeToUtcMs, uniqueidToUtcMs } from '../../../proto/pbx-time.ts';
import { pbxFromHint } from './pbx-hint.ts';

/** A recorded call or several: rows of CEL and CDR with what is known of the PBX. */
export interface Trace {
  pbx: PbxDescription;
  rows: CelRow[];
  cdr: CdrRow[];
  /** In words, what of the trace could not be used or had to be guessed. */
  doubts: string[];
}

export type TraceReading = { trace: Trace } | { refused: string };

/** Reads a trace as `shared/traces/README.md` describes it; keys beside those of its contract are ignored. */
export function readTrace(value: unknown): TraceReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { refused: 'a trace is a JSON object with the rows of CEL in "cel"' };
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const cel = given.get('cel');
  if (!Array.isArray(cel)) return { refused: 'the trace has no list "cel" of CEL rows' };
  const cdr = given.get('cdr') ?? [];
  if (!Array.isArray(cdr)) return { refused: '"cdr" is no list of CDR rows' };
  const zone = given.get('pbx_timezone') ?? undefined;
  if (zone !== undefined && (typeof zone !== 'string' || !isTimeZone(zone))) {
    return { refused: `"pbx_timezone" is no time zone: ${JSON.stringify(zone).slice(0, 80)}` };
  }
  const timezone = zone ?? zoneOfRows(cel) ?? 'UTC';
  const doubts = zone === undefined ? [`The trace names no time zone; its rows look like ${timezone}.`] : [];
  const readings = cel.map((raw, index) => readCelRow(withId(raw, index), timezone));
  const rows = readings.flatMap((reading) => ('row' in reading ? [reading.row] : []));
  const refused = readings.flatMap((reading) => ('refused' in reading ? [reading.refused] : []));
  const [first] = refused;
  if (first !== undefined && rows.length === 0) return { refused: first };
  if (first !== undefined) doubts.push(`${refused.length} of ${readings.length} CEL rows are unusable. ${first}`);
  return {
    trace: {
      pbx: pbxFromHint('pbx', timezone, given.get('pbx_config_hint')),
      rows,
      cdr: cdr.flatMap((raw) => readCdrRow(raw) ?? []),
      doubts,
    },
  };
}

/** Exports may give ids as text, or leave them out: then the order of the rows counts. */
function withId(raw: unknown, index: number): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const id = new Map<string, unknown>(Object.entries(raw)).get('id');
  if (id === undefined || id === null) return { ...raw, id: index + 1 };
  return typeof id === 'string' && /^\d{1,15}$/.test(id) ? { ...raw, id: Number(id) } : raw;
}

const quarterHourMs = 900_000;

/** The offset between the wall clock of a channel's first row and the UTC second in its `uniqueid`. */
function zoneOfRows(cel: readonly unknown[]): string | undefined {
  for (const raw of cel) {
    if (typeof raw !== 'object' || raw === null) continue;
    const row = new Map<string, unknown>(Object.entries(raw));
    if (row.get('eventtype') !== 'CHAN_START') continue;
    const wallMs = pbxTimeToUtcMs(String(row.get('eventtime')), 'UTC');
    const createdMs = uniqueidToUtcMs(String(row.get('uniqueid')));
    if (wallMs === undefined || createdMs === undefined) continue;
    const minutes = (Math.round((wallMs - createdMs) / quarterHourMs) * quarterHourMs) / 60_000;
    if (Math.abs(minutes) > 14 * 60) continue;
    const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
    return `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  }
  return undefined;
}
