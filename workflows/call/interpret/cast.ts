import type { Direction } from '../../../proto/call.ts';
import type { CdrRow } from '../../../proto/cdr.ts';
import type { PbxDescription } from '../../../proto/pbx.ts';
import { normalisePhone } from '../../../proto/phone.ts';
import { readChannelName } from './channel.ts';
import { isConsultation, stillRingsAt } from './consultation.ts';
import type { Dialling } from './dialling.ts';
import { callerIdOf, dialledExten, directionOf, isOriginated, mobileOwner } from './direction.ts';
import { forwardingExtension } from './forward.ts';
import type { Leg } from './leg.ts';
import { isInitiator, originOf } from './origin.ts';
import type { Roster } from './roster.ts';
import type { Thread } from './threads.ts';
import type { Turn } from './turn.ts';

/** What is known when a call is read. */
export interface Context {
  pbx: PbxDescription;
  roster: Roster;
  dialling: Dialling;
  /** CDR rows of the call's channels. */
  cdr: readonly CdrRow[];
  /** The recording's file name, whether or not there is sound in it. */
  recording: string | null;
  /** Every channel that the facts know, by uniqueid: rows of one call may name one of another. */
  legsOfAll: Readonly<Record<string, Leg>>;
}

/** A phone of ours in the call, or a mobile that was called in place of one. */
export interface Ours {
  leg: Leg;
  extension: string;
  /** The mobile's number; null for the employee's own phone. */
  answeredOn: string | null;
  /** False for who came by themselves: the caller, who picks up, who fetches a parked client. */
  wasCalled: boolean;
}

/** Who takes part in a call and on which side. */
export interface Cast {
  direction: Direction | null;
  /** Ringing began at our own phone because somebody clicked or a program asked for the call. */
  originated: boolean;
  /** The employee who calls; undefined on inbound calls. */
  caller: Ours | undefined;
  /** The other side: the client's channels, on internal calls the caller's. */
  clients: Leg[];
  /** In order of appearance. */
  ours: Ours[];
  /** Somebody outside to whom the client was transferred. */
  outsiders: Leg[];
}

export function readCast(thread: Thread, context: Context): Cast {
  const { roster } = context;
  const { root } = thread;
  const originated = isOriginated(root, roster);
  const direction = directionOf(thread, originated, context);
  const phones = thread.legs.filter((leg) => roster.kindOf(leg.channel) === 'extension');
  const isMobile = direction !== 'inbound' && mobileOwner(callerIdOf(root), context) !== undefined;
  const callerLeg = direction === 'inbound' ? undefined : phones.find((leg) => leg === root || originated);
  const calling = callerLeg ?? (isMobile && roster.kindOf(root.channel) === 'trunk' ? root : undefined);
  const roles = trunkRoles(thread, direction, calling, context);
  const ours = thread.legs.flatMap((leg) => oursOf(leg, thread, roles, calling, context));
  const caller = ours.find(({ leg }) => leg === calling);
  return {
    direction,
    originated,
    caller,
    clients: clientsOf(thread, direction, calling, roles),
    ours: direction === 'internal' ? ours.filter((one) => one !== caller) : ours,
    outsiders: [...roles].flatMap(([leg, role]) => (role.is === 'outsider' ? [leg] : [])),
  };
}

function clientsOf({ root }: Thread, direction: Direction | null, callerLeg: Leg | undefined, roles: Roles): Leg[] {
  if (direction === 'inbound') return [root];
  if (direction === 'internal') return [callerLeg ?? root];
  return [...roles].flatMap(([leg, role]) => (role.is === 'client' ? [leg] : []));
}

function oursOf(leg: Leg, thread: Thread, roles: Roles, callerLeg: Leg | undefined, context: Context): Ours[] {
  const wasCalled = !isInitiator(leg) && leg !== callerLeg;
  const role = roles.get(leg);
  if (role?.is === 'employee') return [{ leg, extension: role.extension, answeredOn: role.number, wasCalled: true }];
  if (context.roster.kindOf(leg.channel) !== 'extension') return leg === callerLeg ? [mobileCaller(leg, context)] : [];
  if (leg === thread.root && leg !== callerLeg) return [];
  return [{ leg, extension: context.roster.extensionOf(leg.channel), answeredOn: null, wasCalled }];
}

function mobileCaller(leg: Leg, context: Context): Ours {
  const number = normalisePhone(callerIdOf(leg), context.pbx.country) ?? '';
  return { leg, extension: mobileOwner(number, context) ?? number, answeredOn: number, wasCalled: false };
}

