import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { pbxTimeToUtcMs, uniqueidToUtcMs } from './pbx-time.ts';

/** A row of Asterisk's CEL table, parsed: the only form in which a row travels through Ringflow. */
export interface CelRow {
  /** Order within one second is by id: `eventtime` has whole seconds in the stock layout. */
  id: number;
  /** `CHAN_START`, `ANSWER`, …; unknown types are kept and mean nothing. */
  eventType: string;
  eventAtMs: number;
  callerIdName: string;
  callerIdNum: string;
  callerIdAni: string;
  callerIdDnid: string;
  /** Who forwarded the call here; absent in rows that histories carry from before it was read. */
  callerIdRdnis?: string;
  exten: string;
  context: string;
  channel: string;
  appName: string;
  appData: string;
  uniqueid: string;
  linkedid: string;
  peer: string;
  /** The JSON of the `extra` column; empty if it was no JSON object. */
  extra: Record<string, unknown>;
}

/** Columns without which a call can't be read. */
export const requiredCelColumns = [
  'id',
  'eventtype',
  'eventtime',
  'cid_num',
  'exten',
  'context',
  'channame',
  'appname',
  'appdata',
  'uniqueid',
  'linkedid',
] as const;

/** Columns that old layouts lack; each with what is lost without it. */
export const optionalCelColumns = {
  cid_name: "the caller's name",
  cid_ani: 'the employee behind a changed caller id',
  cid_dnid: 'the dialled number after the dialplan changed it',
  cid_rdnis: 'who forwarded the call',
  peer: 'nothing that matters alone',
  extra: 'who hung up and why, which bridge, transfers',
} as const;

/** A row as it stands in the table: column → what Asterisk wrote; what is empty is left out. */
export const ShownRow = Type.Object({ id: Type.Integer(), columns: Type.Record(Type.String(), Type.String()) });
export type ShownRow = Static<typeof ShownRow>;

export interface ShownRowsRequest {
  pbxId: string;
  ids: number[];
}

/** In words why the PBX's database can't be read. */
export type ShownRows = { rows: ShownRow[] } | { failure: string };

const text = Type.Union([Type.String(), Type.Null()]);
const optionalText = Type.Optional(text);

/** Always has a number in it, so it never is a word that means something to JavaScript (`__proto__`). */
const channelId = Type.String({ pattern: '\\d', maxLength: 150 });

/** A row as the database gives it: everything may be null, `eventtime` is the PBX's wall clock. */
const RawCelRow = Type.Object({
  id: Type.Integer({ minimum: 0 }),
  eventtype: Type.String({ minLength: 1 }),
  eventtime: Type.String(),
  cid_name: optionalText,
  cid_num: text,
  cid_ani: optionalText,
  cid_dnid: optionalText,
  cid_rdnis: optionalText,
  exten: text,
  context: text,
  channame: text,
  appname: text,
  appdata: text,
  uniqueid: channelId,
  linkedid: channelId,
  peer: optionalText,
  extra: optionalText,
});

export type CelReading = { row: CelRow } | { refused: string } | { dropped: 'key press' };

/**
 * Whether a row tells which key somebody pressed (Asterisk writes them from 18 on). It may be a digit of a card or a PIN and
 * nothing that is told of a call needs it, so it goes no farther than the process that has read it.
 */
export function isKeyPress(raw: unknown): boolean {
  const { eventtype } = (raw ?? {}) as { eventtype?: unknown };
  return typeof eventtype === 'string' && eventtype.trim().toUpperCase() === 'DTMF';
}

/**
 * Parses one row of the database or of a recorded trace.
 *
 * @param raw whatever was read
 * @param timezone the PBX's IANA zone, in which `eventtime` is written
 * @returns the row, or in words why it can't be used (it then belongs to no call), or that it must not be
 */
export function readCelRow(raw: unknown, timezone: string): CelReading {
  if (isKeyPress(raw)) return { dropped: 'key press' };
  if (!Value.Check(RawCelRow, raw)) {
    return refused(raw, Value.Errors(RawCelRow, raw)[0]?.instancePath.slice(1) ?? '');
  }
  const eventAtMs = pbxTimeToUtcMs(raw.eventtime, timezone, uniqueidToUtcMs(raw.uniqueid));
  if (eventAtMs === undefined) return refused(raw, 'eventtime');
  return {
    row: {
      id: raw.id,
      eventType: textOf(raw.eventtype),
      eventAtMs,
      callerIdName: textOf(raw.cid_name),
      callerIdNum: textOf(raw.cid_num),
      callerIdAni: textOf(raw.cid_ani),
      callerIdDnid: textOf(raw.cid_dnid),
      callerIdRdnis: textOf(raw.cid_rdnis),
      exten: textOf(raw.exten),
      context: textOf(raw.context),
      channel: textOf(raw.channame),
      appName: textOf(raw.appname),
      appData: textOf(raw.appdata),
      uniqueid: raw.uniqueid,
      linkedid: raw.linkedid,
      peer: textOf(raw.peer),
      extra: readExtra(raw.extra ?? ''),
    },
  };
}

const expected: Record<string, string> = {
  eventtime: 'a time after 1970, such as 2026-11-23 10:12:15',
  uniqueid: "a channel's id, such as 1795417935.10",
  linkedid: "a call's id, such as 1795417935.10",
};

function refused(raw: unknown, column: string): CelReading {
  const value = JSON.stringify((raw as Record<string, unknown> | null | undefined)?.[column]) ?? 'missing';
  const instead = expected[column] ?? 'what Asterisk writes there';
  return { refused: `a CEL row can't be read: ${column || 'it'} is ${value.slice(0, 60)}, not ${instead}` };
}

/** Far more than Asterisk writes; a layout may allow more, but a call's rows must fit into Temporal's messages. */
const longestText = 2_000;
const longestExtra = 8_000;

const textOf = (value: string | null | undefined): string => (value ?? '').slice(0, longestText);

function readExtra(json: string): Record<string, unknown> {
  if (!json.startsWith('{') || json.length > longestExtra) return {};
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return {}; // cut at the column's length
  }
}
