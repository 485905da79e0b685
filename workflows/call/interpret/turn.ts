import type { CelRow } from '../../../proto/cel.ts';
import { cut, textIn } from './row-text.ts';

/** A row that gives the call another way: a transfer, parking, a pickup. */
export interface Turn {
  kind: TurnKind;
  rowId: number;
  atMs: number;
  /** The channel the row was written on: who transfers, who is parked, whose phone is picked up. */
  uniqueid: string;
  /** Blind transfer: what was dialled. */
  extension: string;
  /** Who is handed on. */
  transfereeUniqueid: string;
  /** Attended transfer: the transferer's second channel, and who takes over; nobody yet while that one still rings. */
  secondUniqueid: string;
  targetUniqueid: string;
  /** Pickup: the channel of who picks up. */
  pickerUniqueid: string;
  /** Parking: why it ended, who fetched, and who had parked, as channel names or dial strings. */
  parkEnd: string;
  retriever: string;
  parker: string;
}

type TurnKind = 'blind' | 'attended' | 'park-start' | 'park-end' | 'pickup';

const kinds = new Map<string, TurnKind>([
  ['BLINDTRANSFER', 'blind'],
  ['ATTENDEDTRANSFER', 'attended'],
  ['PARK_START', 'park-start'],
  ['PARK_END', 'park-end'],
  ['PICKUP', 'pickup'],
]);

/** The turn that a row tells of, if it is one. The keys of `extra` are those of Asterisk's cel.c (13 to 22). */
export function readTurn(row: CelRow): Turn | undefined {
  const kind = kinds.get(row.eventType);
  if (!kind) return undefined;
  const { extra } = row;
  return {
    kind,
    rowId: row.id,
    atMs: row.eventAtMs,
    uniqueid: row.uniqueid,
    extension: textIn(extra, 'extension'),
    transfereeUniqueid: channelIn(extra, 'transferee_channel_uniqueid'),
    secondUniqueid: channelIn(extra, 'channel2_uniqueid'),
    targetUniqueid: channelIn(extra, 'transfer_target_channel_uniqueid'),
    pickerUniqueid: textIn(extra, 'pickup_channel_uniqueid'),
    parkEnd: textIn(extra, 'reason'),
    retriever: textIn(extra, 'retriever'),
    parker: textIn(extra, 'parker_dial_string') || cut(textIn(extra, 'parker')),
  };
}

/** Asterisk writes `N/A` where there is no such channel. */
function channelIn(extra: CelRow['extra'], key: string): string {
  const uniqueid = textIn(extra, key);
  return uniqueid === 'N/A' ? '' : uniqueid;
}
