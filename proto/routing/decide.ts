import { type Static, Type } from 'typebox';
import type { Client } from '../client.ts';
import { phonesOf } from '../employees.ts';
import { extensionOfMobile } from '../mobiles.ts';
import { isOpen } from '../opening-hours.ts';
import { normalisePhone, phoneKey } from '../phone.ts';
import { rewritten } from '../rewriting.ts';
import type { CallSettings } from '../settings.ts';
import { displayName } from './display-name.ts';
import type { Instead, PbxRouting } from './settings.ts';

/** What a PBX asks when a call comes: as it has them. */
export interface RoutingQuestion {
  number: string;
  /** The number called; empty if the PBX does not know. */
  did: string;
}

/** What a decision depends on beside the question; it changes rarely. */
export interface RoutingFacts extends Pick<CallSettings, 'pbx' | 'employees' | 'inactiveUsers' | 'calendars'> {
  /** undefined: nothing was ever set. */
  routing: PbxRouting | undefined;
}

/** How it stands in the moment of the question. */
export interface RoutingMoment {
  /** Whom amoCRM has under the number, as far as is known. */
  client: Client | null | undefined;
  /** Extensions that talk, dial or ring. */
  busy: ReadonlySet<string>;
  /** ms UTC */
  atMs: number;
}

/** Why nobody is to be looked for at all. */
const NotAsked = Type.Enum(['off', 'no-number', 'other-did', 'colleague']);
type NotAsked = Static<typeof NotAsked>;

/** What decided. */
const RoutingReason = Type.Enum([
  ...NotAsked.enum,
  'unknown-client',
  'closed',
  'free',
  'busy',
  'no-responsible',
  'deactivated',
  'no-extension',
]);
type RoutingReason = Static<typeof RoutingReason>;

const Rung = Type.Enum(['default-route', 'responsible', 'deputy', 'named']);

export const RoutingDecision = Type.Object({
  reason: RoutingReason,
  /** Who is rung; `named`: the extension that the settings name for this case. */
  rung: Rung,
  /** null: the default route. */
  extension: Type.Union([Type.String(), Type.Null()]),
  /** For the display; empty: as the PBX has it. */
  name: Type.String(),
});
export type RoutingDecision = Static<typeof RoutingDecision>;

/** The number under which the client is to be looked up, digits with the country code; or why nobody is. */
export function readCaller(question: RoutingQuestion, facts: RoutingFacts): { phone: string } | { reason: NotAsked } {
  const { routing, pbx } = facts;
  if (!routing?.enabled) return { reason: 'off' };
  const phone = phoneOf(question.number, pbx);
  if (phone === null) return { reason: 'no-number' };
  if (!isRouted(question.did, routing)) return { reason: 'other-did' };
  if (extensionOfMobile(phone, pbx.mobiles) !== undefined) return { reason: 'colleague' };
  return { phone };
}

/** Whom a PBX is to ring for a call, and what the display is to show. */
export function decideRoute(question: RoutingQuestion, facts: RoutingFacts, moment: RoutingMoment): RoutingDecision {
  const caller = readCaller(question, facts);
  if ('reason' in caller) return defaultRoute(caller.reason, '');
  const { client } = moment;
  if (!client) return defaultRoute('unknown-client', '');
  const name = displayName(client.name);
  const hours = facts.routing?.hours;
  const office = facts.calendars?.find(({ id }) => id === hours?.calendar);
  if (hours && office && !isOpen(office, moment.atMs)) return instead(hours.outside, 'closed', name, moment);
  return toResponsible(client, facts, moment, name);
}

/** One line for the dialplan: `101|Ivan`; `|Ivan` on the default route; empty if there is nothing to say. */
export function routingAnswer({ extension, name }: Pick<RoutingDecision, 'extension' | 'name'>): string {
  return extension === null && name === '' ? '' : `${extension ?? ''}|${name}`;
}

function toResponsible(client: Client, facts: RoutingFacts, moment: RoutingMoment, name: string): RoutingDecision {
  const { responsibleUserId } = client;
  const own = extensionsOf(responsibleUserId, facts);
  const free = own.find((extension) => !moment.busy.has(extension));
  const reason = reasonOf(responsibleUserId, own, free, facts);
  if (reason === 'free' && free !== undefined) return { reason, rung: 'responsible', extension: free, name };
  const { deputies = {}, whenBusy = 'default-route', whenAbsent = 'default-route' } = facts.routing ?? {};
  const key = String(responsibleUserId);
  const deputy = Object.hasOwn(deputies, key) ? deputies[key] : undefined;
  if (deputy !== undefined && !moment.busy.has(deputy)) return { reason, rung: 'deputy', extension: deputy, name };
  if (reason !== 'busy') return instead(whenAbsent, reason, name, moment);
  const [first = null] = own;
  return whenBusy === 'ring'
    ? { reason, rung: 'responsible', extension: first, name }
    : instead(whenBusy, reason, name, moment);
}

function reasonOf(
  userId: number | null,
  own: readonly string[],
  free: string | undefined,
  { inactiveUsers = [] }: RoutingFacts,
): RoutingReason {
  if (userId === null) return 'no-responsible';
  if (inactiveUsers.includes(userId)) return 'deactivated';
  if (own.length === 0) return 'no-extension';
  return free === undefined ? 'busy' : 'free';
}

/** The phones of an active user, in order of their numbers. */
function extensionsOf(userId: number | null, { employees, inactiveUsers = [] }: RoutingFacts): string[] {
  if (userId === null || inactiveUsers.includes(userId)) return [];
  const own = phonesOf(userId, employees);
  return own.filter((extension) => /^\d{1,10}$/.test(extension)).sort((a, b) => Number(a) - Number(b));
}

/** An extension that is named for a case is a phone that may be busy, too. */
function instead(where: Instead, reason: RoutingReason, name: string, { busy }: RoutingMoment): RoutingDecision {
  if (where === 'default-route' || busy.has(where.extension)) return defaultRoute(reason, name);
  return { reason, rung: 'named', extension: where.extension, name };
}

function defaultRoute(reason: RoutingReason, name: string): RoutingDecision {
  return { reason, rung: 'default-route', extension: null, name };
}

/** Shorter ones are extensions and service numbers; no number on earth is longer than 15 digits. */
const digitsOfPhone = { fewest: 5, most: 18 };

function phoneOf(raw: string, { country, rewriting }: CallSettings['pbx']): string | null {
  if (!/^\+?[\d ().-]{1,40}$/.test(raw)) return null;
  const phone = normalisePhone(rewritten(raw, rewriting) ?? raw, country);
  const isPhone = phone !== null && phone.length >= digitsOfPhone.fewest && phone.length <= digitsOfPhone.most;
  return isPhone ? phone : null;
}

/** Providers send numbers of ours with the country code or without, so they are compared as amoCRM compares phones. */
function isRouted(did: string, { dids }: PbxRouting): boolean {
  const key = phoneKey(did);
  return dids === undefined || dids.some((one) => one === did || (key !== '' && phoneKey(one) === key));
}
