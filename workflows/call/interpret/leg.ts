import type { CelRow } from '../../../proto/cel.ts';
import { legReaders } from './leg-events.ts';
import { insertByRowId } from './row-order.ts';
import { cut } from './row-text.ts';

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
  /** `AppDial`, `AppQueue`, `AppDial2`: by what it was called; empty for a channel that called. */
  calledBy: string;
  /** A second CHAN_START with another name: two channels share this uniqueid. */
  isTwofold: boolean;
  /** Those other channels, by their CHAN_START; absent where there is none. */
  twins?: Twin[];
}

interface Twin {
  rowId: number;
  channel: string;
  callerIdNum: string;
}

interface LegStart {
  rowId: number;
  atMs: number;
  callerIdNum: string;
  exten: string;
  context: string;
  linkedid: string;
}

interface SeenText {
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

interface MusicStep {
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

const mostApps = 64;
const mostTwins = 4;

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
  leg.rdnis = firstSeen(leg.rdnis, row.id, row.callerIdRdnis ?? '');
  if (/\d/.test(row.callerIdNum) && row.id > (leg.lastCallerId?.rowId ?? -1)) {
    leg.lastCallerId = { rowId: row.id, value: cut(row.callerIdNum) };
  }
  if (row.appName !== '') noteApp(leg, row);
  if (row.eventType === 'CHAN_START') noteTwin(leg, row);
  legReaders.get(row.eventType)?.(leg, row);
}

function noteLinkedid(leg: Leg, row: CelRow): void {
  const known = leg.linkedids.find((seen) => seen.linkedid === row.linkedid);
  if (known) known.rowId = Math.min(known.rowId, row.id);
  else leg.linkedids.push({ linkedid: row.linkedid, rowId: row.id });
}

/** Of two channels with one uniqueid the later is the twin. */
function noteTwin(leg: Leg, row: CelRow): void {
  const channel = cut(row.channel);
  if (leg.start === null || leg.channel === channel) return;
  const isLater = row.id > leg.start.rowId;
  const twin = isLater
    ? { rowId: row.id, channel, callerIdNum: cut(row.callerIdNum) }
    : { rowId: leg.start.rowId, channel: leg.channel, callerIdNum: leg.start.callerIdNum };
  leg.twins ??= [];
  if (leg.twins.some((known) => known.channel === twin.channel)) return;
  insertByRowId(leg.twins, twin);
  if (leg.twins.length > mostTwins) leg.twins.pop();
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
