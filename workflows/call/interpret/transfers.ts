import type { Transfer } from '../../../proto/call.ts';
import { normalisePhone } from '../../../proto/phone.ts';
import { readChannelName } from './channel.ts';
import { stillRingsAt } from './consultation.ts';
import { isOutsideNumber } from './direction.ts';
import type { Leg } from './leg.ts';
import { numberThrough } from './numbers.ts';
import type { Reading } from './reading.ts';
import type { Turn } from './turn.ts';

/** Every time that the client was handed on, in order. */
export function readTransfers(reading: Reading): Transfer[] {
  const { thread } = reading;
  const own = thread.turns.filter((turn) => !isOfOtherSide(turn, reading));
  return own.flatMap((turn, index) => {
    const later = own.slice(index + 1);
    if (turn.kind === 'blind') return isParking(turn, later, reading) ? [] : [blindTransfer(turn, later, reading)];
    if (turn.kind === 'attended') return [attendedTransfer(turn, reading)];
    if (turn.kind === 'park-start') return [parking(turn, own.slice(0, index), later, reading)];
    return [];
  });
}

/** The client may have a switchboard too and transfer us: that hands nobody on among our people. */
function isOfOtherSide(turn: Turn, { cast, context }: Reading): boolean {
  if (turn.kind !== 'blind' && turn.kind !== 'attended') return false;
  const leg = cast.clients.find((client) => client.uniqueid === turn.uniqueid);
  return leg !== undefined && context.roster.kindOf(leg.channel) === 'trunk';
}

/** Parking by transfer writes both rows: the parking tells more. */
function isParking(turn: Turn, later: readonly Turn[], { context }: Reading): boolean {
  const next = later.find((one) => one.kind === 'park-start' || one.kind === 'blind');
  if (next?.kind !== 'park-start') return false;
  return next.uniqueid === turn.transfereeUniqueid || context.pbx.parkingExtensions.includes(turn.extension);
}

interface Taker {
  leg: Leg;
  to: string;
  toOutside: boolean;
}

function blindTransfer(turn: Turn, later: readonly Turn[], reading: Reading): Transfer {
  const until = later.find((next) => next.kind === 'blind' || next.kind === 'attended' || next.kind === 'park-start');
  const isNext = (rowId: number) => rowId > turn.rowId && rowId < (until?.rowId ?? Infinity);
  const takers = [...takersOf(reading), ...takersFromCaller(turn, reading)];
  const taker = takers.find(({ fromRowId }) => isNext(fromRowId));
  const dialled = dialledBy(turn, reading);
  return {
    kind: 'blind',
    from: extensionOf(turn.uniqueid, reading),
    to: taker?.to ?? dialled,
    dialled: turn.extension || null,
    atMs: turn.atMs,
    answered: taker !== undefined,
    toOutside: taker?.toOutside ?? isOutsideNumber(turn.extension, reading.context.roster),
    timedOut: false,
    rowId: turn.rowId,
  };
}

function dialledBy(turn: Turn, { context }: Reading): string | null {
  if (turn.extension === '' || context.roster.isInside(turn.extension)) return turn.extension || null;
  return normalisePhone(turn.extension, context.pbx.country);
}

/** Everybody who ever talked with the client, by when they began to. */
function takersOf(reading: Reading): (Taker & { fromRowId: number })[] {
  const ours = reading.talks.flatMap(({ ours: { leg, extension }, stretches }) =>
    stretches.map(({ fromRowId }) => ({ leg, to: extension, toOutside: false, fromRowId })),
  );
  const outside = [...reading.outsideTalks].flatMap(([leg, stretches]) =>
    stretches.map(({ fromRowId }) => ({ leg, to: numberOf(leg, reading) ?? '', toOutside: true, fromRowId })),
  );
  return [...ours, ...outside].sort((a, b) => a.fromRowId - b.fromRowId);
}

/** A colleague who called may hand on whom they called, and be gone: who talks with that one then. */
function takersFromCaller(turn: Turn, { talks, context }: Reading): (Taker & { fromRowId: number })[] {
  return talks.flatMap(({ ours: { leg, extension } }) => {
    const [entrance] = leg.bridging;
    const isCalled = context.dialling.chainOf(leg).some(({ uniqueid }) => uniqueid === turn.transfereeUniqueid);
    return entrance && isCalled ? [{ leg, to: extension, toOutside: false, fromRowId: entrance.rowId }] : [];
  });
}

