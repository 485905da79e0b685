import type { PbxDescription } from '../../../proto/pbx.ts';
import { isWholeNumber, isWithheld, normalisePhone } from '../../../proto/phone.ts';
import { rewritten } from '../../../proto/rewriting.ts';
import type { Cast, Context } from './cast.ts';
import { readDestinations } from './channel.ts';
import { clientInCallerId, dialledExten, isOutsideNumber } from './direction.ts';
import type { Leg } from './leg.ts';
import { recordingPrefix } from './recording.ts';
import type { Thread } from './threads.ts';

export interface FoundNumber {
  /** Digits with the country code; null if hidden or unknown. */
  number: string | null;
  /** True if a digit that leads outside had to be guessed away. */
  isGuess: boolean;
  /** What stands in its place and is no number. */
  unreadable?: string;
}

/** The client's number. */
export function clientNumber(thread: Thread, cast: Cast, context: Context): FoundNumber {
  const { pbx } = context;
  if (cast.direction === 'inbound') {
    const { start, ani, lastCallerId } = thread.root;
    const shown = start?.callerIdNum || ani?.value || lastCallerId?.value || '';
    const number = readNumber(shown, pbx);
    return { number, isGuess: false, ...(number === null && !isWithheld(shown) && { unreadable: shown }) };
  }
  if (cast.direction !== 'outbound') return { number: null, isGuess: false };
  const dialled = dialledOutside(thread, cast, context);
  if (dialled !== undefined) return { number: readNumber(dialled, pbx), isGuess: false };
  return guessedFromDialling(thread, context);
}

function readNumber(raw: string, { country, rewriting }: PbxDescription): string | null {
  return normalisePhone(rewritten(raw, rewriting) ?? raw, country);
}

/** From the surest: what `Dial` was told, in CEL or CDR; the caller id that a program passed; the channel itself. */
function dialledOutside(thread: Thread, cast: Cast, context: Context): string | undefined {
  const { dialling, pbx } = context;
  const [client] = cast.clients.slice(-1);
  const candidates = [
    client ? dialling.numberOf(client) : undefined,
    ...(client ? [] : thread.root.apps.flatMap((app) => readDestinations(app.arguments).map((one) => one.number))),
    ...cdrNumbers(context),
    cast.originated ? clientInCallerId(thread, context) : undefined,
    recordingPrefix(context, 'out'),
    client && client.start?.callerIdNum === '' ? client.lastCallerId?.value : undefined,
  ];
  const number = candidates.find((text) => text && /^\+?\d+$/.test(text) && !pbx.ownCallerIds.includes(text));
  return number;
}

function cdrNumbers({ cdr, roster }: Context): string[] {
  return cdr
    .filter((row) => row.lastApp === 'Dial')
    .flatMap((row) => readDestinations(row.lastData))
    .map((destination) => destination.number)
    .filter((number) => isOutsideNumber(number, roster));
}

/** Of what the employee dialled: without the digits that lead outside, which are known or must be guessed. */
function guessedFromDialling(thread: Thread, { pbx }: Context): FoundNumber {
  const dialled = dialledExten(thread.root);
  const isWhole = rewritten(dialled, pbx.rewriting) !== undefined || isWholeNumber(dialled, pbx.country);
  if (isWhole) return { number: readNumber(dialled, pbx), isGuess: false };
  const known = pbx.outboundPrefixes.filter((prefix) => prefix !== '' && dialled.startsWith(prefix));
  for (const prefix of known.sort((a, b) => b.length - a.length)) {
    const rest = dialled.slice(prefix.length);
    if (rest.length >= 3) return { number: readNumber(rest, pbx), isGuess: false };
  }
  for (const length of [1, 2, 3]) {
    const rest = dialled.slice(length);
    if (isWholeNumber(rest, pbx.country)) return { number: normalisePhone(rest, pbx.country), isGuess: true };
  }
  return { number: /\d/.test(dialled) ? normalisePhone(dialled, pbx.country) : null, isGuess: false };
}

/** The number of ours that was called from outside, as received. */
export function dialledDid(thread: Thread, cast: Cast, context: Context): string | null {
  if (cast.direction !== 'inbound') return null;
  const dialled = dialledExten(thread.root);
  if (/\d/.test(dialled)) return dialled;
  return context.cdr.find((row) => row.did !== '')?.did ?? null;
}

/** The number that was called through a channel to the outside. */
export function numberThrough(leg: Leg, { dialling, pbx }: Context): string | null {
  const raw = dialling.numberOf(leg) || (leg.start?.callerIdNum === '' ? (leg.lastCallerId?.value ?? '') : '');
  return normalisePhone(raw, pbx.country);
}
