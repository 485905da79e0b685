import { belongingLegs } from './belonging.ts';
import type { CallFacts } from './facts.ts';
import type { Leg } from './leg.ts';
import type { Roster } from './roster.ts';
import type { Turn } from './turn.ts';

/** One call among the facts: the channels that take part in it. */
export interface Thread {
  linkedid: string;
  /** The channel that began it. */
  root: Leg;
  /** In order of appearance; Local channels and `root` included. */
  legs: Leg[];
  /** Beside them the channels of calls that were joined to it: they tell who dialled. */
  family: readonly Leg[];
  turns: Turn[];
  /** null while it lasts. */
  ended: { rowId: number; atMs: number; isGuess?: boolean } | null;
  /** The attended transfer that ended this call, which was made in order to transfer another. */
  endedBy: Turn | null;
  /** Linkedids that Asterisk joined into this call. */
  joined: string[];
}

/** The linkedid under which a channel began. */
export function originOf(leg: Leg): string {
  if (leg.start) return leg.start.linkedid;
  const [first] = [...leg.linkedids].sort((a, b) => a.rowId - b.rowId);
  return first?.linkedid ?? leg.uniqueid;
}

/** True for a channel that came into Asterisk by itself, a phone or a provider; it was not called. */
export function isInitiator(leg: Leg): boolean {
  return originOf(leg) === leg.uniqueid;
}

/** Everything that was one call or was joined into one, told apart into calls. */
export function readThreads(facts: CallFacts, roster: Roster): Thread[] {
  const legs = Object.values(facts.legs).sort((a, b) => a.firstRowId - b.firstRowId);
  return families(legs, facts).flatMap((family) => threadsOf(family, facts, roster));
}

/** Linkedids that have a channel in common, or of which a row tells that they were joined. */
function families(legs: readonly Leg[], facts: CallFacts): Leg[][] {
  const parents = new Map<string, string>();
  const find = (linkedid: string): string => {
    let top = linkedid;
    for (let up = parents.get(top); up !== undefined && up !== top; up = parents.get(top)) top = up;
    return top;
  };
  const join = (a: string, b: string) => {
    const [topA, topB] = [find(a), find(b)];
    parents.set(topA, topA);
    parents.set(topB, topA);
  };
  for (const leg of legs) for (const { linkedid } of leg.linkedids) join(originOf(leg), linkedid);
  for (const turn of facts.turns) {
    const [first, ...others] = legsNamedBy(turn, facts).map(originOf);
    for (const other of others) if (first !== undefined) join(first, other);
  }
  return [...Map.groupBy(legs, (leg) => find(originOf(leg))).values()];
}

function legsNamedBy(turn: Turn, facts: CallFacts): Leg[] {
  const { uniqueid, transfereeUniqueid, secondUniqueid, targetUniqueid, pickerUniqueid } = turn;
  const named = [uniqueid, transfereeUniqueid, secondUniqueid, targetUniqueid, pickerUniqueid];
  return named.flatMap((id) => (Object.hasOwn(facts.legs, id) ? [facts.legs[id] as Leg] : []));
}

function threadsOf(family: readonly Leg[], facts: CallFacts, roster: Roster): Thread[] {
  const groups = [...Map.groupBy(family, originOf)];
  const calls = groups.filter(([, legs], index) => index === 0 || isCallOfItsOwn(legs, roster));
  const main = mainOf(calls, roster);
  const mainIds = new Set(groups.filter((group) => group === main || !calls.includes(group)).map(([id]) => id));
  const turns = facts.turns.filter((turn) => family.some((leg) => leg.uniqueid === turn.uniqueid));
  const clients = calls.filter((group) => roster.kindOf(rootOf(...group).channel) === 'trunk');
  return calls.map((group) => {
    const [linkedid, legs] = group;
    const others = new Set(clients.map(([id]) => id).filter((id) => id !== linkedid));
    if (group === main) return callThread(linkedid, family, mainIds, others, turns, facts);
    if (clients.includes(group)) return callThread(linkedid, family, new Set([linkedid]), others, turns, facts);
    return consultation(linkedid, legs, family, turns, facts);
  });
}

