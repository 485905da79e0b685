import { Type } from 'typebox';
import { Value } from 'typebox/value';

/** A row of Asterisk's CDR table, reduced to what a call needs of it. One call may have none or several. */
export interface CdrRow {
  uniqueid: string;
  linkedid: string;
  /** File name as the dialplan set it; set for unanswered calls too. */
  recordingFile: string;
  did: string;
  /** Caller's number of this leg: for outbound calls the employee, whatever the caller id became. */
  callerNumber: string;
  disposition: string;
  billedSeconds: number;
  /** Last application and its arguments: `Dial`'s tell the outside number where CEL keeps no application rows. */
  lastApp: string;
  lastData: string;
}

/** Columns of CDR that are read if they exist; only `uniqueid` and one of the others must. */
export const cdrColumns = [
  'uniqueid',
  'linkedid',
  'recordingfile',
  'did',
  'cnum',
  'disposition',
  'billsec',
  'lastapp',
  'lastdata',
] as const;

const optionalText = Type.Optional(Type.Union([Type.String(), Type.Null()]));

const RawCdrRow = Type.Object({
  uniqueid: Type.String(),
  linkedid: optionalText,
  recordingfile: optionalText,
  did: optionalText,
  cnum: optionalText,
  disposition: optionalText,
  billsec: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  lastapp: optionalText,
  lastdata: optionalText,
});

/** Parses one CDR row; undefined if it is unusable (a CDR row is a witness, never the skeleton of a call). */
export function readCdrRow(raw: unknown): CdrRow | undefined {
  if (!Value.Check(RawCdrRow, raw)) return undefined;
  return {
    uniqueid: raw.uniqueid,
    linkedid: raw.linkedid ?? '',
    recordingFile: raw.recordingfile ?? '',
    did: raw.did ?? '',
    callerNumber: raw.cnum ?? '',
    disposition: raw.disposition ?? '',
    billedSeconds: raw.billsec ?? 0,
    lastApp: raw.lastapp ?? '',
    lastData: raw.lastdata ?? '',
  };
}
