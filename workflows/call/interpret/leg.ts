import type { CelRow } from '../../../proto/cel.ts';
import { insertByRowId } from './row-order.ts';
import { cut, numberIn, textIn } from './row-text.ts';

/** One channel, as its rows tell it. */
export interface Leg {
  uniqueid: string;
  channel: string;
  firstRowId: number;
  firstRowAtMs: number;
  /** From CHAN_START, before the dialplan changes anything; null while that row is missing. */
  start: LegStart | null;
  /** Linkedids under which it was seen, each with its first row: more than one if Asterisk joined calls. */
  linkedids: { linkedid: string; rowId: number }[];
  /** Caller id before the dialplan changed it: on an outgoing call the employee, on a click the client. */
  ani: SeenText | null;
  dnid: SeenText | null;
  rdnis: SeenText | null;
  /** The last caller id number that is no placeholder. */
  lastCallerId: SeenText | null;
  answered: { rowId: number; atMs: number; appName: string } | null;
  ended: { rowId: number; atMs: number } | null;
  hangup: { rowId: number; atMs: number; cause: number; source: string; dialStatus: string } | null;
  bridging: BridgeStep[];
  music: MusicStep[];
  /** What the dialplan ran on it that calls or answers: from APP_START, or from the columns of other rows. */
  apps: AppSeen[];
  /** Keys pressed, in order of row id. */
  digits: { rowId: number; digit: string }[];
  /** `AppDial`, `AppQueue`, `AppDial2`: by what it was called; empty for a channel that called. */
  calledBy: string;
  /** A second CHAN_START with another name: two channels share this uniqueid. */
  isTwofold: boolean;
}

export interface LegStart {
  rowId: number;
  atMs: number;
  callerIdNum: string;
  exten: string;
  context: string;
  linkedid: string;
}

export interface SeenText {
  rowId: number;
  value: string;
}

export interface BridgeStep {
  rowId: number;
  atMs: number;
  bridgeId: string;
  entered: boolean;
  /** A parking lot: whoever is in it hears music only. */
  isHolding: boolean;
}

export interface MusicStep {
  rowId: number;
  atMs: number;
  plays: boolean;
}

export interface AppSeen {
  rowId: number;
  app: string;
  arguments: string;
  exten: string;
  context: string;
}

const mostSteps = 5_000;
const mostDigits = 64;
const mostApps = 64;

export function newLeg(row: CelRow): Leg {
  return {
    uniqueid: row.uniqueid,
    channel: cut(row.channel),
    firstRowId: row.id,
    firstRowAtMs: row.eventAtMs,
    start: null,
    linkedids: [],
    ani: null,
    dnid: null,
    rdnis: null,
    lastCallerId: null,
    answered: null,
    ended: null,
    hangup: null,
    bridging: [],
    music: [],
    apps: [],
    digits: [],
    calledBy: '',
    isTwofold: false,
  };
}

export function readLegRow(leg: Leg, row: CelRow): void {
  if (row.id < leg.firstRowId) {
    leg.firstRowId = row.id;
    leg.firstRowAtMs = row.eventAtMs;
    if (leg.start === null) leg.channel = cut(row.channel);
  }
  noteLinkedid(leg, row);
  leg.ani = firstSeen(leg.ani, row.id, row.callerIdAni);
  leg.dnid = firstSeen(leg.dnid, row.id, row.callerIdDnid);
  leg.rdnis = firstSeen(leg.rdnis, row.id, row.callerIdRdnis);
  if (/\d/.test(row.callerIdNum) && row.id > (leg.lastCallerId?.rowId ?? -1)) {
    leg.lastCallerId = { rowId: row.id, value: cut(row.callerIdNum) };
  }
  if (row.appName !== '') noteApp(leg, row);
  readers.get(row.eventType)?.(leg, row);
}

function noteLinkedid(leg: Leg, row: CelRow): void {
  const known = leg.linkedids.find((seen) => seen.linkedid === row.linkedid);
  if (known) known.rowId = Math.min(known.rowId, row.id);
  else leg.linkedids.push({ linkedid: row.linkedid, rowId: row.id });
}

function firstSeen(known: SeenText | null, rowId: number, value: string): SeenText | null {
  return value !== '' && (known === null || rowId < known.rowId) ? { rowId, value: cut(value) } : known;
}

