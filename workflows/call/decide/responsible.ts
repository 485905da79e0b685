import type { Call, Conversation } from '../../../proto/call.ts';
import type { Responsible } from '../../../proto/rule.ts';
import type { CallSettings } from '../../../proto/settings.ts';
import type { Case } from './case.ts';
import { numberOf } from './number.ts';

/** The first of the chain who is an active user of amoCRM; undefined if none is. */
export function responsibleUser(chain: readonly Responsible[], of: Case): number | undefined {
  const isActive = (userId: number) => !of.settings.inactiveUsers?.includes(userId);
  return chain.flatMap((link) => usersOf(link, of)).find(isActive);
}

/** Who of ours it was, in the chain's sense, whether or not amoCRM knows them. */
export function responsibleExtension(chain: readonly Responsible[], call: Call): string | undefined {
  return chain.flatMap((link) => extensionsOf(link, call))[0];
}

/** The user of an extension. */
export function userOf(extension: string, { employees }: CallSettings): number | undefined {
  return Object.hasOwn(employees, extension) ? employees[extension] : undefined;
}

/** In order of preference. */
function usersOf(link: Responsible, of: Case): number[] {
  const { call, settings, about } = of;
  if (link === 'clients-own') return known(about.client?.responsibleUserId);
  if (link === 'by-number') return known(numberOf(of).responsibleUserId);
  if (typeof link === 'string') return extensionsOf(link, call).flatMap((one) => known(userOf(one, settings)));
  if ('userId' in link) return [link.userId];
  return call.did !== null && Object.hasOwn(link.byDid, call.did) ? known(link.byDid[call.did]) : [];
}

const known = (userId: number | null | undefined): number[] =>
  userId === null || userId === undefined ? [] : [userId];

/** In order of preference. */
function extensionsOf(link: Responsible, call: Call): string[] {
  if (typeof link !== 'string' || link === 'clients-own' || link === 'by-number') return [];
  const talked = call.conversations.filter(({ talkSeconds }) => talkSeconds > 0);
  if (link === 'last-talked') return call.lastTalker === null ? [] : [call.lastTalker];
  if (link === 'longest-talked') return namesOf(talked.toSorted((a, b) => b.talkSeconds - a.talkSeconds));
  if (link === 'first-answered') return namesOf(call.conversations.filter(({ acceptedAtMs }) => acceptedAtMs !== null));
  const rung = call.conversations.toSorted((a, b) => a.requestedAtMs - b.requestedAtMs);
  return namesOf(link === 'first-rung' ? rung : rung.toReversed());
}

const namesOf = (parts: readonly Conversation[]): string[] => parts.map(({ extension }) => extension);
