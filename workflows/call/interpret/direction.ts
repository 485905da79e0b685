import type { Direction } from '../../../proto/call.ts';
import { extensionOfMobile } from '../../../proto/mobiles.ts';
import { normalisePhone } from '../../../proto/phone.ts';
import type { Context } from './cast.ts';
import type { Leg } from './leg.ts';
import { isInitiator } from './origin.ts';
import type { Roster } from './roster.ts';
import type { Thread } from './threads.ts';

/**
 * True if a program asked Asterisk for the call (`Originate`): the first channel is one that Asterisk called. Its rows
 * name `AppDial2`; before the first of them its extension tells, which for a phone that dials is never `s`.
 */
export function isOriginated(root: Leg, roster: Roster): boolean {
  if (root.calledBy === 'AppDial2') return true;
  const kind = roster.kindOf(root.channel);
  if (kind === 'local') return true;
  return kind === 'extension' && isInitiator(root) && root.start !== null && ['s', ''].includes(root.start.exten);
}

/** Which way the call goes; null if the rows do not tell. */
export function directionOf(thread: Thread, originated: boolean, context: Context): Direction | null {
  const { roster } = context;
  const kind = roster.kindOf(thread.root.channel);
  // who transfers to a phone that still rings leaves their channel with the name of the application that called it
  const wasCalled = !isInitiator(thread.root) && ['AppDial', 'AppQueue'].includes(thread.root.calledBy);
  if (kind === 'other' || wasCalled) return null;
  if (originated) return originatedDirection(thread, context);
  if (kind === 'trunk') return mobileOwner(callerIdOf(thread.root), context) ? fromMobile(thread, context) : 'inbound';
  const direction = dialledDirection(thread, context);
  return direction === 'outbound' && leadsToMobile(thread, context) ? 'internal' : direction;
}

/** By what the phone dialled. A colleague's number may lead outside (forward), an outside number may be short (112). */
function dialledDirection(thread: Thread, { roster, dialling }: Context): Direction {
  const dialled = dialledExten(thread.root);
  const called = thread.legs.filter((leg) => leg !== thread.root && !isInitiator(leg));
  const trunks = called.filter((leg) => roster.kindOf(leg.channel) === 'trunk');
  const phones = called.filter((leg) => roster.kindOf(leg.channel) === 'extension');
  const isNumber = /^\+?\d+$/.test(dialled);
  if (isNumber && !roster.isInside(dialled)) return 'outbound';
  if (trunks.length === 0) return 'internal';
  if (!isNumber) return phones.length > 0 ? 'internal' : 'outbound'; // a feature code before an outside number
  const goesOut = trunks.some((leg) => dialled.endsWith(dialling.numberOf(leg) || 'nowhere'));
  if (goesOut) return 'outbound';
  const isForwarded = roster.isListed(dialled) || called.some((leg) => roster.kindOf(leg.channel) !== 'trunk');
  return isForwarded || dialling.numberOf(trunks[0] as Leg) !== '' ? 'internal' : 'outbound';
}

/** The employee whose mobile this is, by the description's list: their mobile counts as their extension. */
export function mobileOwner(raw: string, { pbx }: Context): string | undefined {
  const number = Object.keys(pbx.mobiles).length > 0 ? normalisePhone(raw, pbx.country) : null;
  return number === null ? undefined : extensionOfMobile(number, pbx.mobiles);
}

export function callerIdOf({ start, ani }: Leg): string {
  return start?.callerIdNum || ani?.value || '';
}

/** An employee calls in from their mobile: to a colleague, or through the PBX to a client. */
function fromMobile({ legs, root }: Thread, context: Context): Direction {
  const others = legs.filter((leg) => leg !== root && context.roster.kindOf(leg.channel) === 'trunk');
  const toClient = others.filter((leg) => mobileOwner(context.dialling.numberOf(leg), context) === undefined);
  return toClient.length > 0 ? 'outbound' : 'internal';
}

function leadsToMobile({ legs, root }: Thread, context: Context): boolean {
  const trunks = legs.filter((leg) => leg !== root && context.roster.kindOf(leg.channel) === 'trunk');
  const numbers = [...trunks.map((leg) => context.dialling.numberOf(leg)), dialledExten(root)].filter((n) => n !== '');
  return mobileOwner(numbers[0] ?? '', context) !== undefined;
}

function originatedDirection(thread: Thread, context: Context): Direction {
  const kinds = thread.legs.map((leg) => context.roster.kindOf(leg.channel));
  if (kinds.includes('trunk')) return 'outbound';
  const phones = kinds.filter((kind) => kind === 'extension');
  return phones.length > 1 && clientInCallerId(thread, context) === undefined ? 'internal' : 'outbound';
}

/** What the phone dialled, before the dialplan changed it. */
export function dialledExten(root: Leg): string {
  const exten = root.start?.exten ?? '';
  return /\d/.test(exten) ? exten : (root.dnid?.value ?? exten);
}

/**
 * The client's number of a call that a program asked for: the caller id that it passed. The first one counts: the
 * dialplan sets the outgoing caller id later.
 */
export function clientInCallerId(thread: Thread, { roster, pbx }: Context): string | undefined {
  const asked = thread.legs.filter((leg) => leg === thread.root || roster.kindOf(leg.channel) === 'local');
  const seen = asked.flatMap((leg) => [leg.ani?.value, leg.lastCallerId?.value]).filter((id) => id !== undefined);
  return seen.find((id) => isOutsideNumber(id, roster) && !pbx.ownCallerIds.includes(id));
}

export function isOutsideNumber(text: string, roster: Roster): boolean {
  return /^\+?\d+$/.test(text) && !roster.isInside(text) && normalisePhone(text, 'RU') !== null;
}
