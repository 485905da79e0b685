import type { CelRow } from '../../../proto/cel.ts';
import type { Leg } from './leg.ts';
import { insertByRowId } from './row-order.ts';
import { cut, numberIn, textIn } from './row-text.ts';

/** Steps kept of one channel; a call in which somebody is bridged more often is no call between people. */
const mostSteps = 5_000;

/** What each type of row tells of its channel. Types that are not here mean nothing for a call. */
export const legReaders = new Map<string, (leg: Leg, row: CelRow) => void>([
  ['CHAN_START', readStart],
  ['ANSWER', readAnswer],
  ['BRIDGE_ENTER', readBridgeStep],
  ['BRIDGE_EXIT', readBridgeStep],
  ['STREAM_BEGIN', readMusicStep],
  ['STREAM_END', readMusicStep],
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
