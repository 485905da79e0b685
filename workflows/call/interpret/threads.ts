import { belongingLegs } from './belonging.ts';
import { isAsterisksOwn, readChannelName, readDestinations } from './channel.ts';
import { isConsultation, stillRingsAt } from './consultation.ts';
import { dialledExten } from './direction.ts';
import type { CallFacts } from './facts.ts';
import { families } from './families.ts';
import type { Leg } from './leg.ts';
import { isInitiator, originOf } from './origin.ts';
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
}

/** Everything that was one call or was joined into one, told apart into calls. */
export function readThreads(facts: CallFacts, roster: Roster): Thread[] {
  const people = Object.values(facts.legs).filter((leg) => !isAsterisksOwn(readChannelName(leg.channel)));
  const legs = people.sort((a, b) => a.firstRowId - b.firstRowId);
  return families(legs, facts).flatMap((family) => threadsOf(family, facts, roster));
}

function threadsOf(family: readonly Leg[], facts: CallFacts, roster: Roster): Thread[] {
  const groups = [...Map.groupBy(family, originOf)];
  const turns = facts.turns.filter((turn) => family.some((leg) => leg.uniqueid === turn.uniqueid));
  const calls = groups.filter((group, index) => index === 0 || isCallOfItsOwn(group, turns, roster));
  const clients = calls.filter((group) => clientLegs(group, roster).length > 0);
  // of calls that were joined the client's goes on; where both or none have a client, the older
  const main = clients[0] ?? calls[0];
  const mainIds = new Set(groups.filter((group) => group === main || !calls.includes(group)).map(([id]) => id));
  const lasting = clients.filter((group, index) => !handedTo(group, clients.slice(0, index), turns, roster));
  return calls.map((group) => {
    if (group !== main && !lasting.includes(group)) return consultation(group, family, turns, facts);
    const ids = group === main ? mainIds : new Set([group[0]]);
    const others = lasting.filter((one) => one !== group).flatMap((one) => clientLegs(one, roster));
    return callThread(group, family, ids, others, turns, facts, roster);
  });
}

type Group = [string, Leg[]];

/**
 * Who picks up or fetches a parked client calls nobody: their linkedid is no call of its own. A client's always is,
 * though Asterisk joins it to that of whoever they talk with: an agent whose phone is off the hook all day gives one
 * linkedid to all clients. Asterisk itself calls again whoever did not answer a transfer.
 */
function isCallOfItsOwn([linkedid, legs]: Group, turns: readonly Turn[], roster: Roster): boolean {
  if (isConsultation(rootOf(linkedid, legs))) return false;
  const wasJoined = legs.some((leg) => leg.linkedids.length > 1) || turns.some((turn) => isNamed(legs, turn));
  if (!wasJoined) return true;
  if (legs.some((leg) => isInitiator(leg) && roster.kindOf(leg.channel) === 'trunk')) return true;
  return legs.some((leg) => !isInitiator(leg) && ['extension', 'trunk'].includes(roster.kindOf(leg.channel)));
}

/** The client's channels: the one that called, or those that were dialled; not a mobile in the place of a phone. */
function clientLegs([linkedid, legs]: Group, roster: Roster): Leg[] {
  const root = rootOf(linkedid, legs);
  if (roster.kindOf(root.channel) === 'trunk') return [root];
  const dialled = dialledExten(root);
  const isColleague = roster.kindOf(root.channel) === 'extension' && roster.isInside(dialled);
  if (isColleague && !leadsOutside(root, dialled)) return [];
  return legs.filter((leg) => !isInitiator(leg) && roster.kindOf(leg.channel) === 'trunk');
}

/** A short number, such as 112 or a town's, that was dialled through a trunk as it is. */
function leadsOutside({ apps }: Leg, dialled: string): boolean {
  const destinations = apps.filter(({ app }) => app === 'Dial').flatMap((app) => readDestinations(app.arguments));
  return destinations.some(({ number, endpoint }) => number !== '' && number !== endpoint && dialled.endsWith(number));
}

/** An employee called one client in order to hand another to them: that call ends with the transfer. */
function handedTo([linkedid, legs]: Group, older: readonly Group[], turns: readonly Turn[], roster: Roster): boolean {
  if (roster.kindOf(rootOf(linkedid, legs).channel) === 'trunk') return false;
  const attended = turns.filter((turn) => turn.kind === 'attended');
  return older.some(([, others]) =>
    attended.some((turn) => namesNobody(turn) || (isNamed(legs, turn) && isNamed(others, turn))),
  );
}

