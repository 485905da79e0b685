import type { Call, ClickToCall, Ivr } from '../../../proto/call.ts';
import type { CdrRow } from '../../../proto/cdr.ts';
import type { PbxDescription } from '../../../proto/pbx.ts';
import { firstAttempt } from './attempts.ts';
import { readConversations } from './conversations.ts';
import { dialledExten } from './direction.ts';
import { doubtsOf } from './doubts.ts';
import type { CallFacts } from './facts.ts';
import { hangupOf } from './hangup.ts';
import { coveredSeconds } from './hearing.ts';
import { withoutHold } from './hold.ts';
import { clientNumber, dialledDid } from './numbers.ts';
import { resultOf, wasUnreachable } from './outcome.ts';
import { firstAccepted, type Reading, readCalls, type Talk } from './reading.ts';
import { readTransfers } from './transfers.ts';

/**
 * What the facts amount to: the calls, in order of their beginning. Rows of one linkedid may be several calls, and
 * several linkedids one.
 *
 * @param cdr rows of CDR, if they have been read: they add the recording's name and fill gaps, never contradict
 * @returns nothing while no channel of a call has been seen
 */
export function conclude(facts: CallFacts, pbx: PbxDescription, cdr: readonly CdrRow[] = []): Call[] {
  return readCalls(facts, pbx, cdr).map((reading) => callOf(reading, facts));
}

/** Of calls that were joined, the one that people know it by: the first with a client. */
export function mainCall(calls: readonly Call[]): Call | undefined {
  return calls.find((call) => call.direction !== 'internal') ?? calls[0];
}

/** One call as its reading tells it. */
export function callOf(reading: Reading, facts: CallFacts): Call {
  const { thread, cast, context, startedAtMs, nowMs, isConsultation } = reading;
  const ended = thread.ended !== null;
  const first = firstAccepted(reading);
  const answeredAtMs = first?.acceptedAtMs ?? null;
  const client = clientNumber(thread, cast, context);
  const hangup = ended ? hangupOf(reading) : null;
  const talk = talkedInAll(reading);
  const conversations = readConversations(reading);
  const firstPart = conversations.find((part) => part.uniqueid === first?.ours.leg.uniqueid);
  return {
    pbxId: context.pbx.id,
    linkedid: thread.linkedid,
    direction: cast.direction,
    externalNumber: client.number,
    did: dialledDid(thread, cast, context),
    trunk: trunkOf(reading),
    callerExtension: cast.caller?.extension ?? null,
    calledExtension: cast.direction === 'internal' ? calledExtension(reading, first) : null,
    startedAtMs,
    answeredAtMs,
    endedAtMs: thread.ended?.atMs ?? null,
    conversations,
    ...ringing(reading),
    transfers: readTransfers(reading),
    answeredBy: first ? (cast.direction === 'outbound' ? client.number : first.ours.extension) : null,
    lastTalker: lastTalker(reading, first),
    answeredOn: first?.ours.answeredOn ?? null,
    pickedUp: firstPart?.cameBy === 'pickup',
    waitSeconds: Math.max(0, (answeredAtMs ?? nowMs) - startedAtMs) / 1000,
    ...talk,
    result: ended ? resultOf(reading) : answeredAtMs !== null ? 'answered' : null,
    hangupBy: hangup?.by ?? null,
    hangupExtension: hangup?.extension ?? null,
    clickToCall: clickToCall(reading),
    ivr: ivrOf(reading),
    queues: queuesOf(reading),
    consultation: isConsultation,
    recordingFile: talk.talkSeconds > 0 ? context.recording : null,
    doubts: doubtsOf(reading, facts, client),
  };
}

/** Whoever is on hold, a colleague may talk with the client. */
function talkedInAll({ talks, outsideTalks, nowMs }: Reading) {
  const together = coveredSeconds(
    talks.flatMap((talk) => talk.stretches),
    nowMs,
  );
  const talkSeconds = coveredSeconds(
    talks.flatMap(({ stretches, holds }) => withoutHold(stretches, holds, nowMs)),
    nowMs,
  );
  return {
    talkSeconds,
    heldSeconds: Math.round((together - talkSeconds) * 1000) / 1000,
    outsideTalkSeconds: coveredSeconds([...outsideTalks.values()].flat(), nowMs),
  };
}

/** Phones that were called; of a click, the clicking employee's own. */
function ringing({ cast, attempts, thread, context }: Reading): Pick<Call, 'firstRinging' | 'rang'> {
  const colleagues = attempts.map((attempt) => attempt.ours.extension);
  const clicked = cast.originated && cast.caller ? [cast.caller.extension] : [];
  const first = firstAttempt(attempts, context.cdr).map((attempt) => attempt.ours.extension);
  const isCalledByClient = cast.direction !== 'outbound' || (cast.originated && !cast.caller);
  return {
    firstRinging: unique(clicked.length > 0 && thread.root ? clicked : isCalledByClient ? first : []),
    rang: unique([...clicked, ...colleagues]),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function trunkOf({ thread, context, cast }: Reading): string | null {
  const last = cast.clients.findLast((leg) => context.roster.kindOf(leg.channel) === 'trunk');
  const any = last ?? thread.legs.findLast((leg) => context.roster.kindOf(leg.channel) === 'trunk');
  return any ? context.roster.extensionOf(any.channel) : null;
}

function calledExtension({ thread, attempts }: Reading, first: Talk | undefined): string | null {
  const rang = unique(attempts.map((attempt) => attempt.ours.extension));
  return first?.ours.extension ?? (rang.length === 1 ? rang[0] : undefined) ?? (dialledExten(thread.root) || null);
}

/** Who of ours talked last with the other side; of an internal call, who answered. */
function lastTalker({ talks, cast }: Reading, first: Talk | undefined): string | null {
  if (cast.direction === 'internal') return first?.ours.extension ?? null;
  const ends = talks.flatMap(({ ours, stretches }) =>
    stretches.map(({ toRowId }) => ({ extension: ours.extension, toRowId: toRowId ?? Number.POSITIVE_INFINITY })),
  );
  return ends.sort((a, b) => a.toRowId - b.toRowId).at(-1)?.extension ?? null;
}

function clickToCall({ cast, thread, talks }: Reading): ClickToCall | null {
  if (!cast.originated) return null;
  const employee = cast.caller?.leg ?? thread.root;
  const employeeWasUnreachable = employee.answered === null && talks.some(({ ours }) => wasUnreachable(ours.leg));
  return {
    ...{ employeeAnsweredAtMs: employee.answered?.atMs ?? null, clientWasCalled: cast.clients.length > 0 },
    ...(employeeWasUnreachable && { employeeWasUnreachable }),
  };
}

function queuesOf({ thread }: Reading): string[] {
  const entered = thread.legs.flatMap(({ apps }) => apps.filter(({ app }) => app === 'Queue'));
  const names = entered.sort((a, b) => a.rowId - b.rowId).map((queue) => queue.arguments.split(',', 1)[0] ?? '');
  return unique(names.filter((name) => name !== ''));
}

/** The PBX itself answered before it called anybody, and not in order to put the client into a queue. */
function ivrOf({ cast, thread, attempts }: Reading): Ivr | null {
  const { answered, apps } = thread.root;
  if (cast.direction !== 'inbound' || answered === null) return null;
  const calledRowId = attempts[0]?.requestedRowId ?? Number.POSITIVE_INFINITY;
  const isMenu = answered.rowId < calledRowId && !apps.some(({ app }) => app === 'Queue' || app === 'VoiceMail');
  return isMenu ? {} : null;
}