/** Through a trunk, by what was dialled; the transferer's words where no row of `Dial` tells. */
function numberOf(leg: Leg, reading: Reading): string | null {
  const through = numberThrough(leg, reading.context);
  if (through !== null) return through;
  const turn = reading.thread.turns.findLast(({ kind, rowId }) => kind === 'blind' && rowId < leg.firstRowId);
  const local = reading.context.dialling.chainOf(leg).find((one) => readChannelName(one.channel).half !== '');
  const dialled = turn?.extension ?? (local && readChannelName(local.channel).endpoint.split('@')[0]) ?? '';
  return normalisePhone(dialled, reading.context.pbx.country);
}

function attendedTransfer(turn: Turn, reading: Reading): Transfer {
  const target = targetOf(turn, reading);
  const takers = takersOf(reading);
  const taker = target
    ? takers.find(({ leg }) => leg === target)
    : takers.findLast((one) => one.fromRowId < turn.rowId);
  const isOutside = target !== undefined && reading.cast.outsiders.includes(target);
  const named = target && (isOutside ? numberOf(target, reading) : extensionOf(target.uniqueid, reading));
  return {
    kind: 'attended',
    from: extensionOf(turn.uniqueid, reading),
    to: taker?.to ?? named ?? null,
    dialled: null,
    atMs: turn.atMs,
    answered: taker !== undefined,
    toOutside: taker?.toOutside ?? isOutside,
    timedOut: false,
    rowId: turn.rowId,
  };
}

/** Who takes over: behind a Local channel the phone that was called through it, else the phone that still rings. */
function targetOf(turn: Turn, { thread, cast, talks, outsideTalks, context }: Reading): Leg | undefined {
  const people = [...talks.map((talk) => talk.ours.leg), ...outsideTalks.keys()];
  const answering = (legs: Leg[]) => legs.find((leg) => leg.answered !== null) ?? legs[0];
  if (turn.targetUniqueid === '') return answering(people.filter((leg) => stillRingsAt(turn, leg)));
  // a phone may complete the transfer from its second call: then the client is the target
  const isClient = cast.clients.some((leg) => leg.uniqueid === turn.targetUniqueid);
  const uniqueid = isClient ? turn.transfereeUniqueid : turn.targetUniqueid;
  const target = thread.legs.find((leg) => leg.uniqueid === uniqueid);
  if (!target || context.roster.kindOf(target.channel) !== 'local') return target;
  return answering(people.filter((leg) => context.dialling.chainOf(leg).includes(target)));
}

function parking(turn: Turn, earlier: readonly Turn[], later: readonly Turn[], reading: Reading): Transfer {
  const by = earlier.findLast((one) => one.kind === 'blind' && one.transfereeUniqueid === turn.uniqueid);
  const end = later.find((one) => one.kind === 'park-end');
  const parkerEndpoint = turn.parker.split('/')[1]?.split(/[@,]/)[0] ?? '';
  const { roster } = reading.context;
  const named = parkerEndpoint === '' ? lastTalkerBefore(turn, reading) : roster.extensionOf(`${turn.parker}-0`);
  const from = (by && extensionOf(by.uniqueid, reading)) ?? named;
  const retriever = end && end.retriever !== '' ? roster.extensionOf(end.retriever) : undefined;
  const timedOut = end?.parkEnd === 'ParkedCallTimeOut';
  const dialled = by?.extension || null;
  const next = later.find((one) => one.kind === 'park-start' || one.kind === 'blind');
  const taker =
    end && takersOf(reading).find(({ fromRowId }) => fromRowId > turn.rowId && fromRowId < (next?.rowId ?? Infinity));
  return {
    kind: 'park',
    from,
    to: taker?.to ?? retriever ?? (timedOut ? from : dialled),
    dialled,
    atMs: (by ?? turn).atMs,
    answered: taker !== undefined,
    toOutside: false,
    timedOut,
    rowId: (by ?? turn).rowId,
  };
}

function lastTalkerBefore(turn: Turn, { talks }: Reading): string | null {
  const before = talks.filter((talk) => talk.stretches.some(({ fromRowId }) => fromRowId < turn.rowId));
  return before.at(-1)?.ours.extension ?? null;
}

function extensionOf(uniqueid: string, { cast, context }: Reading): string | null {
  const ours = [...cast.ours, ...(cast.caller ? [cast.caller] : [])].find(({ leg }) => leg.uniqueid === uniqueid);
  if (ours) return ours.extension;
  const leg = Object.hasOwn(context.legsOfAll, uniqueid) ? context.legsOfAll[uniqueid] : undefined;
  return leg && context.roster.kindOf(leg.channel) === 'extension' ? context.roster.extensionOf(leg.channel) : null;
}
