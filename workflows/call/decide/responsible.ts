import type { Call, Conversation } from '../../../proto/call.ts';
import type { Responsible } from '../../../proto/rule.ts';
import type { CallSettings } from '../../../proto/settings.ts';

/** The first of the chain who is a user of amoCRM; undefined if none is. */
export function responsibleUser(chain: readonly Responsible[], call: Call, settings: CallSettings): number | undefined {
  for (const link of chain) {
    if (typeof link === 'object') return link.userId;
    const userId = candidates(link, call)
      .map((extension) => userOf(extension, settings))
      .find((user) => user !== undefined);
    if (userId !== undefined) return userId;
  }
  return undefined;
}

/** Who of ours it was, in the chain's sense, whether or not amoCRM knows them. */
export function responsibleExtension(chain: readonly Responsible[], call: Call): string | undefined {
  return chain.flatMap((link) => (typeof link === 'object' ? [] : candidates(link, call)))[0];
}

/** The user of an extension. */
export function userOf(extension: string, { employees }: CallSettings): number | undefined {
  return Object.hasOwn(employees, extension) ? employees[extension] : undefined;
}

/** In order of preference. */
function candidates(link: Exclude<Responsible, object>, call: Call): string[] {
  const talked = call.conversations.filter(({ talkSeconds }) => talkSeconds > 0);
  if (link === 'last-talked') return call.lastTalker === null ? [] : [call.lastTalker];
  if (link === 'longest-talked') return extensions(talked.toSorted((a, b) => b.talkSeconds - a.talkSeconds));
  if (link === 'first-answered')
    return extensions(call.conversations.filter(({ acceptedAtMs }) => acceptedAtMs !== null));
  const rung = call.conversations.toSorted((a, b) => a.requestedAtMs - b.requestedAtMs);
  return extensions(link === 'first-rung' ? rung : rung.toReversed());
}

const extensions = (parts: readonly Conversation[]): string[] => parts.map(({ extension }) => extension);