/** Applications whose arguments say whom they call, or that take a call in the place of a person. */
const tellingApps = new Set(['Dial', 'Queue', 'FollowMe', 'VoiceMail', 'ParkedCall', 'Pickup', 'PickupChan', 'Park']);
const callingApps = new Set(['AppDial', 'AppDial2', 'AppQueue']);

function noteApp(leg: Leg, row: CelRow): void {
  if (callingApps.has(row.appName)) leg.calledBy = row.appName;
  if (!tellingApps.has(row.appName) && row.appName !== 'MixMonitor') return;
  const seen = leg.apps.find((app) => app.app === row.appName && app.arguments === cut(row.appData));
  if (!seen) {
    insertByRowId(leg.apps, appOf(row));
    if (leg.apps.length > mostApps) leg.apps.pop();
  } else if (row.id < seen.rowId) {
    leg.apps.splice(leg.apps.indexOf(seen), 1);
    insertByRowId(leg.apps, appOf(row));
  }
}

function appOf(row: CelRow): AppSeen {
  return {
    rowId: row.id,
    app: row.appName,
    arguments: cut(row.appData),
    exten: cut(row.exten),
    context: cut(row.context),
  };
}

const readers = new Map<string, (leg: Leg, row: CelRow) => void>([
  ['CHAN_START', readStart],
  ['ANSWER', readAnswer],
  ['BRIDGE_ENTER', readBridgeStep],
  ['BRIDGE_EXIT', readBridgeStep],
  ['STREAM_BEGIN', readMusicStep],
  ['STREAM_END', readMusicStep],
  ['DTMF', readDigit],
  ['HANGUP', readHangup],
  ['CHAN_END', readEnd],
]);

const isEarlier = (row: CelRow, known: { rowId: number } | null): boolean => known === null || row.id < known.rowId;

function readStart(leg: Leg, row: CelRow): void {
  const name = cut(row.channel);
  if (leg.start !== null && leg.channel !== name) leg.isTwofold = true;
  if (!isEarlier(row, leg.start)) return;
  leg.channel = name;
  leg.start = {
    rowId: row.id,
    atMs: row.eventAtMs,
    callerIdNum: cut(row.callerIdNum),
    exten: cut(row.exten),
    context: cut(row.context),
    linkedid: row.linkedid,
  };
}

function readAnswer(leg: Leg, row: CelRow): void {
  if (isEarlier(row, leg.answered)) leg.answered = { rowId: row.id, atMs: row.eventAtMs, appName: cut(row.appName) };
}

function readBridgeStep(leg: Leg, row: CelRow): void {
  if (leg.bridging.length >= mostSteps) return;
  insertByRowId(leg.bridging, {
    rowId: row.id,
    atMs: row.eventAtMs,
    // without `extra` the two of a plain call are taken to share one bridge
    bridgeId: textIn(row.extra, 'bridge_id'),
    entered: row.eventType === 'BRIDGE_ENTER',
    isHolding: textIn(row.extra, 'bridge_technology') === 'holding_bridge',
  });
}

/** Music on hold has a class; announcements name a sound, and end whatever was playing. */
function readMusicStep(leg: Leg, row: CelRow): void {
  if (leg.music.length >= mostSteps) return;
  const plays = row.eventType === 'STREAM_BEGIN' && textIn(row.extra, 'class') !== '';
  insertByRowId(leg.music, { rowId: row.id, atMs: row.eventAtMs, plays });
}

function readDigit(leg: Leg, row: CelRow): void {
  if (leg.digits.length >= mostDigits) return;
  insertByRowId(leg.digits, { rowId: row.id, digit: textIn(row.extra, 'digit').slice(0, 1) });
}

function readHangup(leg: Leg, row: CelRow): void {
  readEnd(leg, row);
  if (!isEarlier(row, leg.hangup)) return;
  leg.hangup = {
    rowId: row.id,
    atMs: row.eventAtMs,
    cause: numberIn(row.extra, 'hangupcause'),
    source: textIn(row.extra, 'hangupsource'),
    dialStatus: textIn(row.extra, 'dialstatus'),
  };
}

function readEnd(leg: Leg, row: CelRow): void {
  if (isEarlier(row, leg.ended)) leg.ended = { rowId: row.id, atMs: row.eventAtMs };
}
