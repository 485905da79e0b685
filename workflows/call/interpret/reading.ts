import type { CdrRow } from '../../../proto/cdr.ts';
import { defaultPbx } from '../../../proto/default-pbx.ts';
import type { PbxDescription } from '../../../proto/pbx.ts';
import { uniqueidToUtcMs } from '../../../proto/pbx-time.ts';
import { type Attempt, readAttempts } from './attempts.ts';
import { type Cast, type Context, type Ours, readCast } from './cast.ts';
import { readDialling } from './dialling.ts';
import type { CallFacts } from './facts.ts';
import { hearings, type Stretch } from './hearing.ts';
import { merged, musicPeriods, overlaps, type Period, talkedSeconds, touching } from './hold.ts';
import type { Leg } from './leg.ts';
import { originOf } from './origin.ts';
import { isRecall } from './recall.ts';
import { cdrOf, recordingFile } from './recording.ts';
import { createRoster, type Roster } from './roster.ts';
import { holdDuring, secondCalls, wasMadeToTransfer } from './second-call.ts';
import { readThreads, type Thread } from './threads.ts';

/** One employee's talk with the other side. */
export interface Talk {
  ours: Ours;
  stretches: Stretch[];
  /** When one of the two heard music instead of the other. */
  holds: Period[];
  /** When the employee accepted: by the phone's own answer where it was called; null if they never talked. */
  acceptedAtMs: number | null;
}

/** What the rows of one call amount to, before it is put into the words of `Call`. */
export interface Reading {
  thread: Thread;
  cast: Cast;
  context: Context;
  attempts: Attempt[];
  /** One per phone of ours, in order of appearance. */
  talks: Talk[];
  /** Stretches in which the client talked with somebody outside. */
  outsideTalks: Map<Leg, Stretch[]>;
  startedAtMs: number;
  /** The end, or the latest row while the call lasts. */
  nowMs: number;
  isConsultation: boolean;
}

/** All calls among the facts, in order of their beginning. */
export function readCalls(facts: CallFacts, described: PbxDescription, cdr: readonly CdrRow[]): Reading[] {
  // a call that began before an upgrade carries a description without what was added since
  const pbx = { ...defaultPbx(described.id, described.timezone), ...described };
  const roster = createRoster(Object.values(facts.legs), pbx);
  const threads = readThreads(facts, roster);
  const all = threads.map((thread) => readCall(thread, facts, roster, pbx, cdr));
  const readings = all.filter((reading) => !isRecall(reading, all));
  const second = secondCalls(readings);
  for (const reading of readings) {
    reading.isConsultation = wasMadeToTransfer(reading, second);
    const during = second.filter((one) => one.first === reading);
    if (!facts.tellsMusic) holdDuring(during, reading);
  }
  return readings.sort((a, b) => a.startedAtMs - b.startedAtMs || a.thread.root.firstRowId - b.thread.root.firstRowId);
}

function readCall(
  thread: Thread,
  facts: CallFacts,
  roster: Roster,
  pbx: PbxDescription,
  cdr: readonly CdrRow[],
): Reading {
  const dialling = readDialling(thread.family, roster);
  const own = cdrOf(thread, cdr);
  const context: Context = {
    pbx,
    roster,
    dialling,
    cdr: own,
    recording: recordingFile(thread, own),
    legsOfAll: facts.legs,
  };
  const cast = readCast(thread, context);
  const startedAtMs = beginningOf(thread.root);
  const nowMs = thread.ended?.atMs ?? facts.lastRowAtMs ?? startedAtMs;
  const wires = thread.legs.filter((leg) => leg.music.length > 0 && roster.kindOf(leg.channel) === 'local');
  const heard = hearings(thread.legs, cast.clients, [...cast.ours.map((one) => one.leg), ...cast.outsiders, ...wires]);
  // what is played to a Local channel is heard by whoever is behind its other half, instead of the talk
  const wireMusic = wires.flatMap((leg) => overlaps(musicPeriods(leg), heard.get(leg) ?? [], nowMs));
  const music = merged([...cast.clients.flatMap(musicPeriods), ...wireMusic]);
  return {
    thread,
    cast,
    context,
    attempts: readAttempts(cast.ours, thread, dialling),
    talks: cast.ours.map((ours) => talkOf(ours, heard.get(ours.leg) ?? [], music, cast, thread.linkedid)),
    outsideTalks: new Map(cast.outsiders.map((leg) => [leg, heard.get(leg) ?? []])),
    startedAtMs,
    nowMs,
    isConsultation: false,
  };
}

/** Where the first row is missing, the second in which the channel was made stands in its uniqueid. */
function beginningOf({ start, firstRowAtMs, uniqueid }: Leg): number {
  if (start) return start.atMs;
  return Math.min(firstRowAtMs, uniqueidToUtcMs(uniqueid) ?? firstRowAtMs);
}

function talkOf(ours: Ours, stretches: Stretch[], music: Period[], cast: Cast, linkedid: string): Talk {
  const { clients, caller } = cast;
  const joinedAtMs = stretches[0]?.fromMs;
  const answering = ours === caller ? clients : [ours.leg];
  // who comes over from another call has answered that one
  const own = answering.filter((leg) => leg.bridging.length > 0 && originOf(leg) === linkedid);
  const answers = own.flatMap((leg) => leg.answered?.atMs ?? []);
  const acceptedAtMs = joinedAtMs === undefined ? null : Math.min(joinedAtMs, ...answers);
  const untilMs = stretches.at(-1)?.toMs ?? Number.POSITIVE_INFINITY;
  const holds = joinedAtMs === undefined ? [] : touching(music, joinedAtMs, untilMs);
  return { ours, stretches, holds: [...holds, ...musicPeriods(ours.leg)], acceptedAtMs };
}

/** The moment from which the call counts as answered: the first employee's, or the client's where we called. */
export function firstAccepted({ talks }: Reading): Talk | undefined {
  const accepted = talks.filter((talk) => talk.acceptedAtMs !== null);
  return accepted.reduce<Talk | undefined>((a, b) => (a && joinedAt(a) <= joinedAt(b) ? a : b), undefined);
}

const joinedAt = (talk: Talk): number => talk.stretches[0]?.fromRowId ?? Number.POSITIVE_INFINITY;

/** Seconds of one employee's talk, without the time on hold. */
export function secondsOf(talk: Talk, nowMs: number): number {
  return talkedSeconds(talk.stretches, talk.holds, nowMs);
}
