import type { HangupBy } from '../../../proto/call.ts';
import type { Leg } from './leg.ts';
import { calledLegs, hasGivenUp, hasVoicemail, hungUpItself, isBusyCause, sameMomentMs } from './outcome.ts';
import { firstAccepted, type Reading } from './reading.ts';
import type { Thread } from './threads.ts';
import type { Turn } from './turn.ts';

export interface Hangup {
  by: HangupBy;
  /** Our extension, if it was one. */
  extension: string | null;
  rowIds: number[];
}

/** Channels are torn down within moments of each other; what ended longer before the last one did not end the call. */
const tearDownMs = 2_500;

/** Who ended the call, by the sources that Asterisk names in its HANGUP rows. */
export function hangupOf(reading: Reading): Hangup {
  const { thread, cast } = reading;
  if (thread.endedBy) return transfer(thread.endedBy, reading);
  if (firstAccepted(reading)) return tearDown(reading);
  const refusing = hasVoicemail(reading) ? undefined : refusingLeg(reading);
  if (refusing) return refusal(refusing, reading);
  const asking = [cast.caller?.leg, thread.root].find((leg) => leg?.hangup?.source) ?? thread.root;
  return hangupBy(asking, reading);
}

/** The one who transferred leaves both calls: mostly the caller, but a phone may transfer to who called it. */
function transfer({ uniqueid, secondUniqueid, rowId }: Turn, { thread, cast, context }: Reading): Hangup {
  const named = secondUniqueid === '' ? [] : [uniqueid, secondUniqueid]; // without `extra` it is the caller
  const leg = thread.legs.find((one) => named.includes(one.uniqueid));
  const extension = leg ? context.roster.extensionOf(leg.channel) : (cast.caller?.extension ?? null);
  return { by: 'internal', extension, rowIds: [rowId] };
}

/** The first source that is named when the last talk is torn down. */
function tearDown(reading: Reading): Hangup {
  const { talks, outsideTalks, thread } = reading;
  const stretches = [...talks.flatMap((talk) => talk.stretches), ...[...outsideTalks.values()].flat()];
  const lastTalkRowId = Math.max(0, ...stretches.map((stretch) => stretch.toRowId ?? 0));
  const after = byHangup(thread.legs).filter((leg) => leg.hangup && isWithin(leg.hangup, lastTalkRowId, thread));
  const lastMs = after.at(-1)?.hangup?.atMs ?? 0;
  const together = after.filter((leg) => lastMs - (leg.hangup?.atMs ?? 0) <= tearDownMs);
  const naming = together.find((leg) => leg.hangup?.source);
  return naming
    ? hangupBy(naming, reading)
    : { by: 'pbx', extension: null, rowIds: together.map((leg) => leg.firstRowId) };
}

/** Colleagues may go on talking when the client has left. */
function isWithin(hangup: { rowId: number; atMs: number }, afterRowId: number, { ended }: Thread): boolean {
  const until = ended ?? { rowId: Number.POSITIVE_INFINITY, atMs: Number.POSITIVE_INFINITY };
  return hangup.rowId > afterRowId && hangup.rowId <= until.rowId && hangup.atMs <= until.atMs + sameMomentMs;
}

function byHangup(legs: readonly Leg[]): Leg[] {
  const ended = legs.filter((leg) => leg.hangup !== null);
  return ended.sort((a, b) => (a.hangup?.rowId ?? 0) - (b.hangup?.rowId ?? 0));
}

/** A called side refused if it was the last that was waited for and names itself; a caller who gave up did not wait. */
function refusingLeg(reading: Reading): Leg | undefined {
  if (reading.thread.root.hangup?.dialStatus === 'CANCEL' || hasGivenUp(reading)) return undefined;
  const last = byHangup(calledLegs(reading)).at(-1);
  return last && hungUpItself(last) ? last : undefined;
}

function refusal(leg: Leg, { context, cast }: Reading): Hangup {
  const rowIds = leg.hangup ? [leg.hangup.rowId] : [];
  if (context.roster.kindOf(leg.channel) !== 'trunk') {
    const extension = cast.ours.find((one) => one.leg === leg)?.extension ?? null;
    return { by: 'internal', extension, rowIds };
  }
  return { by: isBusyCause(leg.hangup?.cause ?? 0) ? 'external' : 'network', extension: null, rowIds };
}

function hangupBy(leg: Leg, { context }: Reading): Hangup {
  const source = leg.hangup?.source ?? '';
  const rowIds = leg.hangup ? [leg.hangup.rowId] : [];
  const kind = context.roster.kindOf(source);
  if (kind === 'trunk') return { by: 'external', extension: null, rowIds };
  if (kind === 'extension') return { by: 'internal', extension: context.roster.extensionOf(source), rowIds };
  return { by: 'pbx', extension: null, rowIds }; // empty, or `dialplan/builtin`
}
