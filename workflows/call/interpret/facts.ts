import type { CelRow } from '../../../proto/cel.ts';

/**
 * What the rows of one call say, gathered so that neither their order of arrival nor repetition matters:
 * every fact is a minimum, the value of the row with the lowest id, or a set keyed by row id.
 * Plain data: it may be carried through continue-as-new.
 */
export interface CallFacts {
  linkedid: string;
  legs: Record<string, Leg>;
  rowIds: number[];
  /** Time of LINKEDID_END. */
  endedAtMs: number | null;
  lastRowAtMs: number | null;
}

/** One channel of the call. */
export interface Leg {
  uniqueid: string;
  channel: string;
  firstRowId: number;
  firstRowAtMs: number;
  /** From CHAN_START, before the dialplan changes anything; null while that row is missing. */
  start: { rowId: number; atMs: number; callerIdNum: string; exten: string; context: string } | null;
  /** Caller id before the dialplan changed it: on an outgoing call the employee. */
  ani: FirstSeen | null;
  dnid: FirstSeen | null;
  answeredAtMs: number | null;
  endedAtMs: number | null;
  hangup: { rowId: number; cause: number; source: string; dialStatus: string } | null;
  bridging: BridgeStep[];
  /** Arguments of each Dial this channel ran, by row id. */
  dials: { rowId: number; arguments: string }[];
}

/** The value of the row with the lowest id that had one. */
interface FirstSeen {
  rowId: number;
  value: string;
}

interface BridgeStep {
  rowId: number;
  atMs: number;
  bridgeId: string;
  entered: boolean;
}

export function noFacts(linkedid: string): CallFacts {
  return { linkedid, legs: {}, rowIds: [], endedAtMs: null, lastRowAtMs: null };
}

/** Whether a channel of the call is still up. */
export function isAnybodyThere(facts: CallFacts): boolean {
  return Object.values(facts.legs).some((leg) => leg.endedAtMs === null);
}

/** Adds rows of the call; rows known already change nothing. */
export function addRows(facts: CallFacts, rows: readonly CelRow[]): void {
  const known = new Set(facts.rowIds);
  for (const row of rows) {
    if (known.has(row.id)) continue;
    known.add(row.id);
    addRow(facts, row);
  }
  facts.rowIds = [...known].sort((a, b) => a - b);
}

function addRow(facts: CallFacts, row: CelRow): void {
  facts.lastRowAtMs = Math.max(facts.lastRowAtMs ?? row.eventAtMs, row.eventAtMs);
  if (row.eventType === 'LINKEDID_END') {
    facts.endedAtMs = earliest(facts.endedAtMs, row.eventAtMs);
    return; // its channel columns name whichever leg went last
  }
  const leg = legOf(facts, row);
  if (row.id < leg.firstRowId) {
    leg.firstRowId = row.id;
    leg.firstRowAtMs = row.eventAtMs;
    leg.channel = row.channel;
  }
  leg.ani = firstSeen(leg.ani, row.id, row.callerIdAni);
  leg.dnid = firstSeen(leg.dnid, row.id, row.callerIdDnid);
  readers[row.eventType]?.(leg, row);
}

function legOf(facts: CallFacts, row: CelRow): Leg {
  const known = facts.legs[row.uniqueid];
  if (known) return known;
  const leg: Leg = {
    uniqueid: row.uniqueid,
    channel: row.channel,
    firstRowId: row.id,
    firstRowAtMs: row.eventAtMs,
    start: null,
    ani: null,
    dnid: null,
    answeredAtMs: null,
    endedAtMs: null,
    hangup: null,
    bridging: [],
    dials: [],
  };
  facts.legs[row.uniqueid] = leg;
  return leg;
}

const earliest = (known: number | null, atMs: number): number => (known === null ? atMs : Math.min(known, atMs));

function firstSeen(known: FirstSeen | null, rowId: number, value: string): FirstSeen | null {
  return value !== '' && (known === null || rowId < known.rowId) ? { rowId, value } : known;
}

const isEarlier = (row: CelRow, known: { rowId: number } | null): boolean => known === null || row.id < known.rowId;

const readers: Record<string, (leg: Leg, row: CelRow) => void> = {
  CHAN_START(leg, row) {
    if (!isEarlier(row, leg.start)) return;
    leg.start = {
      rowId: row.id,
      atMs: row.eventAtMs,
      callerIdNum: row.callerIdNum,
      exten: row.exten,
      context: row.context,
    };
  },
  ANSWER(leg, row) {
    leg.answeredAtMs = earliest(leg.answeredAtMs, row.eventAtMs);
  },
  BRIDGE_ENTER: addBridgeStep,
  BRIDGE_EXIT: addBridgeStep,
  APP_START(leg, row) {
    if (row.appName !== 'Dial') return;
    leg.dials.push({ rowId: row.id, arguments: row.appData });
    leg.dials.sort((a, b) => a.rowId - b.rowId);
  },
  HANGUP(leg, row) {
    leg.endedAtMs = earliest(leg.endedAtMs, row.eventAtMs);
    if (!isEarlier(row, leg.hangup)) return;
    const { hangupcause, hangupsource, dialstatus } = row.extra;
    leg.hangup = {
      rowId: row.id,
      cause: typeof hangupcause === 'number' ? hangupcause : 0,
      source: typeof hangupsource === 'string' ? hangupsource : '',
      dialStatus: typeof dialstatus === 'string' ? dialstatus : '',
    };
  },
  CHAN_END(leg, row) {
    leg.endedAtMs = earliest(leg.endedAtMs, row.eventAtMs);
  },
};

function addBridgeStep(leg: Leg, row: CelRow): void {
  const bridgeId = row.extra.bridge_id;
  const step = {
    rowId: row.id,
    atMs: row.eventAtMs,
    // without `extra` the two of a plain call are taken to share one bridge
    bridgeId: typeof bridgeId === 'string' ? bridgeId : '',
    entered: row.eventType === 'BRIDGE_ENTER',
  };
  leg.bridging.push(step);
  leg.bridging.sort((a, b) => a.rowId - b.rowId);
}
