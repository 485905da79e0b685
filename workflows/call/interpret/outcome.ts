import type { CallResult, HangupBy } from '../../../proto/call.ts';
import type { PbxDescription } from '../../../proto/pbx.ts';
import { readChannel } from './channel.ts';
import type { Leg } from './facts.ts';
import type { Parties, Party } from './parties.ts';

// Q.850 causes as Asterisk's hangupcause gives them
const busyCauses = new Set([17, 21]); // user busy, call rejected
const failureCauses = new Set([1, 2, 3, 18, 20, 22, 27, 28, 29, 34, 38, 41, 42, 44, 50, 58, 66]);

/** How an ended call came out when nobody talked. */
export function unansweredResult(parties: Parties): CallResult {
  const { caller, direction } = parties;
  const called = parties.all.filter((party) => party !== caller);
  const dialStatus = caller.leg.hangup?.dialStatus ?? '';
  const everyoneBusy = called.length > 0 && called.every((party) => busyCauses.has(party.leg.hangup?.cause ?? 0));
  const isBusy = dialStatus === 'BUSY' || (everyoneBusy && dialStatus !== 'CANCEL');
  if (direction === 'inbound') return isBusy ? 'busy' : 'missed';
  if (dialStatus === 'CANCEL') return 'cancelled';
  if (isBusy) return 'busy';
  // 22 writes NOANSWER for a number that does not exist: only the cause on the called leg tells
  const lastCause = called.at(-1)?.leg.hangup?.cause ?? 0;
  if (failureCauses.has(lastCause) || ['CONGESTION', 'CHANUNAVAIL'].includes(dialStatus)) return 'failed';
  return called.length === 0 && dialStatus === '' ? 'failed' : 'no_answer';
}

/** Who ended the call, by the sources that Asterisk names in its HANGUP rows. */
export function hangupSide(parties: Parties, answered: boolean, pbx: PbxDescription): HangupBy {
  const hangups = parties.all
    .filter(({ leg }) => leg.hangup !== null)
    .sort((a, b) => rowIdOfHangup(a.leg) - rowIdOfHangup(b.leg));
  if (answered) {
    const lastBridgedRow = Math.max(...parties.all.flatMap(({ leg }) => leg.bridging.map((s) => s.rowId)), 0);
    const lastStay = hangups.filter(({ leg }) => isTornDownWith(leg, lastBridgedRow));
    const named = lastStay.find(({ leg }) => leg.hangup?.source)?.leg.hangup?.source ?? '';
    return sideOf(named, pbx);
  }
  const refusing = hangups.find((party) => party !== parties.caller && party.leg.hangup?.source === party.leg.channel);
  if (refusing) return refusal(refusing);
  return sideOf(parties.caller.leg.hangup?.source ?? '', pbx);
}

const rowIdOfHangup = (leg: Leg): number => leg.hangup?.rowId ?? 0;

/** Legs that lost a race or were left in an earlier attempt end before the last talk does. */
function isTornDownWith(leg: Leg, lastBridgedRow: number): boolean {
  return leg.bridging.length > 0 || rowIdOfHangup(leg) > lastBridgedRow;
}

function refusal(party: Party): HangupBy {
  const bySomebody = busyCauses.has(party.leg.hangup?.cause ?? 0);
  if (party.kind !== 'trunk') return 'internal';
  return bySomebody ? 'external' : 'network';
}

function sideOf(source: string, pbx: PbxDescription): HangupBy {
  if (source === '' || source.startsWith('dialplan/')) return 'pbx';
  return readChannel(source, pbx).kind === 'trunk' ? 'external' : 'internal';
}