type Role = { is: 'client' } | { is: 'outsider' } | { is: 'employee'; extension: string; number: string };
type Roles = Map<Leg, Role>;

/** What each channel to the outside is for: the client, an employee's mobile, somebody the client was handed to. */
function trunkRoles(thread: Thread, direction: Direction | null, caller: Leg | undefined, context: Context): Roles {
  const trunks = thread.legs.filter((leg) => context.roster.kindOf(leg.channel) === 'trunk');
  return new Map(
    trunks
      .filter((leg) => leg !== caller && (leg !== thread.root || direction !== 'inbound'))
      .map((leg) => [leg, trunkRole(leg, thread, direction, context)]),
  );
}

function trunkRole(leg: Leg, thread: Thread, direction: Direction | null, context: Context): Role {
  if (leg === thread.root || isInitiator(leg)) return { is: 'client' };
  if (direction === 'outbound' && isDialledByRoot(leg, thread, context)) return { is: 'client' };
  const handedTo = dialledByTransfer(leg, thread, context);
  if (handedTo !== undefined && !context.roster.isInside(handedTo)) return { is: 'outsider' };
  // another call's channel came by a transfer, though without the column `extra` no row tells so
  if (handedTo === undefined && direction === 'outbound')
    return { is: originOf(leg) === thread.linkedid ? 'client' : 'outsider' };
  const raw = context.dialling.numberOf(leg) || outsideNumberInChain(leg, context);
  const number = normalisePhone(raw, context.pbx.country) ?? '';
  return { is: 'employee', extension: forwardingExtension(leg, number, handedTo, thread, context), number };
}

/** Whoever made the call dialled this channel: by their application, or before they talked with anybody. */
function isDialledByRoot(leg: Leg, { linkedid, root, turns }: Thread, { dialling, roster }: Context): boolean {
  const hasLeft = turns.some((turn) => turn.uniqueid === root.uniqueid && turn.rowId < leg.firstRowId);
  if (originOf(leg) !== linkedid || hasLeft) return false;
  const chain = dialling.chainOf(leg);
  if (chain[0] === root) return true;
  if (chain.length === 0) return leg.firstRowId < (root.bridging[0]?.rowId ?? Number.POSITIVE_INFINITY);
  const isWire = (one: Leg) => one === root || (roster.kindOf(one.channel) === 'local' && !isConsultation(one));
  return chain.includes(root) && chain.every(isWire) && blindTransferBefore(leg, turns) === undefined;
}

/** What somebody dialled in order to transfer, if this channel is a consequence of that; empty if it is not told. */
function dialledByTransfer(leg: Leg, { turns }: Thread, context: Context): string | undefined {
  const chain = context.dialling.chainOf(leg);
  const consulted = chain.findLast(isConsultation);
  if (consulted) return numberOfLocal(consulted);
  const isTarget = (turn: Turn) => [leg, ...chain].some((one) => one.uniqueid === turn.targetUniqueid);
  const attended = turns.find((turn) => isTarget(turn) || stillRingsAt(turn, leg));
  return attended ? dialledToAsk(attended, leg, context) : blindTransferBefore(leg, turns)?.extension;
}

/** What was dialled in the call that the transferer made in order to ask. */
function dialledToAsk(turn: Turn, leg: Leg, { legsOfAll }: Context): string {
  const asking = [turn.secondUniqueid, turn.uniqueid].find((uniqueid) => uniqueid === originOf(leg));
  const root = asking !== undefined && Object.hasOwn(legsOfAll, asking) ? legsOfAll[asking] : undefined;
  return root ? dialledExten(root) : '';
}

function blindTransferBefore(leg: Leg, turns: readonly Turn[]): Turn | undefined {
  const before = turns.filter((turn) => turn.rowId < leg.firstRowId && (turn.kind === 'blind' || isParking(turn)));
  const last = before.at(-1);
  return last && !isParking(last) ? last : undefined;
}

function isParking(turn: Turn): boolean {
  return turn.kind === 'park-start' || turn.kind === 'park-end';
}

function numberOfLocal(leg: Leg): string {
  return readChannelName(leg.channel).endpoint.split('@')[0] ?? '';
}

function outsideNumberInChain(leg: Leg, { dialling, roster }: Context): string {
  const numbers = dialling.chainOf(leg).map((one) => numberOfLocal(one).replace(/^[A-Z]+-|#$/g, ''));
  return numbers.find((number) => /^\+?\d+$/.test(number) && !roster.isInside(number)) ?? '';
}
