import type { PbxDescription } from '../../../proto/pbx.ts';
import { isPhoneTechnology, readChannelName, readDestinations } from './channel.ts';
import type { Leg } from './leg.ts';

/** Whose channel it is; `local` is Asterisk's own wire between two channels. */
type ChannelKind = 'extension' | 'trunk' | 'local' | 'other';

/** Tells phones of employees from trunks. */
export interface Roster {
  kindOf(channel: string): ChannelKind;
  /** The extension whose phone it is. */
  extensionOf(channel: string): string;
  /** True if `dialled` is the number of an employee, a group or a queue. */
  isInside(dialled: string): boolean;
  /** True if a person listed it, not only its form fits. */
  isListed(dialled: string): boolean;
  /** True if only the form of its name tells what the channel's endpoint is. */
  isGuess(channel: string): boolean;
}

/** Which numbers and names are ours, by the description. */
interface Listing {
  pbx: PbxDescription;
  /** Form of an extension. */
  pattern: RegExp;
  employees: ReadonlySet<string>;
}

export function createRoster(legs: readonly Leg[], pbx: PbxDescription): Roster {
  const employees = new Set([...pbx.extensions, ...Object.values(pbx.mobiles)]);
  const listed = new Set([...employees, ...Object.keys(pbx.groups), ...Object.keys(pbx.queues)]);
  const pattern = new RegExp(pbx.extensionPattern);
  const isInside = (dialled: string) => listed.has(dialled) || pattern.test(dialled);
  const evidence = readEvidence(legs, pbx, isInside);
  const told = new Map<string, Told>();
  const tellOnce = (channel: string): Told => {
    const known = told.get(channel) ?? tell(channel, { pbx, pattern, employees }, evidence);
    told.set(channel, known);
    return known;
  };
  return {
    kindOf: (channel) => tellOnce(channel).kind,
    extensionOf(channel) {
      const { technology, endpoint } = readChannelName(channel);
      if (employees.has(endpoint) || pattern.test(endpoint)) return endpoint;
      return evidence.callerIds.get(`${technology}/${endpoint}`) ?? endpoint;
    },
    isInside,
    isListed: (dialled) => listed.has(dialled),
    isGuess: (channel) => tellOnce(channel).isGuess,
  };
}

interface Told {
  kind: ChannelKind;
  isGuess: boolean;
}

/**
 * Tells by, in this order: the description's lists; what `Dial` was told (a number *through* an endpoint makes it a
 * trunk); the context in which the endpoint's channels begin, which is the endpoint's own; the form of its name.
 */
function tell(channel: string, { pbx, pattern, employees }: Listing, evidence: Evidence): Told {
  const { technology, endpoint } = readChannelName(channel);
  const sure = (kind: ChannelKind): Told => ({ kind, isGuess: false });
  if (technology === 'Local') return sure('local');
  if (pbx.trunkPrefixes.some((prefix) => prefix !== '' && channel.startsWith(prefix))) return sure('trunk');
  if (employees.has(endpoint)) return sure('extension');
  if (!isPhoneTechnology(technology)) return sure('other');
  const known = evidence.kinds.get(`${technology}/${endpoint}`);
  if (known) return sure(known);
  return { kind: pattern.test(endpoint) ? 'extension' : 'trunk', isGuess: true };
}

interface Evidence {
  kinds: Map<string, ChannelKind>;
  /** Endpoints that are named otherwise than their extension: the caller id with which they are configured. */
  callerIds: Map<string, string>;
}

function readEvidence(legs: readonly Leg[], pbx: PbxDescription, isInside: (dialled: string) => boolean): Evidence {
  const kinds = new Map<string, ChannelKind>();
  const callerIds = new Map<string, string>();
  for (const leg of legs) {
    const { technology, endpoint } = readChannelName(leg.channel);
    const name = `${technology}/${endpoint}`;
    const context = leg.start?.context ?? '';
    if (beginsWithAny(context, pbx.inboundContexts)) kinds.set(name, 'trunk');
    else if (beginsWithAny(context, pbx.internalContexts) && !kinds.has(name)) kinds.set(name, 'extension');
    const callerId = leg.start?.callerIdNum ?? '';
    if (isInside(callerId)) callerIds.set(name, callerId);
  }
  for (const app of legs.flatMap((leg) => leg.apps)) {
    if (app.app !== 'Dial') continue;
    for (const { technology, endpoint, number } of readDestinations(app.arguments)) {
      if (number !== '' && number !== endpoint && !isInside(number)) kinds.set(`${technology}/${endpoint}`, 'trunk');
    }
  }
  return { kinds, callerIds };
}

function beginsWithAny(context: string, beginnings: readonly string[]): boolean {
  return beginnings.some((beginning) => beginning !== '' && context.startsWith(beginning));
}
