import type { Direction } from '../../../proto/call.ts';
import type { PbxDescription } from '../../../proto/pbx.ts';
import { normalisePhone } from '../../../proto/phone.ts';
import { type Channel, dialledNumber, isExtension, readChannel } from './channel.ts';
import type { CallFacts, Leg } from './facts.ts';

export interface Party extends Channel {
  leg: Leg;
}

/** Who takes part in the call and which way it goes. */
export interface Parties {
  /** In order of appearance; `all[0]` is the one who called. */
  all: Party[];
  caller: Party;
  direction: Direction | null;
  /** False if the row in which the call begins is missing. */
  beginningSeen: boolean;
}

/** The parties of a call; undefined while no channel of it has been seen. */
export function readParties(facts: CallFacts, pbx: PbxDescription): Parties | undefined {
  const legs = Object.values(facts.legs).sort((a, b) => a.firstRowId - b.firstRowId);
  const first = facts.legs[facts.linkedid] ?? legs[0];
  if (!first) return undefined;
  const all = [first, ...legs.filter((leg) => leg !== first)].map((leg) => ({ leg, ...readChannel(leg.channel, pbx) }));
  const caller = all[0] as Party;
  return {
    all,
    caller,
    direction: directionOf(caller, all, pbx),
    beginningSeen: first.uniqueid === facts.linkedid && first.start !== null,
  };
}

function directionOf(caller: Party, all: Party[], pbx: PbxDescription): Direction | null {
  if (caller.kind === 'trunk') return 'inbound';
  if (caller.kind !== 'extension') return null;
  if (all.some((party) => party.kind === 'trunk')) return 'outbound';
  const dialled = caller.leg.start?.exten ?? '';
  // a phone that is taken off the hook or dials a feature code calls nobody outside
  const isInside = isExtension(dialled, pbx) || !/^\+?\d+$/.test(dialled);
  return isInside || all.some((party) => party !== caller && party.kind === 'extension') ? 'internal' : 'outbound';
}

/** The client's number: digits with the country code, null if hidden, unknown, or the call is internal. */
export function externalNumber({ caller, direction }: Parties, pbx: PbxDescription): string | null {
  if (direction === 'inbound') {
    return normalisePhone(caller.leg.start?.callerIdNum || caller.leg.ani?.value || '', pbx.country);
  }
  if (direction !== 'outbound') return null;
  const dials = caller.leg.dials.map((dial) => dialledNumber(dial.arguments)).filter((number) => number !== undefined);
  const outside = dials.filter((number) => !isExtension(number, pbx));
  return normalisePhone(outside.at(-1) ?? withoutPrefix(caller.leg.start?.exten ?? '', pbx), pbx.country);
}

function withoutPrefix(dialled: string, pbx: PbxDescription): string {
  const prefix = pbx.outboundPrefixes.find((p) => p !== '' && dialled.startsWith(p) && dialled.length - p.length >= 7);
  return prefix === undefined ? dialled : dialled.slice(prefix.length);
}

/** The number of ours that an inbound caller dialled. */
export function dialledDid({ caller, direction }: Parties): string | null {
  if (direction !== 'inbound') return null;
  const exten = caller.leg.start?.exten ?? '';
  return /\d/.test(exten) ? exten : (caller.leg.dnid?.value ?? null);
}
