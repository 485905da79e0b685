import { readChannelName } from './channel.ts';
import type { Leg } from './leg.ts';
import { isInitiator, originOf } from './origin.ts';
import type { Turn } from './turn.ts';

/**
 * Asterisk's own attended transfer puts the Local channel to the colleague into a bridge with who asks before
 * anybody answers; a Local channel that was dialled enters one only after its answer.
 */
export function isConsultation(leg: Leg): boolean {
  const [first] = leg.bridging;
  if (readChannelName(leg.channel).half !== '1' || !first || leg.calledBy !== '') return false;
  return leg.answered === null || leg.answered.rowId > first.rowId;
}

/** True if the transfer was made while this phone still rang: the client waits for it from then on. */
export function stillRingsAt(turn: Turn, leg: Leg): boolean {
  if (turn.kind !== 'attended' || turn.targetUniqueid !== '' || turn.secondUniqueid === '') return false;
  if (isInitiator(leg) || (leg.ended !== null && leg.ended.rowId < turn.rowId)) return false;
  if (turn.secondUniqueid !== turn.uniqueid) return originOf(leg) === turn.secondUniqueid;
  // by feature code the transferer has one channel only
  return leg.firstRowId < turn.rowId && (leg.answered === null || leg.answered.rowId > turn.rowId);
}
