import type { CelRow } from '../../../proto/cel.ts';
import { isRoomFor, measure, mostLegs, shedFruitlessLegs } from './bounds.ts';
import { type Leg, newLeg, readLegRow } from './leg.ts';
import { originOf } from './origin.ts';
import { insertByRowId } from './row-order.ts';
import { readTurn, type Turn } from './turn.ts';

/**
 * What rows say, gathered so that neither their order of arrival nor repetition matters: every fact is the value of
 * the row with the lowest (or highest) id, or a list ordered by row id. Plain data: it may be carried through
 * continue-as-new. Rows of several linkedids may be added: those that Asterisk joined become one call.
 */
export interface CallFacts {
  /** The linkedid these facts were opened for. */
  linkedid: string;
  /** Channels by uniqueid. */
  legs: Record<string, Leg>;
  legCount: number;
  /** How many legs there may be before those that came to nothing are shed; see bounds.ts. */
  shedAtLegs: number;
  /** Transfers, parking and pickups, in order of row id. */
  turns: Turn[];
  /** LINKEDID_END of each linkedid, in no order. */
  ends: LinkedidEnd[];
  /** Ids of all rows, in order of arrival. */
  rowIds: number[];
  /** Time of LINKEDID_END of `linkedid`. */
  endedAtMs: number | null;
  lastRowAtMs: number | null;
  /** Rows that came after the limit and were left out, and the highest of their ids. */
  rowsLeftOut: number;
  highestLeftOut: number;
  /** How large the facts were as text when they were last measured, and how much was in them; see bounds.ts. */
  measured: { bytes: number; rows: number; legs: number; turns: number };
  /** True once Asterisk has written what music it plays (18 and later): else hold has to be guessed. */
  tellsMusic: boolean;
}

interface LinkedidEnd {
  linkedid: string;
  rowId: number;
  atMs: number;
  /** The row never came: the last one there is was taken instead. */
  isGuess: boolean;
}

export function noFacts(linkedid: string): CallFacts {
  return {
    linkedid,
    legs: {},
    legCount: 0,
    shedAtLegs: mostLegs,
    turns: [],
    ends: [],
    rowIds: [],
    endedAtMs: null,
    lastRowAtMs: null,
    rowsLeftOut: 0,
    highestLeftOut: -1,
    measured: { bytes: 0, rows: 0, legs: 0, turns: 0 },
    tellsMusic: false,
  };
}

/** Whether a channel of the call is still up. */
export function isAnybodyThere(facts: CallFacts): boolean {
  return Object.values(facts.legs).some((leg) => leg.ended === null);
}

/**
 * Leaves out the channels of a call that is over and done with, where another goes on under the same linkedid: a line
 * that is open for days must not carry everybody who was ever on it. Its rows stay known.
 */
export function forgetCall(facts: CallFacts, linkedid: string): void {
  for (const leg of Object.values(facts.legs)) {
    if (originOf(leg) !== linkedid || leg.ended === null || linkedid === facts.linkedid) continue;
    delete facts.legs[leg.uniqueid];
    facts.legCount--;
  }
}

/** Which rows facts hold already; rebuilt when facts come back from being carried as plain data. */
const knownRowIds = new WeakMap<CallFacts, Set<number>>();

/** Adds rows; rows known already change nothing. The cost grows with the rows added, not with those known. */
export function addRows(facts: CallFacts, rows: readonly CelRow[]): void {
  let known = knownRowIds.get(facts);
  if (known?.size !== facts.rowIds.length) {
    known = new Set(facts.rowIds);
    knownRowIds.set(facts, known);
  }
  for (const row of rows) {
    if (known.has(row.id)) continue;
    if (!isRoomFor(facts, row)) {
      leaveOut(facts, row);
      continue;
    }
    known.add(row.id);
    facts.rowIds.push(row.id);
    addRow(facts, row);
    measure(facts);
  }
}

/** Tables are read more than once: a row that was left out before does not count again. */
function leaveOut(facts: CallFacts, { id }: CelRow): void {
  if (id <= facts.highestLeftOut) return;
  facts.highestLeftOut = id;
  facts.rowsLeftOut++;
}

function addRow(facts: CallFacts, row: CelRow): void {
  facts.lastRowAtMs = Math.max(facts.lastRowAtMs ?? row.eventAtMs, row.eventAtMs);
  // the channel columns of LINKEDID_END name whichever leg went last
  if (row.eventType === 'LINKEDID_END') addEnd(facts, row);
  else addLegRow(facts, row);
}

function addLegRow(facts: CallFacts, row: CelRow): void {
  if (!/\d/.test(row.uniqueid)) return; // no channel's id, and perhaps a word that means something to JavaScript
  let leg = facts.legs[row.uniqueid];
  if (!leg) {
    shedFruitlessLegs(facts);
    leg = newLeg(row);
    facts.legs[row.uniqueid] = leg;
    facts.legCount++;
  }
  readLegRow(leg, row);
  if (row.eventType === 'STREAM_BEGIN') facts.tellsMusic = true;
  const turn = readTurn(row);
  if (turn) insertByRowId(facts.turns, turn);
}

function addEnd(facts: CallFacts, row: CelRow): void {
  const known = facts.ends.find((end) => end.linkedid === row.linkedid);
  if (!known) facts.ends.push({ linkedid: row.linkedid, rowId: row.id, atMs: row.eventAtMs, isGuess: false });
  else if (known.isGuess || row.id < known.rowId) {
    Object.assign(known, { rowId: row.id, atMs: row.eventAtMs, isGuess: false });
  }
  if (row.linkedid === facts.linkedid) {
    facts.endedAtMs = facts.ends.find((end) => end.linkedid === facts.linkedid)?.atMs ?? row.eventAtMs;
  }
}