/**
 * Who picks up or fetches a parked client calls nobody: their linkedid is no call of its own. A client's always is,
 * though Asterisk joins it to that of whoever they talk with: an agent whose phone is off the hook all day gives one
 * linkedid to all clients.
 */
function isCallOfItsOwn(legs: readonly Leg[], roster: Roster): boolean {
  if (legs.some((leg) => isInitiator(leg) && roster.kindOf(leg.channel) === 'trunk')) return true;
  return legs.some((leg) => !isInitiator(leg) && ['extension', 'trunk'].includes(roster.kindOf(leg.channel)));
}

type Group = [string, Leg[]];

/** Of calls that were joined, the client's goes on; where both or none have a client, the older. */
function mainOf(calls: readonly Group[], roster: Roster): Group {
  const withClient = calls.filter(([, legs]) => legs.some((leg) => roster.kindOf(leg.channel) === 'trunk'));
  return (withClient.length === 1 ? withClient[0] : calls[0]) as Group;
}

/** A client's call, or the one that others were joined to. */
function callThread(
  linkedid: string,
  family: readonly Leg[],
  mainIds: ReadonlySet<string>,
  others: ReadonlySet<string>,
  allTurns: readonly Turn[],
  facts: CallFacts,
): Thread {
  const own = family.filter((leg) => mainIds.has(originOf(leg)));
  const turns = allTurns.filter((turn) => !others.has(turn.transfereeUniqueid) && !others.has(turn.uniqueid));
  const isAwaited = (leg: Leg) => turns.some((turn) => stillRingsAt(turn, leg));
  const legs = belongingLegs(own, family, turns, others, isAwaited);
  const root = rootOf(linkedid, own);
  const joined = [...new Set(family.map(originOf))].filter((id) => id !== linkedid);
  // where the oldest linkedid is another's, a client's call is over when the client's channel is
  const ended = originOf(family[0] as Leg) === linkedid ? endOf(family, facts) : (root.ended ?? endOf(family, facts));
  return { linkedid, root, legs, family, turns, ended, endedBy: null, joined };
}

/** True if the transfer was made while this phone still rang: the client waits for it from then on. */
export function stillRingsAt(turn: Turn, leg: Leg): boolean {
  if (turn.kind !== 'attended' || turn.targetUniqueid !== '' || turn.secondUniqueid === '') return false;
  const isCalledByTransferer = !isInitiator(leg) && originOf(leg) === turn.secondUniqueid;
  return isCalledByTransferer && (leg.ended === null || leg.ended.rowId > turn.rowId);
}

function consultation(
  linkedid: string,
  legs: readonly Leg[],
  family: readonly Leg[],
  turns: readonly Turn[],
  facts: CallFacts,
): Thread {
  const root = rootOf(linkedid, legs);
  const endedBy = turns.find((turn) => turn.kind === 'attended' && isPartOf(legs, turn)) ?? null;
  const end = facts.ends.find((known) => known.linkedid === linkedid);
  const ended = endedBy ?? end ?? endOf(family, facts);
  const own = turns.filter((turn) => turn !== endedBy && legs.some((leg) => leg.uniqueid === turn.uniqueid));
  return { linkedid, root, legs: [...legs], family, turns: own, ended, endedBy, joined: [] };
}

function isPartOf(legs: readonly Leg[], turn: Turn): boolean {
  const named = [turn.secondUniqueid, turn.targetUniqueid, turn.uniqueid];
  return legs.some((leg) => named.includes(leg.uniqueid));
}

/** The first channel; where its rows are missing, the first that was not called. */
function rootOf(linkedid: string, legs: readonly Leg[]): Leg {
  const first = legs.find((leg) => leg.uniqueid === linkedid) ?? legs.find((leg) => leg.calledBy === '') ?? legs[0];
  return first as Leg;
}

/** Asterisk keeps the oldest of the linkedids it joins: the call is over when that one is. */
function endOf(family: readonly Leg[], facts: CallFacts): Thread['ended'] {
  const oldest = originOf(family[0] as Leg);
  const end = facts.ends.find((known) => known.linkedid === oldest);
  if (end) return end;
  if (oldest !== facts.linkedid || facts.endedAtMs === null) return null;
  return { rowId: Number.MAX_SAFE_INTEGER, atMs: facts.endedAtMs, isGuess: true };
}
