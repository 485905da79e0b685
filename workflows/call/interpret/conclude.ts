import type { Call, Conversation } from '../../../proto/call.ts';
import type { CdrRow } from '../../../proto/cdr.ts';
import type { PbxDescription } from '../../../proto/pbx.ts';
import type { CallFacts, Leg } from './facts.ts';
import { hangupSide, unansweredResult } from './outcome.ts';
import { dialledDid, externalNumber, type Parties, type Party, readParties } from './parties.ts';
import { coveredSeconds, type Stretch, sharedTalk } from './talk.ts';

interface Talk {
  ours: Party;
  stretches: Stretch[];
}

/**
 * What the facts amount to.
 *
 * @param cdr rows of CDR, if they have been read: they add the recording's name and fill gaps, never contradict
 * @returns undefined while no channel of the call has been seen
 */
export function conclude(facts: CallFacts, pbx: PbxDescription, cdr: readonly CdrRow[] = []): Call | undefined {
  const parties = readParties(facts, pbx);
  if (!parties) return undefined;
  const { caller, direction } = parties;
  const startedAtMs = caller.leg.start?.atMs ?? caller.leg.firstRowAtMs;
  const nowMs = facts.endedAtMs ?? facts.lastRowAtMs ?? startedAtMs;
  const talks = talksOf(parties);
  const conversations = employeesOf(parties).map((party) => conversationOf(party, parties, talks, nowMs));
  const accepted = conversations.filter((c) => c.acceptedAtMs !== null).sort(byAcceptance);
  const answeredAtMs = accepted[0]?.acceptedAtMs ?? null;
  const outside = externalNumber(parties, pbx);
  const talkSeconds = coveredSeconds(
    talks.flatMap((talk) => talk.stretches),
    nowMs,
  );
  return {
    pbxId: pbx.id,
    linkedid: facts.linkedid,
    direction,
    externalNumber: outside,
    did: dialledDid(parties) ?? (direction === 'inbound' ? (cdr.find((row) => row.did !== '')?.did ?? null) : null),
    trunk: parties.all.findLast((party) => party.kind === 'trunk')?.endpoint ?? null,
    callerExtension: caller.kind === 'extension' ? caller.endpoint : null,
    startedAtMs,
    answeredAtMs,
    endedAtMs: facts.endedAtMs,
    conversations,
    answeredBy: direction === 'outbound' && accepted[0] ? outside : (accepted[0]?.extension ?? null),
    lastTalker: lastTalker(talks),
    waitSeconds: ((answeredAtMs ?? nowMs) - startedAtMs) / 1000,
    talkSeconds,
    result: answeredAtMs !== null ? 'answered' : facts.endedAtMs === null ? null : unansweredResult(parties),
    hangupBy: facts.endedAtMs === null ? null : hangupSide(parties, answeredAtMs !== null, pbx),
    recordingFile: talkSeconds > 0 ? (cdr.find((row) => row.recordingFile !== '')?.recordingFile ?? null) : null,
    doubts: parties.beginningSeen ? [] : ['The rows in which the call began are missing.'],
  };
}

/** Employees whose phones were called, or, on an outbound call, the one who calls. */
function employeesOf({ all, caller, direction }: Parties): Party[] {
  if (direction === 'outbound') return all.filter((party) => party === caller);
  return all.filter((party) => party.kind === 'extension' && party !== caller);
}

/** Each employee's talk with the other side: on an internal call the caller is the other side. */
function talksOf(parties: Parties): Talk[] {
  const { all, caller, direction } = parties;
  const others = direction === 'internal' ? [caller] : all.filter((party) => party.kind === 'trunk');
  return employeesOf(parties).map((ours) => ({
    ours,
    stretches: others.flatMap((other) => sharedTalk(ours.leg, other.leg)),
  }));
}

function conversationOf(party: Party, parties: Parties, talks: readonly Talk[], nowMs: number): Conversation {
  const stretches = talks.find((talk) => talk.ours === party)?.stretches ?? [];
  return {
    extension: party.endpoint,
    uniqueid: party.leg.uniqueid,
    requestedAtMs: party.leg.start?.atMs ?? party.leg.firstRowAtMs,
    acceptedAtMs: stretches.length > 0 ? answeredAt(party, parties, stretches) : null,
    endedAtMs: party.leg.endedAtMs,
    talkSeconds: coveredSeconds(stretches, nowMs),
  };
}

/** When the called side answered: the bridge alone would count the moment in which Asterisk joins the two. */
function answeredAt(party: Party, { all, caller, direction }: Parties, stretches: readonly Stretch[]): number {
  const joinedAtMs = Math.min(...stretches.map((stretch) => stretch.fromMs));
  const called: (Leg | undefined)[] =
    direction === 'outbound' && party === caller
      ? all.filter((other) => other.kind === 'trunk' && other.leg.bridging.length > 0).map((other) => other.leg)
      : [party.leg];
  const answers = called.flatMap((leg) => (leg?.answeredAtMs == null ? [] : [leg.answeredAtMs]));
  return Math.min(joinedAtMs, ...answers);
}

function byAcceptance(a: Conversation, b: Conversation): number {
  return (a.acceptedAtMs ?? 0) - (b.acceptedAtMs ?? 0);
}

function lastTalker(talks: readonly Talk[]): string | null {
  const ends = talks.flatMap(({ ours, stretches }) =>
    stretches.map((stretch) => ({ extension: ours.endpoint, endMs: stretch.toMs ?? Number.POSITIVE_INFINITY })),
  );
  return ends.sort((a, b) => a.endMs - b.endMs).at(-1)?.extension ?? null;
}
