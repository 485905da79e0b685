import { numberInLocal, readChannelName, readDestinations } from './channel.ts';
import type { AppSeen, Leg } from './leg.ts';
import { isInitiator, originOf } from './origin.ts';
import type { Roster } from './roster.ts';
import { countBefore } from './row-order.ts';

/** Who called whom among the channels of a call. */
export interface Dialling {
  /** The channel that called this one; Local channels: the half that runs the dialplan was "called" by the other. */
  callerOf(leg: Leg): Leg | undefined;
  /** The application that called it, with its arguments, if a row tells. */
  appOf(leg: Leg): AppSeen | undefined;
  /** The number that was dialled through this trunk channel; empty if no row tells. */
  numberOf(leg: Leg): string;
  /** From the channel's caller up to the one that called first. */
  chainOf(leg: Leg): Leg[];
}

/** How many rows or channels around a moment are looked at: many more would be another attempt. */
const nearby = 32;

interface Call {
  by: Leg;
  app: AppSeen;
  number: string;
}

export function readDialling(legs: readonly Leg[], roster: Roster): Dialling {
  const halves = new Map(legs.map((leg) => [leg.channel, leg]));
  const calls = callsByEndpoint(legs);
  const told = new Map<Leg, Call | undefined>();
  const callOf = (leg: Leg): Call | undefined => {
    if (!told.has(leg)) told.set(leg, latestBefore(calls.get(endpointKey(leg)) ?? [], leg));
    return told.get(leg);
  };
  const otherHalf = (leg: Leg): Leg | undefined => {
    const { pair, half } = readChannelName(leg.channel);
    return half === '' ? undefined : halves.get(`${pair};${half === '1' ? '2' : '1'}`);
  };
  const localsByNumber = Map.groupBy(
    legs.filter((leg) => readChannelName(leg.channel).half === '2'),
    (leg) => numberInLocal(readChannelName(leg.channel).endpoint),
  );
  const callerOf = (leg: Leg): Leg | undefined => {
    if (readChannelName(leg.channel).half === '2') return otherHalf(leg);
    if (isInitiator(leg)) return undefined;
    return callOf(leg)?.by ?? localNamedFor(leg, localsByNumber, roster);
  };
  return {
    callerOf,
    appOf: (leg) => callOf(leg)?.app,
    numberOf: (leg) => callOf(leg)?.number ?? '',
    chainOf: (leg) => chainOf(leg, callerOf),
  };
}

function callsByEndpoint(legs: readonly Leg[]): Map<string, Call[]> {
  const calls = new Map<string, Call[]>();
  for (const by of legs) {
    for (const app of by.apps) {
      if (app.app !== 'Dial') continue;
      for (const { technology, endpoint, number } of readDestinations(app.arguments)) {
        const key = `${technology}/${endpoint}`;
        const known = calls.get(key);
        if (known) known.push({ by, app, number });
        else calls.set(key, [{ by, app, number }]);
      }
    }
  }
  for (const known of calls.values()) known.sort((a, b) => a.app.rowId - b.app.rowId);
  return calls;
}

function endpointKey(leg: Leg): string {
  const { technology, endpoint } = readChannelName(leg.channel);
  return `${technology}/${endpoint}`;
}

/**
 * Without APP_START the arguments stand only in later rows of who dialled: then the first that comes after counts. A
 * channel begins under the linkedid of who dialled it; who took that one's place in a transfer may show the arguments.
 */
function latestBefore(calls: readonly Call[], leg: Leg): Call | undefined {
  const count = countBefore(calls, leg.firstRowId, (call) => call.app.rowId);
  const [before, after] = [calls.slice(Math.max(0, count - nearby), count), calls.slice(count, count + nearby)];
  const origin = originOf(leg);
  const isOther = ({ by }: Call) => by !== leg && (by.ended === null || by.ended.rowId > leg.firstRowId);
  const isCaller = (call: Call) => isOther(call) && call.by.linkedids.some(({ linkedid }) => linkedid === origin);
  return before.findLast(isCaller) ?? after.find(isCaller) ?? before.findLast(isOther) ?? after.find(isOther);
}

/** Where no row tells who dialled: the Local channel whose name has the extension, or for a trunk an outside number. */
function localNamedFor(leg: Leg, locals: ReadonlyMap<string, Leg[]>, roster: Roster): Leg | undefined {
  const kind = roster.kindOf(leg.channel);
  const candidates =
    kind === 'extension'
      ? (locals.get(roster.extensionOf(leg.channel)) ?? [])
      : [...locals].flatMap(([number, legs]) => (number !== '' && !roster.isInside(number) ? legs : []));
  const ordered = kind === 'extension' ? candidates : candidates.toSorted((a, b) => a.firstRowId - b.firstRowId);
  const count = countBefore(ordered, leg.firstRowId, (local) => local.firstRowId);
  const lives = (local: Leg) => local.ended === null || local.ended.rowId > leg.firstRowId;
  return ordered.slice(Math.max(0, count - nearby), count).findLast(lives);
}

function chainOf(leg: Leg, callerOf: (leg: Leg) => Leg | undefined): Leg[] {
  const chain: Leg[] = [];
  for (let up = callerOf(leg); up && up !== leg && !chain.includes(up); up = callerOf(up)) chain.push(up);
  return chain;
}
