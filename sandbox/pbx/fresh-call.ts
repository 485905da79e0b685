import { pbxTimeToUtcMs, utcMsToPbxTime } from '../../proto/pbx-time.ts';
import type { RecordedRow, Recording } from './recording.ts';

export interface FreshCall {
  /** Of its calls, in order of appearance. */
  linkedids: string[];
  /** In order of time. */
  rows: FreshRow[];
}

export interface FreshRow {
  table: 'cel' | 'cdr';
  /** When it becomes visible, ms after the start. */
  atMs: number;
  /** Columns but for `id`, which the table gives. */
  row: Record<string, string | number | null>;
}

export interface Freshness {
  /** UTC */
  startedAtMs: number;
  /** In which `eventtime` and `calldate` are written. */
  timezone: string;
  /** Tells this call from all others: no two calls of one second may share it. */
  serial: number;
  /** Ten digits in place of the recorded client's. */
  clientNumber?: string;
}

/**
 * A recorded call as if it happened now: other ids, times, channel suffixes and bridges, everywhere they occur, with
 * all relations between them kept.
 */
export function freshCall(recording: Recording, freshness: Freshness): FreshCall {
  const rewrite = rewriterOf(recording, freshness);
  const fresh = (table: 'cel' | 'cdr', timeColumn: string): FreshRow[] =>
    recording[table].map((recorded) => {
      const { id: _, _t_ms: atMs, ...columns } = recorded;
      const row = Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, rewrite(value)]));
      row[timeColumn] = utcMsToPbxTime(momentOf(recorded, timeColumn, recording, freshness), freshness.timezone);
      return { table, atMs, row };
    });
  const cel = fresh('cel', 'eventtime');
  return {
    linkedids: [...new Set(cel.map(({ row }) => String(row.linkedid)))],
    rows: [...cel, ...fresh('cdr', 'calldate')].sort((a, b) => a.atMs - b.atMs),
  };
}

/** A CEL row tells of the moment in which it is written, a CDR row of the beginning of its leg. */
function momentOf(recorded: RecordedRow, column: string, recording: Recording, { startedAtMs }: Freshness): number {
  if (column === 'eventtime') return startedAtMs + recorded._t_ms;
  const writtenMs = pbxTimeToUtcMs(String(recorded[column]), recording.pbx_timezone) ?? 0;
  return startedAtMs + Math.max(0, writtenMs - Date.parse(recording.started_at));
}

type Value = string | number | null;

function rewriterOf(recording: Recording, freshness: Freshness): (value: Value) => Value {
  const words = new Map([...freshIds(recording, freshness), ...freshClient(recording, freshness)]);
  const known = new RegExp([...words.keys()].map((word) => `${word.replace('.', '\\.')}(?!\\d)`).join('|'), 'g');
  const serial = freshness.serial.toString(16).padStart(8, '0').slice(-8);
  return (value) => {
    if (typeof value !== 'string') return value;
    return value
      .replace(known, (word) => words.get(word) ?? word)
      .replace(/\b[0-9a-f]{8}(?=(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)/g, (bridge) => mixed(bridge, serial))
      .replace(/(?<=\/[^\s",&]+-)[0-9a-f]{8}(?![\w-])/g, (suffix) => mixed(suffix, serial));
  };
}

/** A channel's uniqueid begins with the second of its creation. */
function freshIds(recording: Recording, { startedAtMs, serial }: Freshness): [string, string][] {
  const ids = [...new Set(recording.cel.flatMap((row) => [String(row.linkedid), String(row.uniqueid)]))];
  return ids.map((id, index) => {
    const start = recording.cel.find((row) => row.uniqueid === id && row.eventtype === 'CHAN_START');
    const second = Math.floor((startedAtMs + (start?._t_ms ?? 0)) / 1000);
    return [id, `${second}.${serial * 100 + index}`];
  });
}

function freshClient({ truth }: Recording, { clientNumber }: Freshness): [string, string][] {
  const numbers = truth.calls.flatMap(({ external_number: number }) => (number === null ? [] : [number.slice(-10)]));
  return clientNumber === undefined ? [] : numbers.map((number) => [number, clientNumber]);
}

/** Eight hex digits that differ for each serial and stay different for different originals. */
function mixed(hex: string, serialHex: string): string {
  return ((Number.parseInt(hex, 16) ^ Number.parseInt(serialHex, 16)) >>> 0).toString(16).padStart(8, '0');
}
