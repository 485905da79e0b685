import { pbxTimeToUtcMs, uniqueidToUtcMs, utcMsToPbxTime } from '../../proto/pbx-time.ts';
import { freshRecordingFile } from './fresh-recording-file.ts';
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
  /** IANA zone in which `eventtime` and `calldate` are written. */
  timezone: string;
  /** Below 2³². Tells this call from all others: no two calls of one second may share it. */
  serial: number;
  /** Ten digits in place of the recorded client's; of two clients in one recording the first is replaced. */
  clientNumber?: string;
}

type Value = string | number | null;

/**
 * A recorded call as if it happened now: other ids, times, channel suffixes, bridges and names of recordings,
 * everywhere they occur, with all relations between them kept.
 */
export function freshCall(recording: Recording, freshness: Freshness): FreshCall {
  const ids = freshIds(recording, freshness);
  const rewrite = rewriterOf(recording, freshness, ids);
  const cel = recording.cel.map((recorded): FreshRow => {
    const eventtime = utcMsToPbxTime(freshness.startedAtMs + recorded._t_ms, freshness.timezone);
    return { table: 'cel', atMs: recorded._t_ms, row: { ...rewritten(recorded, rewrite), eventtime } };
  });
  const cdr = recording.cdr.map((recorded): FreshRow => {
    const calldate = utcMsToPbxTime(legStartMs(recorded, recording, ids), freshness.timezone);
    return { table: 'cdr', atMs: recorded._t_ms, row: { ...rewritten(recorded, rewrite), calldate } };
  });
  return {
    linkedids: [...new Set(cel.map(({ row }) => String(row.linkedid)))],
    rows: [...cel, ...cdr].sort((a, b) => a.atMs - b.atMs),
  };
}

function rewritten(recorded: RecordedRow, rewrite: (value: Value) => Value): Record<string, Value> {
  const { id: _, _t_ms: __, ...columns } = recorded;
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, rewrite(value)]));
}

/** A CDR row tells of the beginning of its leg, which is as long after its channel's as it was. */
function legStartMs({ calldate, uniqueid }: RecordedRow, recording: Recording, ids: Map<string, string>): number {
  const recordedMs = pbxTimeToUtcMs(String(calldate), recording.pbx_timezone) ?? 0;
  const recordedChannelMs = uniqueidToUtcMs(String(uniqueid)) ?? recordedMs;
  const channelMs = uniqueidToUtcMs(ids.get(String(uniqueid)) ?? '') ?? 0;
  return channelMs + recordedMs - recordedChannelMs;
}

function rewriterOf(recording: Recording, freshness: Freshness, ids: Map<string, string>): (value: Value) => Value {
  const words = new Map([...ids, ...freshClient(recording, freshness)]);
  const known = new RegExp([...words.keys()].map((word) => `${word.replaceAll('.', '\\.')}(?!\\d)`).join('|'), 'g');
  const serial = freshness.serial.toString(16).padStart(8, '0');
  return (value) => {
    if (typeof value !== 'string') return value;
    return freshRecordingFile(value, recording, freshness)
      .replace(known, (word) => words.get(word) ?? word)
      .replace(/\b[0-9a-f]{8}(?=(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)/g, (bridge) => mixed(bridge, serial))
      .replace(/(?<=\/[^\s",&]+-)[0-9a-f]{8}(?![\w-])/g, (suffix) => mixed(suffix, serial));
  };
}

/** A channel's uniqueid begins with the second of its creation. */
function freshIds(recording: Recording, { startedAtMs, serial }: Freshness): Map<string, string> {
  const rows = [...recording.cel, ...recording.cdr];
  const ids = [...new Set(rows.flatMap((row) => [String(row.linkedid), String(row.uniqueid)]))];
  return new Map(
    ids.map((id, index) => {
      const start = recording.cel.find((row) => row.uniqueid === id && row.eventtype === 'CHAN_START');
      const second = Math.floor((startedAtMs + (start?._t_ms ?? 0)) / 1000);
      return [id, `${second}.${serial * 100 + index}`];
    }),
  );
}

function freshClient({ truth }: Recording, { clientNumber }: Freshness): [string, string][] {
  const number = truth.calls.find((call) => call.external_number !== null)?.external_number?.slice(-10);
  return clientNumber === undefined || number === undefined ? [] : [[number, clientNumber]];
}

/** Eight hex digits that differ for each serial and stay different for different originals. */
function mixed(hex: string, serialHex: string): string {
  return ((Number.parseInt(hex, 16) ^ Number.parseInt(serialHex, 16)) >>> 0).toString(16).padStart(8, '0');
}