/** A client's call, or the one that others were joined to. */
function callThread(
  group: Group,
  family: readonly Leg[],
  ids: ReadonlySet<string>,
  otherClients: readonly Leg[],
  allTurns: readonly Turn[],
  facts: CallFacts,
  roster: Roster,
): Thread {
  const [linkedid] = group;
  const own = family.filter((leg) => ids.has(originOf(leg)));
  const others = new Set(otherClients.map((leg) => leg.uniqueid));
  const turns = allTurns.filter((turn) => !others.has(turn.transfereeUniqueid) && !others.has(turn.uniqueid));
  const isAwaited = (leg: Leg) => turns.some((turn) => stillRingsAt(turn, leg));
  const legs = belongingLegs(own, family, turns, others, isAwaited);
  const root = rootOf(linkedid, own);
  const lasting = lastingLinkedid(group, family, facts);
  const isAlone = lasting === linkedid && others.size === 0;
  const end = endOf(lasting, facts);
  const left = endOfClient(group, roster);
  const ended = isAlone ? end && { ...end, atMs: Math.min(end.atMs, left?.atMs ?? end.atMs) } : (left ?? end);
  return { linkedid, root, legs, family, turns, ended, endedBy: null };
}

/** A call that ended with the attended transfer for which it was made, or was joined to another in some other way. */
function consultation(
  [linkedid, legs]: Group,
  family: readonly Leg[],
  turns: readonly Turn[],
  facts: CallFacts,
): Thread {
  const others = family.filter((leg) => originOf(leg) !== linkedid);
  const isJoining = (turn: Turn) => isNamed(legs, turn) && (namesNobody(turn) || isNamed(others, turn));
  const endedBy = turns.find((turn) => turn.kind === 'attended' && isJoining(turn)) ?? null;
  const end = facts.ends.find((known) => known.linkedid === linkedid);
  const ended = endedBy ?? end ?? endOf(lastingLinkedid([linkedid, legs], family, facts), facts);
  const own = turns.filter((turn) => isNamed(legs, turn) && !isNamed(others, turn) && !isAfter(turn, endedBy));
  return { linkedid, root: rootOf(linkedid, legs), legs: [...legs], family, turns: own, ended, endedBy };
}

const isAfter = (turn: Turn, other: Turn | null): boolean => other !== null && turn.rowId >= other.rowId;

function isNamed(legs: readonly Leg[], turn: Turn): boolean {
  const { uniqueid, secondUniqueid, transfereeUniqueid, targetUniqueid, pickerUniqueid } = turn;
  const named = [uniqueid, secondUniqueid, transfereeUniqueid, targetUniqueid, pickerUniqueid];
  return legs.some((leg) => named.includes(leg.uniqueid));
}

/** Where the column `extra` is not kept. */
function namesNobody({ secondUniqueid, transfereeUniqueid, targetUniqueid }: Turn): boolean {
  return secondUniqueid === '' && transfereeUniqueid === '' && targetUniqueid === '';
}

/** The first channel; where its rows are missing, the first that was not called. */
function rootOf(linkedid: string, legs: readonly Leg[]): Leg {
  const first = legs.find((leg) => leg.uniqueid === linkedid) ?? legs.find((leg) => leg.calledBy === '') ?? legs[0];
  return first as Leg;
}

/**
 * Asterisk keeps the oldest of the linkedids it joins: the call is over when that one is. A channel that outlives its
 * own linkedid was joined, whether or not a row of it has come since.
 */
function lastingLinkedid([linkedid, legs]: Group, family: readonly Leg[], { ends }: CallFacts): string {
  const end = ends.find((known) => known.linkedid === linkedid && !known.isGuess);
  const outlives = ({ ended }: Leg) => end !== undefined && (ended === null || ended.rowId > end.rowId);
  const wasJoined = legs.some((leg) => leg.linkedids.length > 1 || outlives(leg));
  return wasJoined ? originOf(family[0] as Leg) : linkedid;
}

function endOf(linkedid: string, facts: CallFacts): Thread['ended'] {
  const end = facts.ends.find((known) => known.linkedid === linkedid);
  if (end) return end;
  if (linkedid !== facts.linkedid || facts.endedAtMs === null) return null;
  return { rowId: Number.MAX_SAFE_INTEGER, atMs: facts.endedAtMs, isGuess: true };
}

/**
 * A client's call is over when they have left, though colleagues go on talking about them, or the linkedid goes on with
 * another client.
 */
function endOfClient([linkedid, legs]: Group, roster: Roster): Thread['ended'] {
  const clients = clientLegs([linkedid, legs], roster);
  const ends = [rootOf(linkedid, legs), ...clients].map((leg) => leg.ended);
  if (clients.length === 0 || ends.includes(null)) return null;
  return ends.reduce((a, b) => (a && b && a.rowId > b.rowId ? a : b), null);
}
